import { readFileSync } from 'node:fs';
import { isAwsManaged, policyNameOf } from './policy-names.ts';

/** The latest version of an AWS managed policy; `document` is its text. */
export interface AwsManagedPolicy {
  readonly name: string;
  readonly version: string;
  readonly document: string;
}

/**
 * Finds AWS managed policies in the file that `scripts/build-managed-policies.ts` makes: a JSON object with one policy a
 * line, `"Name":["v3",{…}]`. The file is read at the first look-up, and only the line asked for is parsed. Any partition
 * and path finds the same policy, by its name. Throws where the file is missing.
 */
export function loadManagedPolicies(path: string): (arn: string) => AwsManagedPolicy | undefined {
  let lines: Map<string, string> | undefined;
  return (arn) => {
    if (!isAwsManaged(arn)) return undefined;
    lines ??= indexLines(readText(path));
    const name = policyNameOf(arn);
    const line = lines.get(name);
    if (line === undefined) return undefined;
    const [version, document]: [string, unknown] = JSON.parse(line);
    return { name, version, document: JSON.stringify(document) };
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`the AWS managed policies could not be read from \`${path}\`: run \`npm run build\` to make the file`, {
      cause: error,
    });
  }
}

// The names of policies hold no quotes and no escapes: a line's first colon ends its name.
function indexLines(text: string): Map<string, string> {
  const lines = new Map<string, string>();
  for (const line of text.split('\n')) {
    if (!line.startsWith('"')) continue;
    const colon = line.indexOf(':');
    lines.set(line.slice(1, colon - 1), line.slice(colon + 1, line.endsWith(',') ? -1 : undefined));
  }
  return lines;
}
