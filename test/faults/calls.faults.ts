import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inParallel } from '../../iam/in-parallel.ts';
import { silently } from '../handlers/guarded-account.ts';
import { motoIsHere } from '../moto.ts';
import { type Account, startAccount } from './account.ts';
import type { ProcessPlan } from './delivery.ts';
import { happenings } from './happenings.ts';
import { permittedCalls } from './permitted-calls.ts';
import type { Fault } from './proxy.ts';
import { report } from './result.ts';
import { goThrough, rowOf } from './scenario.ts';

const names = Object.keys(happenings);
const severeFaults: readonly Fault[] = ['throttled', 'error', 'reset'];
/** moto answers one request at a time, more or less; but whoever is throttled mostly waits. */
const atOnce = (fault?: Fault) => (fault === 'throttled' ? 30 : 6);

describe.runIf(motoIsHere('the fault suite: calls'))('every call of the guard', () => {
  let account: Account;
  let marks = 0;
  /** The happenings in which each operation is asked for; found out by letting each of them go through undisturbed. */
  const operations = new Map<string, string[]>();

  const go = async (name: string, plan?: ProcessPlan) => {
    const happen = happenings[name];
    if (happen === undefined) throw new Error(`nothing is called \`${name}\``);
    return goThrough(account, await happen(account, `user-${++marks}`), plan);
  };
  /** Each operation in one happening that asks for it. */
  const each = () => [...operations].map(([operation, [name = '']]) => ({ operation, name }));

  beforeAll(async () => {
    silently();
    account = await startAccount();
  });
  afterAll(() => account.stop());

  it('is in this suite, and all is well where nothing fails', async () => {
    const endings = [];
    for (const name of names) {
      const ending = await go(name);
      for (const operation of new Set(ending.operations.flat())) operations.set(operation, [...(operations.get(operation) ?? []), name]);
      endings.push(ending);
    }
    const row = rowOf('1 none', endings);
    report(row);
    expect([row.repeats, row.queued]).toEqual([0, 0]);
    // What is taken back where the bus does not take an alert.
    operations.set('dynamodb:DeleteItem', ['a policy put on a user']);
    expect([...operations.keys()].toSorted()).toEqual(permittedCalls().toSorted());
  });

  it.concurrent.each(severeFaults)('is %s at its first request: the SDK asks again, and nobody notices', async (fault) => {
    const endings = await inParallel(names, atOnce(fault), (name) => go(name, ({ nth }) => (nth === 1 ? fault : undefined)));
    const row = rowOf(`2 every call, its first request: ${fault}`, endings);
    report(row);
    expect([row.repeats, row.queued]).toEqual([0, 0]);
  });

  it('has its first answer lost, although it was done: only an alert that is out can come twice', async () => {
    const asked = each().filter(({ operation }) => operation !== 'dynamodb:DeleteItem');
    const endings = await inParallel(asked, atOnce(), async ({ operation, name }) => ({
      operation,
      ...(await go(name, (request, { attempt }) =>
        attempt === 1 && request.operation === operation && request.nth === 1 ? 'lost' : undefined,
      )),
    }));
    const repeating = endings.filter(({ repeats }) => repeats > 0);
    const [others, alert] = [
      endings.filter((ending) => !repeating.includes(ending)),
      rowOf('3 events:PutEvents, its answer lost', repeating),
    ];
    const row = rowOf('3 every other call, its answer lost', others);
    report(row);
    report(alert);
    expect(row.queued).toBe(0);
    expect(repeating.map(({ operation, repeats }) => [operation, repeats])).toEqual([['events:PutEvents', 1]]);
  });

  it.concurrent.each(severeFaults)('is %s until Lambda or the queue tries again', async (fault) => {
    const endings = await inParallel(each(), atOnce(fault), async ({ operation, name }) => {
      const taken = operation === 'dynamodb:DeleteItem';
      const ending = await go(name, (request, { attempt }) => {
        if (attempt > 1) return undefined;
        // A record is only taken back where the bus took no alert.
        if (taken && request.operation === 'events:PutEvents') return 'error';
        return request.operation === operation ? fault : undefined;
      });
      return { operation, ...ending };
    });
    for (const { operation, lost, repeats, tagsRight, users, errors, alerts } of endings)
      expect({ operation, lost, repeats, tagsRight }, [...errors, ...alerts.map((a) => JSON.stringify(a))].join('\n')).toEqual({
        operation,
        lost: 0,
        repeats: 0,
        tagsRight: users,
      });
    const row = rowOf(`4 each call, until it is tried again: ${fault}`, endings);
    report(row);
    expect([row.repeats, row.queued]).toEqual([0, 0]);
  });

  it('takes none of what it is given, once and until Lambda tries again', async () => {
    const cases = ['events:PutEvents', 'sqs:SendMessageBatch'].flatMap((operation) => [1, Infinity].map((most) => ({ operation, most })));
    const endings = await inParallel(cases, atOnce(), ({ operation, most }) =>
      go('a policy put on a user', (request, { attempt }) =>
        attempt === 1 && request.operation === operation && request.nth <= most ? 'partial' : undefined,
      ),
    );
    const row = rowOf('5 PutEvents and SendMessageBatch: a partial failure', endings);
    report(row);
    expect([row.repeats, row.queued]).toEqual([0, 0]);
  });

  it.concurrent.each(severeFaults)('is %s at every try: the event lies in a dead-letter queue, and ends well from there', async (fault) => {
    const endings = await inParallel(names, atOnce(fault), (name) => go(name, () => fault));
    const row = rowOf(`6 all calls, at every try: ${fault}`, endings);
    report(row);
    expect([row.repeats, row.queued]).toEqual([0, names.length]);
  });
});
