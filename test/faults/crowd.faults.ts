import { CreateUserCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inParallel } from '../../iam/in-parallel.ts';
import { delivered } from '../deploy/events.ts';
import { silently } from '../handlers/guarded-account.ts';
import { motoIsHere } from '../moto.ts';
import { type Account, startAccount } from './account.ts';
import { makeCalls } from './crowd-calls.ts';
import { type Delivered, deliveryIn, repeatsIn } from './delivery.ts';
import { report } from './result.ts';
import { everythingPut, newUser } from './users.ts';

/** How many events the long run has; fewer for a short try. */
const many = Number(process.env.FAULTS_EVENTS ?? '1000');
const atOnce = 8;

/** Numbers between 0 and 1 that are the same in every run. */
const seeded = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

const shuffled = <Item>(items: readonly Item[], random: () => number): Item[] =>
  items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);

describe.runIf(motoIsHere('the fault suite: crowds'))('many events', () => {
  let account: Account;

  beforeAll(async () => {
    silently();
    account = await startAccount();
  });
  afterAll(() => account.stop());

  it('that are ten times the same, at once: one alert', async () => {
    await newUser(account, 'bob');
    const event = await everythingPut(account, 'bob');
    const delivery = deliveryIn(account, await account.newStack());
    await delivery.deliverTogether(
      Array.from({ length: 10 }, () => event),
      10,
    );
    await delivery.lookAgain();
    const alerts = await account.toldOf(event.detail.eventID ?? '');
    const tagsRight = (await account.tagsAreRight('bob')) ? 1 : 0;
    const repeats = repeatsIn(alerts);
    report({
      fault: 'a the same event ten times at once',
      events: 10,
      queued: delivery.failedEvents.length,
      lost: alerts.length === 0 ? 1 : 0,
      repeats,
      tagsRight,
      users: 1,
    });
    expect(alerts).toHaveLength(1);
  });

  it('in any order, one in ten of them twice: an alert each', async () => {
    const users = Array.from({ length: 50 }, (_, index) => `crowd-${index}`);
    await inParallel(users, atOnce, (UserName) => account.iam.send(new CreateUserCommand({ UserName })));
    const random = seeded(7);
    const made = await makeCalls(account.iam, users, { calls: many, random, account: account.account });
    const twice = shuffled(made, random).slice(0, many / 10);
    const events: Delivered[] = shuffled([...made, ...twice], random).map(({ record }) => ({
      ...delivered(record.eventName),
      detail: record,
    }));
    const delivery = deliveryIn(account, await account.newStack());
    const begun = performance.now();
    await delivery.deliverTogether(events, atOnce);
    await delivery.lookAgain(undefined, atOnce);
    const seconds = Math.round((performance.now() - begun) / 1_000);
    const alerts = await account.allTold();
    const ids = new Set(alerts.map(({ id }) => id));
    const right = await inParallel(users, atOnce, account.tagsAreRight);
    const requests = delivery.processes.reduce((sum, { operations }) => sum + operations.length, 0);
    vi.restoreAllMocks();
    process.stderr.write(`${events.length} deliveries, ${requests} requests to AWS: ${seconds} seconds\n`);
    report({
      fault: `a ${many.toLocaleString('en')} events in any order, one in ten twice`,
      events: events.length,
      queued: delivery.failedEvents.length + delivery.usersNotJudged.length,
      lost: made.filter(({ record, alerts: must }) => must && !ids.has(record.eventID ?? '')).length,
      repeats: repeatsIn(alerts),
      tagsRight: right.filter(Boolean).length,
      users: users.length,
    });
    expect(repeatsIn(alerts)).toBe(0);
    expect(delivery.failedEvents).toEqual([]);
  });
});
