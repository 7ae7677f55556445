import type { Verdict } from '../../schemas/verdict.ts';
import type { Account } from './account.ts';
import { type Delivered, deliveryIn, type ProcessPlan, repeatsIn, type Timing } from './delivery.ts';
import type { Row } from './result.ts';

/** An event that is on its way, and what must be true when all is over. */
export interface Happening {
  readonly event: Delivered;
  /** Whom it touches. */
  readonly users: readonly string[];
  /** The severity that its alert must have; undefined where nothing must be told. */
  readonly severity?: Verdict['severity'];
}

/** How one event ended. */
export interface Ending extends Omit<Row, 'fault' | 'events'> {
  readonly alerts: readonly Verdict[];
  /** What processes ended with, in order. */
  readonly errors: readonly string[];
  /** What was asked of AWS, process by process. */
  readonly operations: readonly (readonly string[])[];
}

/** Delivers an event under faults, has its users looked at again, then takes what is left in dead-letter queues through the guard once more. */
export const goThrough = async (account: Account, happening: Happening, plan?: ProcessPlan, timing?: Timing): Promise<Ending> => {
  const { event, users, severity } = happening;
  const id = event.detail.eventID ?? '';
  const delivery = deliveryIn(account, await account.newStack(), timing);
  await delivery.deliver(event, plan);
  await delivery.lookAgain(plan);
  const queued = delivery.failedEvents.length + delivery.usersNotJudged.length;
  const isTold = (alerts: readonly Verdict[]) => severity === undefined || alerts.some((alert) => alert.severity === severity);
  const missing = delivery.failedEvents.length === 0 && !isTold(await account.toldOf(id));
  await delivery.redrive();
  const alerts = await account.toldOf(id);
  const unjudged = delivery.failedEvents.length + delivery.usersNotJudged.length;
  const right = await Promise.all(users.map(account.tagsAreRight));
  return {
    queued,
    lost: missing || unjudged > 0 || !isTold(alerts) ? 1 : 0,
    repeats: repeatsIn(alerts),
    tagsRight: right.filter(Boolean).length,
    users: users.length,
    alerts,
    errors: delivery.errors,
    operations: delivery.processes.map(({ operations }) => operations),
  };
};

/** Many endings as one row. */
export const rowOf = (fault: string, endings: readonly Omit<Row, 'fault' | 'events'>[]): Row => {
  const sum = (of: (ending: Omit<Row, 'fault' | 'events'>) => number) => endings.reduce((total, ending) => total + of(ending), 0);
  return {
    fault,
    events: endings.length,
    queued: sum(({ queued }) => queued),
    lost: sum(({ lost }) => lost),
    repeats: sum(({ repeats }) => repeats),
    tagsRight: sum(({ tagsRight }) => tagsRight),
    users: sum(({ users }) => users),
  };
};
