import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inParallel } from '../../iam/in-parallel.ts';
import { silently } from '../handlers/guarded-account.ts';
import { motoIsHere } from '../moto.ts';
import { type Account, startAccount } from './account.ts';
import type { Process, ProcessPlan } from './delivery.ts';
import { happenings } from './happenings.ts';
import { report } from './result.ts';
import { type Ending, goThrough, rowOf } from './scenario.ts';

const atOnce = 4;
/** Where to kill: a call that is not done is the same to AWS as one before it that is, so one of the two is enough for the longest. */
const cases = [
  { name: 'a policy put on a user', looks: ['first look', 'second look'], whens: ['killed before', 'killed after'] },
  { name: 'a new version of a policy that a user and a group hold', looks: ['first look'], whens: ['killed before'] },
  { name: 'a policy of a role that CloudTrail left out', looks: ['first look'], whens: ['killed before', 'killed after'] },
] as const;

describe.runIf(motoIsHere('the fault suite: killed processes'))('a process that is killed', () => {
  let account: Account;
  let marks = 0;
  const go = async (name: string, plan?: ProcessPlan) => {
    const happen = happenings[name];
    if (happen === undefined) throw new Error(`nothing is called \`${name}\``);
    return goThrough(account, await happen(account, `user-${++marks}`), plan);
  };
  /** Kills the first process of its kind at each of its requests in turn, before it is done or after. */
  const killing = async (name: string, what: Process['what'], when: 'killed before' | 'killed after', requests: number) =>
    inParallel(
      Array.from({ length: requests }, (_, index) => index + 1),
      atOnce,
      async (at) => {
        let killed = '';
        const ending = await go(name, ({ count, operation }, process) => {
          if (process.what !== what || process.attempt > 1 || count !== at) return undefined;
          killed = operation;
          return when;
        });
        return { ...ending, killed };
      },
    );

  beforeAll(async () => {
    silently();
    account = await startAccount();
  });
  afterAll(() => account.stop());

  /** Where a process may die so that an alert comes twice: the alert is out, and not written down. */
  const isInWindow = (when: 'killed before' | 'killed after', killed: string) =>
    when === 'killed before' ? killed === 'dynamodb:UpdateItem' : killed === 'events:PutEvents';

  it.each(cases)('at each of its calls, at $name, repeats an alert in one place only', async ({ name, looks, whens }) => {
    const [first = [], second = []] = (await go(name)).operations;
    const endings: (Ending & { killed: string; inWindow: boolean })[] = [];
    for (const when of whens)
      for (const what of looks) {
        const killed = await killing(name, what, when, (what === 'first look' ? first : second).length);
        endings.push(...killed.map((ending) => ({ ...ending, inWindow: isInWindow(when, ending.killed) })));
      }
    const [inside, outside] = [endings.filter(({ inWindow }) => inWindow), endings.filter(({ inWindow }) => !inWindow)];
    report(rowOf(`7 killed before or after each call: ${name}`, outside));
    report(rowOf(`7 killed between PutEvents and the record: ${name}`, inside));
    expect(outside.filter(({ repeats }) => repeats > 0).map(({ killed }) => killed)).toEqual([]);
    expect(inside.map(({ repeats }) => repeats)).toEqual(whens.map(() => 1));
    expect(endings.filter(({ queued }) => queued > 0)).toEqual([]);
  });
});
