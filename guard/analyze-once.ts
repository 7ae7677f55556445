import { analyzePolicies, type PolicyQuestion } from '../analyzers/analyze.ts';
import type { Rule } from '../analyzers/rule.ts';
import type { Policy } from '../policy/policy.ts';
import { onceOn } from '../policy/remembered.ts';
import type { Finding } from '../schemas/finding.ts';

/** So many answers are kept: a function meets the same policies now and then, a replay all the time. */
const mostKept = 1_000;

let given = 0;
const numberOf = onceOn((_: object) => {
  given += 1;
  return given;
});
const answers = new Map<string, readonly Finding[]>();

/**
 * What `analyzePolicies` finds, looked up where the very same parsed policies were judged together before under the same rules. Findings are values, so
 * they can be shared.
 */
export function analyzePoliciesOnce(question: PolicyQuestion, rules: readonly Rule[]): readonly Finding[] {
  const { policies, boundary, partition = '' } = question;
  const of = ({ policy, name }: { readonly policy: Policy; readonly name?: string }) =>
    `${numberOf(policy)} ${JSON.stringify(name ?? null)}`;
  const key = [numberOf(rules), partition, boundary === undefined ? '' : of(boundary), ...policies.map(of)].join('\n');
  const known = answers.get(key);
  if (known !== undefined) return known;
  if (answers.size >= mostKept) answers.clear();
  const findings = analyzePolicies(question, rules);
  answers.set(key, findings);
  return findings;
}
