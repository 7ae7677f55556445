import type { Finding } from '../../schemas/finding.ts';
import { severities } from '../../schemas/severity.ts';
import { plural } from '../input-talk.ts';
import type { Counts, Held, LastChange, Period, Report, ReportedUser, ReportSource } from './report.ts';

/** A moment to the minute, in UTC: `2026-03-17 11:32 UTC`. What is no time is given back. `at` is ISO 8601. */
export function minute(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The day of a moment, in UTC. What is no time is given back. */
export function dayOf(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : date.toISOString().slice(0, 10);
}

/** How a user comes to hold a policy: `reports-all, inline, through group data-team`. */
export function heldWords({ name, kind, group }: Held): string {
  return `${name}, ${kind === 'inline' ? 'inline' : 'attached'}${group === undefined ? '' : `, through group ${group}`}`;
}

/** Which statements of a finding's policies are to blame, a phrase for each policy: `reports-all: statement 0 (AllowAll)`. */
export function statementWords({ evidence }: Pick<Finding, 'evidence'>): { readonly policy: string; readonly statements: string }[] {
  const byPolicy = new Map<string, Set<string>>();
  for (const { policy = '', statement, sid } of evidence) {
    const words = `statement ${statement}${sid === undefined ? '' : ` (${sid})`}`;
    byPolicy.set(policy, (byPolicy.get(policy) ?? new Set()).add(words));
  }
  return [...byPolicy].map(([policy, statements]) => ({ policy, statements: [...statements].join(', ') }));
}

/** Who moved a verdict last: the actor, or the sweep that found it. */
export function actorWords({ by }: LastChange): string {
  return by === 'sweep' ? 'the sweep' : by;
}

/** When and by whom a verdict was moved last. */
export function lastChangeWords(change: LastChange): string {
  return `${minute(change.time)} by ${actorWords(change)}`;
}

/** What the fourth number is called: those who are neither flagged nor cleared. */
export function unflaggedWords(period: Period | undefined): string {
  return period === undefined ? 'never flagged' : 'not flagged in the period';
}

/** The four numbers in one sentence: `24 users: 9 flagged, 1 not judged, 3 cleared, 11 never flagged`. */
export function countWords(counts: Counts, period: Period | undefined): string {
  const { users, flagged, undetermined, cleared, unflagged } = counts;
  const parts = [`${flagged} flagged`, `${undetermined} not judged`, `${cleared} cleared`, `${unflagged} ${unflaggedWords(period)}`];
  return `${plural(users, 'user')}: ${parts.join(', ')}`;
}

/** The flagged by severity, worst first: `2 critical, 1 low`; empty where none is. */
export function severityWords({ severities: counts }: Counts): string {
  return severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${severity}`)
    .join(', ');
}

/** Since when a user is flagged, as its tags tell. */
export function sinceWords({ since, tag }: Pick<ReportedUser, 'since' | 'tag'>): string {
  if (since !== undefined) return `since ${dayOf(since)}`;
  return tag === undefined ? 'not tagged yet' : 'not known since when';
}

/** A period in words: `from 2026-01-01 00:00 UTC up to 2026-04-01 00:00 UTC`. */
export function periodWords({ since, until }: Period): string {
  return [since === undefined ? '' : `from ${minute(since)}`, until === undefined ? '' : `up to ${minute(until)}`]
    .filter((part) => part !== '')
    .join(' ');
}

/** What the tags can't tell of a period: said wherever one is asked for. */
export const periodLimits =
  'A user counts where it was first flagged before the end of the period and not cleared before its beginning. A tag keeps one such time, the last: ' +
  'a user that was flagged, cleared and flagged again counts from the second time on, a deleted user is not there, and severities and findings are those of today. What no tag dates is listed.';

/** Where the facts come from: `the account`, or the file. */
export function sourceWords(source: ReportSource): string {
  return source.kind === 'account' ? 'read from the account' : `from ${source.file}, last written ${minute(source.writtenAt)}`;
}

/** The one sentence that stands first: how many, how bad. */
export function answerWords({ counts, period }: Pick<Report, 'counts' | 'period'>): string {
  const when = period === undefined ? 'now' : `in the period ${periodWords(period)}`;
  if (counts.flagged === 0) return `No user of ${counts.users} is flagged ${when}.`;
  const are = counts.flagged === 1 ? 'user is' : 'users are';
  return `${counts.flagged} of ${counts.users.toLocaleString('en')} ${are} flagged ${when}: ${severityWords(counts)}.`;
}
