import type { Posture } from '../analyzers/posture.ts';
import { worse } from '../analyzers/severity.ts';
import type { WantedTags } from '../iam/tag-plan.ts';
import { findingsTag } from '../iam/tag-values.ts';
import type { Finding } from '../schemas/finding.ts';
import { bySeverity, type Severity, severities } from '../schemas/severity.ts';

/** What last moved a user's verdict: `time`, who and by which event; or the sweep, by no event. */
export interface TagCause {
  /** ISO 8601. */
  readonly time: string;
  readonly by: string;
  readonly eventId?: string;
}

/** What the tags say of a user now, keys without the prefix. */
export interface UserTags {
  readonly verdict?: string;
  readonly findings?: string;
  readonly since?: string;
  readonly cleared?: string;
  readonly authored?: string;
  readonly evidence?: string;
}

/** Reads the guard's tags among all of a user's; IAM compares their keys without case. */
export function readUserTags(tags: Readonly<Record<string, string>>, prefix: string): UserTags {
  const start = `${prefix}:`.toLowerCase();
  const own = Object.entries(tags).filter(([key]) => key.toLowerCase().startsWith(start));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(start.length).toLowerCase(), value]));
}

/** How tags are worked out. */
export interface TagOptions {
  readonly prefix: string;
  /** True where IAM did not show the change yet, or no longer. */
  readonly unsettled: boolean;
  /** Keys of the guard's tags, in any case, whose values somebody else wrote: they are not believed, and go where the posture does not call for them. */
  readonly foreign?: readonly string[];
}

/**
 * The tags that a user's posture calls for, given the ones it has. A user never flagged gets none. A posture that is partial or
 * unsettled never clears a verdict and never lowers it; a partial one with nothing found is `undetermined`.
 */
export function wantedUserTags(posture: Posture, findings: readonly Finding[], cause: TagCause, options: TagOptions): WantedTags {
  const { prefix, foreign = [] } = options;
  const untrue = new Set(foreign.map((key) => key.toLowerCase()));
  const tags = Object.fromEntries(Object.entries(posture.tags).filter(([key]) => !untrue.has(key.toLowerCase())));
  const wanted = calledFor({ ...posture, tags }, findings, cause, options);
  const written = new Set(Object.keys(wanted.set).map((key) => key.toLowerCase()));
  const rest = foreign.map((key) => `${prefix}${key.slice(prefix.length).toLowerCase()}`).filter((key) => !written.has(key.toLowerCase()));
  return rest.length === 0 ? wanted : { ...wanted, remove: [...new Set([...wanted.remove, ...rest])] };
}

function calledFor(posture: Posture, findings: readonly Finding[], cause: TagCause, { prefix, unsettled }: TagOptions): WantedTags {
  const before = readUserTags(posture.tags, prefix);
  const partial = posture.unread.length > 0;
  const evidence = [cause.time, cause.by, cause.eventId ?? []].flat().join(' ');
  const keys = (tags: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}:${key}`, value]));
  const [worst] = findings.toSorted((a, b) => bySeverity(a.severity, b.severity));
  const wasFlagged = isSeverity(before.verdict);

  if (worst === undefined) {
    const untrue = before.findings === undefined ? [] : [`${prefix}:findings`];
    if (unsettled || (partial && (saysFlagged(before) || before.verdict === 'undetermined'))) return { set: {}, remove: [] };
    if (partial) return { set: keys({ verdict: 'undetermined', evidence }), remove: [] };
    if (before.verdict === 'undetermined') return { set: {}, remove: [`${prefix}:verdict`, `${prefix}:evidence`, ...untrue] };
    return saysFlagged(before)
      ? { set: keys({ verdict: 'clear', cleared: cause.time, evidence }), remove: [`${prefix}:findings`] }
      : { set: {}, remove: untrue };
  }

  const verdict = (partial || unsettled) && isSeverity(before.verdict) ? worse(worst.severity, before.verdict) : worst.severity;
  const wanted = {
    verdict,
    findings: findingsTag(findings),
    since: wasFlagged || before.verdict === undefined ? (before.since ?? cause.time) : cause.time,
  };
  const moved = before.verdict !== wanted.verdict || before.findings !== wanted.findings;
  return { set: keys({ ...wanted, ...(moved ? { evidence } : {}) }), remove: [`${prefix}:cleared`] };
}

/** True where the tags say that something is wrong: by their verdict or, where somebody took that away, by the findings left. */
function saysFlagged({ verdict, findings }: UserTags): boolean {
  return verdict === undefined ? findings !== undefined : verdict !== 'clear' && verdict !== 'undetermined';
}

function isSeverity(text: string | undefined): text is Severity {
  return severities.some((severity) => severity === text);
}
