import { parsePolicy } from './parse.ts';
import type { Policy } from './policy.ts';

/** How many characters of documents are kept. */
const mostCharacters = 500_000;

const policies = new Map<string, Policy>();
let characters = 0;

/** What `parsePolicy` gives, the very same for the same text: documents come again and again, as do those of AWS. Throws what it throws. */
export function parsePolicyOnce(text: string): Policy {
  const known = policies.get(text);
  if (known !== undefined) return known;
  const policy = parsePolicy(text);
  if (characters + text.length > mostCharacters) {
    policies.clear();
    characters = 0;
  }
  policies.set(text, policy);
  characters += text.length;
  return policy;
}
