import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Check } from '../../../cli/doctor/check.ts';
import { checks } from '../../../cli/doctor/registry.ts';
import { needsOf } from '../../../cli/doctor/role-needs.ts';
import { runChecks } from '../../../cli/doctor/run-checks.ts';
import { documentsOf, ofType, readTemplate } from '../../deploy/template.ts';
import { motoIsHere } from '../../moto.ts';
import { type Account, deployAccount } from './account.ts';
import { allCases } from './all-cases.ts';
import type { Broken } from './cases.ts';
import { commandSuite } from './command-suite.ts';

/** Deploying takes its time where others use the machine too. */
const patience = 240_000;

describe.runIf(motoIsHere('trailguard doctor'))('each check, in an account of moto', () => {
  let account: Account;

  beforeAll(async () => {
    account = await deployAccount();
  }, patience);
  afterAll(() => account.stop());

  /** What one check says, as the command runs it. */
  const outcome = async (check: Check, { parts = {} }: Broken = {}) => {
    const [checked] = await runChecks([check], account.context(parts), { canary: true });
    return checked;
  };

  const said = (words: string | RegExp) => (typeof words === 'string' ? expect.stringContaining(words) : expect.stringMatching(words));

  const inOrder = async (check: Check, given: Broken | undefined) => {
    expect(await outcome(check, given)).toMatchObject({ id: check.id, state: 'ok' });
  };

  describe.each(checks.map((check) => [check.id, check] as const))('%s', (id, check) => {
    const { given, broken } = allCases[id] ?? { given: undefined, broken: [] };

    test('is ok in the account as it was deployed', async () => {
      const made = await given?.(account);
      try {
        await inOrder(check, made);
      } finally {
        await made?.mend?.();
      }
    }, 60_000);

    test.each(broken.map((each) => [each.title, each] as const))(
      '%s',
      async (_title, each) => {
        const made = await each.break(account);
        try {
          const checked = await outcome(check, made);
          expect(checked).toMatchObject({ state: each.state ?? 'wrong', says: said(each.says) });
          // Whatever is wrong comes with a command, and with the one that is expected.
          expect((checked?.fix ?? []).length > 0).toBe(checked?.state === 'wrong');
          if (each.fix) expect(checked?.fix).toContainEqual(expect.stringContaining(each.fix));
          expect(JSON.stringify(checked)).not.toContain('s3cr3t');
        } finally {
          await made.mend?.();
        }
        if (made.mend !== undefined && given === undefined) await inOrder(check, undefined);
      },
      60_000,
    );
  });

  test('and each role is asked for just what the stack lets it do', async () => {
    const template = await readTemplate(account.folder);
    const needs = await needsOf(account.context());
    const actionsOf = (lists: readonly (string | readonly string[])[]) => [...new Set(lists.flat())].toSorted();
    const given = ofType(template, 'AWS::IAM::Role').map(([, role]) => {
      const statements = documentsOf(role).flatMap(({ Statement }) => Statement);
      return [role.Properties.RoleName.replace('trailguard-dev-', ''), actionsOf(statements.map(({ Action }) => Action))];
    });
    const asked = Object.entries(needs).map(([name, each]) => [name, actionsOf(each.map(({ actions }) => actions))]);
    expect(Object.fromEntries(asked)).toEqual(Object.fromEntries(given));
  });

  commandSuite(() => account);
});
