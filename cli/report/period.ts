import { readTimeSpan } from '../replay/time-span.ts';
import type { Period, ReportedUser } from './report.ts';

/** The period that two options ask for; undefined where neither does. Throws a `UsageError` where one is no time, or they are the wrong way round. */
export function readPeriod(since: string | undefined, until: string | undefined, now: Date): Period | undefined {
  if (since === undefined && until === undefined) return undefined;
  const span = readTimeSpan(since, until, now);
  return {
    ...(span.since === undefined ? {} : { since: span.since.toISOString() }),
    ...(span.until === undefined ? {} : { until: span.until.toISOString() }),
  };
}

/**
 * Whether a user was flagged at some time in a period, as far as its tags tell: first flagged before its end, and not cleared before its
 * beginning. What no tag dates counts as in it.
 */
export function isInPeriod({ standing, since, cleared, lastChange }: ReportedUser, period: Period): boolean {
  const from = period.since ?? '';
  const to = period.until ?? '\uFFFF';
  const began = standing === 'undetermined' ? (since ?? lastChange?.time) : since;
  if (began !== undefined && normal(began) >= to) return false;
  return standing !== 'cleared' || cleared === undefined || normal(cleared) >= from;
}

/** Times of tags are told to the second, those of a period to the millisecond. What is no time is compared as it stands. */
function normal(time: string): string {
  const parsed = new Date(time);
  return Number.isNaN(parsed.getTime()) ? time : parsed.toISOString();
}
