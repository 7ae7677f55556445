import { rules } from '../analyzers/registry.ts';
import type { Finding } from '../schemas/finding.ts';
import { bySeverity } from '../schemas/severity.ts';

/** What `admin-access` says everything of: the other rules about what policies grant. */
const grantRules = new Set(rules.filter(({ check }) => check.policy !== undefined).map(({ id }) => id));

/** True where others, at least as bad, already say what a finding says. */
export function isTold(finding: Finding, others: readonly Finding[]): boolean {
  return others.some((other) => {
    // What is not alerted tells nobody.
    if (other.exception !== undefined || bySeverity(other.severity, finding.severity) > 0) return false;
    if (other.rule !== finding.rule) return other.rule === 'admin-access' && grantRules.has(finding.rule);
    return holdsAll(other, finding);
  });
}

function holdsAll(other: Finding, finding: Finding): boolean {
  const within = (mine: readonly string[] | undefined, theirs: readonly string[] | undefined) =>
    (mine ?? []).every((id) => theirs?.includes(id));
  return within(finding.services, other.services) && within(finding.paths, other.paths);
}
