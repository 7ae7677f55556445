import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silently } from '../handlers/guarded-account.ts';
import { motoIsHere } from '../moto.ts';
import { type Account, startAccount } from './account.ts';
import type { ProcessPlan } from './delivery.ts';
import { happenings } from './happenings.ts';
import { report } from './result.ts';
import { goThrough, rowOf } from './scenario.ts';

const names = Object.keys(happenings);

// All at the same time: they wait, and nothing else.
describe.runIf(motoIsHere('the fault suite: silence'))('a call that is never answered', () => {
  let account: Account;
  let [marks, begun] = [0, 0];
  const go = async (name: string, plan?: ProcessPlan) => {
    const happen = happenings[name];
    if (happen === undefined) throw new Error(`nothing is called \`${name}\``);
    const happening = await happen(account, `user-${++marks}`);
    // Their times are the deployed ones, which are too short for all of them to begin at once on a busy machine.
    if (plan !== undefined) await setTimeout(1_000 * begun++);
    return goThrough(account, happening, plan, { inTime: plan !== undefined });
  };

  beforeAll(async () => {
    silently();
    account = await startAccount();
  });
  afterAll(() => account.stop());

  it('costs a try at most, and no alert', async () => {
    const operations = new Map<string, string>();
    for (const name of names)
      for (const operation of (await go(name)).operations.flat()) if (!operations.has(operation)) operations.set(operation, name);
    const silent = [...operations].map(async ([operation, name]) => {
      const ending = await go(name, (request, { attempt }) => (attempt === 1 && request.operation === operation ? 'silent' : undefined));
      return { operation, ...ending };
    });
    const iam = go('a policy put on a user', ({ operation }, { attempt }) =>
      attempt === 1 && operation.startsWith('iam:') ? 'silent' : undefined,
    );
    const all = go('a policy put on a user', (_, { attempt }) => (attempt === 1 ? 'silent' : undefined));
    const endings = await Promise.all(silent);
    for (const { operation, lost, tagsRight, users, errors } of endings)
      expect({ operation, lost, tagsRight }, errors.join('\n')).toEqual({ operation, lost: 0, tagsRight: users });
    const rows = [
      rowOf('4 each call, until it is tried again: silent', endings),
      rowOf('4 all calls to IAM, until it is tried again: silent', [await iam]),
      rowOf('4 all calls, until it is tried again: silent', [await all]),
    ];
    for (const row of rows) {
      report(row);
      expect([row.repeats, row.queued]).toEqual([0, 0]);
    }
  });
});
