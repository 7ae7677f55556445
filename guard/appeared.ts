import { parseFindingsTag } from '../iam/tag-values.ts';
import type { Finding } from '../schemas/finding.ts';
import { bySeverity } from '../schemas/severity.ts';
import type { UserTags } from './user-tags.ts';

/**
 * The findings of a posture that its tags did not name yet: a new rule, or a new service or path of a known one. Where
 * the tag was cut, a known rule's further ids can't be told from new ones and count as known; a rule it does not name is new, for rules
 * are the last to be cut.
 */
export function appearedOrWorse(findings: readonly Finding[], tags: UserTags): Finding[] {
  const { rules, cut } = parseFindingsTag(tags.findings ?? '');
  const before = tags.verdict;
  const [worst] = findings.toSorted((a, b) => bySeverity(a.severity, b.severity));
  return findings.filter((finding) => {
    const known = rules.get(finding.rule);
    if (known === undefined) return true;
    const ids = [...(finding.services ?? []), ...(finding.paths ?? [])];
    if (!cut && ids.some((id) => !known.has(id))) return true;
    return finding.severity === worst?.severity && before !== undefined && isWorse(finding, before);
  });
}

/** True where a finding is worse than all that the tag's verdict stood for. */
function isWorse(finding: Finding, before: string): boolean {
  return before === 'clear' || ((before === 'high' || before === 'medium' || before === 'low') && bySeverity(finding.severity, before) < 0);
}
