import fc from 'fast-check';
import { isJudged } from '../../events/interpret.ts';
import { judge } from '../../guard/guard.ts';
import { judgeUser } from '../../guard/judge-user.ts';
import type { GuardPorts } from '../../guard/ports.ts';
import type { ProjectedDirectory } from '../../iam/projected-directory.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import type { UserRequest } from '../../schemas/user-request.ts';
import { account } from '../records.ts';
import { beginning, birth } from './random-life.ts';
import { unsettledAccount } from './unsettled-account.ts';

/** How the world treats a life: how late its records come, in seconds, which come twice, and how old each read is, in seconds. */
export interface Delivery {
  readonly delays: readonly number[];
  readonly again: readonly (number | null)[];
  readonly lags: readonly number[];
}

/** Milliseconds from a request to the second look. */
const queueDelay = 120_000;
/** Milliseconds from a failed try of an event to the next: as Lambda tries again what it was called with asynchronously. */
const retryDelays = [60_000, 120_000];

const delay = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 130 }) },
  { weight: 1, arbitrary: fc.integer({ min: 131, max: 1800 }) },
);
const list = <Value>(item: fc.Arbitrary<Value>) => fc.array(item, { minLength: 1, maxLength: 12 });
/** Deliveries in any order: a record comes after seconds or half an hour, once or twice, whatever came before. */
export const deliveries: fc.Arbitrary<Delivery> = fc.record({
  delays: list(delay),
  again: list(fc.option(delay)),
  // A read is never older than the time that the second look waits: IAM has settled by then.
  lags: list(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 20, max: 119 }))),
});

/** What is left when everything has been judged: the account, and the events that were deadLetters up. */
export interface Ending {
  readonly directory: ProjectedDirectory;
  readonly deadLetters: readonly string[];
}

/**
 * Lets a life happen and be delivered, each event judged on reads that may be old, each touched user once more two minutes after it
 * was asked for, on reads that are not.
 */
export async function deliverLife(records: readonly CloudTrailRecord[], { delays, again, lags }: Delivery): Promise<Ending> {
  let now = birth;
  let reads = 0;
  const nth = <Item>(items: readonly Item[], index: number) => items[index % items.length];
  const world = unsettledAccount(
    () => now,
    () => (nth(lags, reads++) ?? 0) * 1000,
  );
  const agenda: { readonly at: number; readonly order: number; readonly run: () => Promise<void> | void }[] = [];
  const plan = (at: number, run: () => Promise<void> | void) => void agenda.push({ at, order: agenda.length, run });
  const deadLetters: string[] = [];
  const ports: GuardPorts = {
    directory: (id) => (id === account ? world.directory : undefined),
    publish: async () => undefined,
    now: () => new Date(now),
    configuration: defaultConfiguration,
    judgeAgain: async (requests) => {
      for (const request of requests) plan(now + queueDelay, () => look(request));
    },
  };
  const look = async (request: UserRequest) => void (await judgeUser(request, { ...ports, directory: () => world.settled }));
  const deliver = async (one: CloudTrailRecord, attempt = 0): Promise<void> => {
    try {
      await judge(one, ports);
    } catch (error) {
      const wait = retryDelays[attempt];
      if (wait === undefined) deadLetters.push(`${one.eventName} ${one.eventID}: ${error}`);
      else plan(now + wait, () => deliver(one, attempt + 1));
    }
  };

  for (const one of beginning) world.happens(one, Date.parse(one.eventTime));
  for (const [index, one] of records.entries()) {
    const at = Date.parse(one.eventTime);
    plan(at, () => world.happens(one, at));
    if (!isJudged(one.eventName)) continue;
    plan(at + (nth(delays, index) ?? 1) * 1000, () => deliver(one));
    const second = nth(again, index);
    if (second != null) plan(at + second * 1000, () => deliver(one));
  }
  for (let next = take(agenda); next !== undefined; next = take(agenda)) {
    now = next.at;
    await next.run();
  }
  return { directory: world.fresh, deadLetters };
}

function take<Item extends { readonly at: number; readonly order: number }>(agenda: Item[]): Item | undefined {
  const [first] = agenda.toSorted((a, b) => a.at - b.at || a.order - b.order);
  if (first !== undefined) agenda.splice(agenda.indexOf(first), 1);
  return first;
}
