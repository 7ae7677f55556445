import type { Posture } from '../../analyzers/posture.ts';
import { presetTags } from '../../guard/preset-tags.ts';
import { readUserTags, type UserTags, wantedUserTags } from '../../guard/user-tags.ts';
import type { Finding } from '../../schemas/finding.ts';
import { type Severity, severities } from '../../schemas/severity.ts';
import type { LastChange, ReportedUser, Standing } from './report.ts';

/** Where a user stands by what was found and by its tags, and what both tell of when. */
export type Stand = Pick<ReportedUser, 'tag' | 'stale' | 'since' | 'cleared' | 'lastChange'> & {
  readonly standing: Standing;
  readonly verdict: Severity | 'undetermined' | 'clear' | 'none';
};

const verdicts = [...severities, 'undetermined', 'clear'] as const;

/**
 * Where a user stands: what a sweep would have its tags say. `doubtful` is true where nobody's credentials are known and all else is, so
 * that finding nothing says nothing.
 */
export function standOf(posture: Posture, findings: readonly Finding[], prefix: string, doubtful: boolean): Stand {
  const { asOf, tags, unread } = posture;
  const before = readUserTags(tags, prefix);
  const foreign = unread.length > 0 ? [] : presetTags(tags, prefix);
  const time = asOf.replace(/\.\d+Z$/, 'Z');
  const wanted =
    doubtful && findings.length === 0
      ? { set: {}, remove: [] }
      : wantedUserTags(posture, findings, { time, by: 'sweep' }, { prefix, unsettled: false, foreign });
  const gone = new Set(wanted.remove.map((key) => key.toLowerCase()));
  const kept = Object.entries(tags).filter(([key]) => !gone.has(key.toLowerCase()));
  const after = readUserTags(
    { ...Object.fromEntries(kept.map(([key, value]) => [key.toLowerCase(), value])), ...lowerKeys(wanted.set) },
    prefix,
  );
  const verdict = verdicts.find((known) => known === after.verdict) ?? 'none';
  const standing = standingOf(verdict);
  const lastChange = lastChangeOf(before.evidence);
  // A date that a sweep would only now write says when it was seen, not since when it is so.
  const since = after.since === before.since ? before.since : undefined;
  const stale = staleness(before, after);
  return {
    standing,
    verdict,
    ...(before.verdict === undefined ? {} : { tag: before.verdict }),
    ...(stale === undefined ? {} : { stale }),
    ...(since === undefined ? {} : { since }),
    ...(standing === 'cleared' && after.cleared !== undefined ? { cleared: after.cleared } : {}),
    ...(lastChange === undefined ? {} : { lastChange }),
  };
}

function standingOf(verdict: Stand['verdict']): Standing {
  if (verdict === 'none') return 'unflagged';
  if (verdict === 'clear') return 'cleared';
  return verdict === 'undetermined' ? 'undetermined' : 'flagged';
}

/** How the tags differ from what they should say, in words; undefined where they do not. */
function staleness(before: UserTags, after: UserTags): string | undefined {
  const [day] = /^\d{4}-\d\d-\d\d/.exec(before.evidence ?? '') ?? [];
  const moved = day === undefined ? '' : ` since ${day}`;
  const was = before.verdict;
  if (was === undefined) return after.verdict === undefined ? undefined : 'it has no tag yet';
  if (after.verdict === undefined) return `nothing calls for a tag, and its tag says ${was}${moved}`;
  if (was !== after.verdict) return `it is ${after.verdict}, and its tag says ${was}${moved}`;
  if (before.findings !== after.findings) return `its tag names other findings${moved}`;
  return undefined;
}

/** What an evidence tag says: time, actor, and the event's id where it was an event. */
function lastChangeOf(evidence: string | undefined): LastChange | undefined {
  const [, time, by, eventId] = /^(\S+) (.+?)(?: ([0-9a-fA-F-]{32,}|sha256-[0-9a-f]{64}))?$/.exec(evidence ?? '') ?? [];
  if (time === undefined || by === undefined) return undefined;
  return { time, by, ...(eventId === undefined ? {} : { eventId }) };
}

function lowerKeys(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]));
}
