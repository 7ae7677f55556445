import type { EventLabel } from './held-event.ts';

/**
 * What became of a message. `planned`: a dry run would take it through the guard. `done`: that succeeded, and it is deleted. `failed`: it did not, and
 * it stays. `refused`: it is nothing that the guard takes, and it stays.
 */
export type Outcome = 'planned' | 'done' | 'failed' | 'refused';

/** One message of a queue. */
export interface MessageReport {
  readonly id: string;
  /** When it was sent, ISO 8601. */
  readonly sent: string;
  readonly result: Outcome;
  readonly event?: EventLabel;
  /** Where it goes. */
  readonly to?: string;
  /** Why it lies there. */
  readonly why?: string;
  /** Why it was refused or failed. */
  readonly detail?: string;
}

/** One queue. */
export interface QueueReport {
  readonly name: string;
  readonly url: string;
  readonly messages: readonly MessageReport[];
  /** How many lie there now, roughly; missing where that could not be read. */
  readonly remaining?: number;
  /** Why the queue could not be looked at, or not to its end. */
  readonly problem?: string;
}

/** What one run did. */
export interface RedriveReport {
  readonly stack: string;
  readonly applied: boolean;
  /** When the run began, ISO 8601. */
  readonly startedAt: string;
  readonly queues: readonly QueueReport[];
  readonly counts: Readonly<Record<Outcome, number>>;
}
