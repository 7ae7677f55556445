import type { Change } from '../events/change.ts';

/** How long IAM may take to show a change everywhere, in milliseconds. A read within it may be older than the event. */
const settling = 120_000;

/**
 * IAM answered that something is not there which an event of a moment ago says is there. Thrown, so that the event is
 * delivered again once IAM has settled: such an answer is never taken for "gone".
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export class StaleReadError extends Error {
  constructor(what: string, change: Change) {
    super(`IAM does not show ${what} yet, which ${change.eventName} of ${change.eventTime} is about: it will be read again`);
    this.name = 'StaleReadError';
  }
}

/** True where a read made now may be older than the change. */
export function maySettle(change: Change, now: Date): boolean {
  return now.getTime() - Date.parse(change.eventTime) < settling;
}
