import { worse } from '../analyzers/severity.ts';
import type { WantedTags } from '../iam/tag-plan.ts';
import { findingsTag } from '../iam/tag-values.ts';
import type { Finding } from '../schemas/finding.ts';
import type { Tags } from './situation.ts';

/** The tags that a managed policy's version in force calls for, given the ones it has. A policy never flagged gets none. */
export function wantedPolicyTags(current: Tags, findings: readonly Finding[], prefix: string): WantedTags {
  const [first] = findings;
  if (first === undefined) {
    if (current[`${prefix}:verdict`] === undefined) return { set: {}, remove: [] };
    return { set: { [`${prefix}:verdict`]: 'clear' }, remove: [`${prefix}:findings`] };
  }
  const verdict = findings.reduce((worst, { severity }) => worse(worst, severity), first.severity);
  return { set: { [`${prefix}:verdict`]: verdict, [`${prefix}:findings`]: findingsTag(findings) }, remove: [] };
}
