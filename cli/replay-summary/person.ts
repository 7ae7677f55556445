import type { Severity } from '../../schemas/severity.ts';
import type { Told } from './summary.ts';
import { byWord } from './words.ts';

const mostSteps = 30;

/** A change in the life of a user. `about` and `byUser` are the keys of the users whom the change was about, and who made it. */
export interface Step extends Told {
  readonly event: string;
  readonly about?: string;
  readonly byUser?: string;
}

/** Why a user is flagged, and what mends it. */
export interface Reason {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly remedy: string;
  readonly command?: string;
}

/** A user with whom something is, or was, wrong. */
export interface Person {
  /** Account and name, the same for every spelling of the name. */
  key: string;
  readonly account: string;
  /** As it is now: users can be renamed. */
  name: string;
  /** In time order; of many, the worst and latest. */
  readonly steps: Step[];
  /** How many steps are not kept. */
  dropped: number;
  /** What the user holds, as the last tags written tell: `none` where they were cleared, or never written. */
  holds: Severity | 'none';
  heldSince?: string | undefined;
  /** By rule. */
  readonly reasons: Map<string, Reason>;
  deleted?: Step | undefined;
  cleared?: Step | undefined;
  /** The last change to what the user holds. */
  last?: Step;
  /** The first of the worst that was done to the user. */
  worst?: Step;
  /** That the user was created, where that was flagged: it stands while the user does. */
  created?: Reason | undefined;
  /** True once a tag said that something is wrong with what the user holds. */
  wasHeld: boolean;
  /** What the user did: how much was flagged and could not be judged, how bad it is, and the first of the worst. */
  readonly made: { flagged: number; undetermined: number; severity: Severity | 'none'; first?: Step; worst?: Step };
}

/** A user of whom nothing is known yet. `key` is the same for every spelling of the name. */
export function createPerson(key: string, account: string, name: string): Person {
  const made: Person['made'] = { flagged: 0, undetermined: 0, severity: 'none' };
  return { key, account, name, steps: [], dropped: 0, holds: 'none', reasons: new Map(), wasHeld: false, made };
}

/** Adds a step to what is told of a user; where that gets too much, the mildest go, of equals the first. */
export function tell(person: Person, step: Step): void {
  const { steps } = person;
  if (steps.at(-1)?.eventId === step.eventId) return;
  steps.push(step);
  // Half of them at a time, so that a busy user's are not sorted at each
  if (steps.length < 2 * mostSteps) return;
  const kept = new Set(
    steps
      .toReversed()
      .sort((a, b) => byWord(a.word, b.word))
      .slice(0, mostSteps),
  );
  steps.splice(0, steps.length, ...steps.filter((one) => kept.has(one)));
  person.dropped += mostSteps;
}
