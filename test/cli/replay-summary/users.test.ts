import { describe, expect, test } from 'vitest';
import { createReplaySummary } from '../../../cli/replay-summary/create-replay-summary.ts';
import { defaultConfiguration } from '../../../schemas/configuration.ts';
import type { Verdict } from '../../../schemas/verdict.ts';
import { administrator, created, finding, lifeOfEve, tagged, verdict } from './verdicts.ts';

const looked = { records: 0, duplicates: 0 };

async function usersOf(verdicts: Iterable<Verdict>, tags?: Record<string, Record<string, string>>) {
  const summary = createReplaySummary(defaultConfiguration);
  for (const one of verdicts) summary.add(one);
  return summary.result({ looked, ...(tags ? { finalTags: async (_account: string, user: string) => tags[user] } : {}) });
}

const attach = (user: string, more: Parameters<typeof verdict>[0] = {}) =>
  verdict({
    event: 'AttachUserPolicy',
    user,
    actor: { type: 'AssumedRole', name: 'r', session: 's' },
    severity: 'critical',
    findings: [administrator],
    actions: tagged(user),
    summary: `s (role r) attached AdministratorAccess to user ${user}; it allows every action on every resource.`,
    ...more,
  });

describe('the users to look at', () => {
  test('what stands comes before what was undone, whatever its severity; who neither held nor did anything is not named', async () => {
    const { users } = await usersOf([
      attach('undone'),
      attach('undone', { event: 'DetachUserPolicy', outcome: 'clean', severity: 'none', findings: [], actions: tagged('undone', 'clear') }),
      attach('gone'),
      attach('gone', { event: 'DeleteUser', outcome: 'clean', severity: 'none', findings: [], actions: [] }),
      attach('mild', { severity: 'low', findings: [finding('policy-attached-directly', 'low', 'attaches it to the user itself')] }),
      verdict({ user: 'short', actor: { type: 'Root' }, findings: [created] }),
      verdict({ user: 'short', actor: { type: 'Root' }, event: 'DeleteUser', outcome: 'clean' }),
      attach('admin'),
    ]);
    expect(users.map(({ user, stands }) => `${user} ${stands}`)).toEqual(['admin critical', 'mild low', 'gone deleted', 'undone clear']);
  });

  test('say why, since when, what changed last and by whom, and what to do first', async () => {
    const { users } = await usersOf([attach('bob', { id: 'x', at: '2026-03-17T09:00:00Z' })]);
    expect(users).toEqual([
      {
        user: 'bob',
        account: '111122223333',
        stands: 'critical',
        why: ['admin-access (critical): allows every action on every resource'],
        since: '2026-03-17T09:00:00.000Z',
        last: expect.objectContaining({ eventId: 'x', by: 's (role r)', deed: 'attached AdministratorAccess to user bob' }),
        first: { what: 'Mend admin-access', command: 'aws iam mend --rule admin-access' },
      },
    ]);
  });

  test('what a user did stands while the user does: taking it back does not take back the access', async () => {
    const { users } = await usersOf(lifeOfEve().slice(0, -1));
    expect(users.map(({ user, stands }) => [user, stands])).toEqual([
      ['eve', 'critical'],
      ['mallory', 'high'],
    ]);
    const made = await usersOf([
      verdict({
        who: 'thief',
        event: 'CreatePolicy',
        subject: { type: 'policy', name: 'p', account: '1' },
        severity: 'critical',
        summary: 'thief created the policy p; it allows every action on every resource.',
      }),
    ]);
    expect(made.users).toMatchObject([
      {
        user: 'thief',
        stands: 'critical',
        why: ['made a change that was flagged: created the policy p; it allows every action on every resource'],
        first: { command: 'aws iam list-access-keys --user-name thief' },
      },
    ]);
  });

  test('what was over by the end says from when until when, and who ended it', async () => {
    const { users } = await usersOf(lifeOfEve());
    expect(users.find(({ user }) => user === 'eve')).toMatchObject({ stands: 'deleted' });
    const { users: cleared } = await usersOf([
      attach('bob', { at: '2026-03-17T09:00:00Z' }),
      attach('bob', { at: '2026-03-17T10:00:00Z', outcome: 'clean', severity: 'none', findings: [], actions: tagged('bob', 'clear') }),
    ]);
    expect(cleared[0]?.why).toEqual([
      'was critical from 2026-03-17 09:00:00 until 2026-03-17 10:00:00: s (role r) attached AdministratorAccess to user bob; it allows every action on every resource; cleared by s (role r)',
    ]);
  });

  test('the tags at the end are believed over what the verdicts tell: of a change that lessens they do not say how much is left', async () => {
    const verdicts = [attach('bob'), attach('bob', { outcome: 'clean', severity: 'none', findings: [] })];
    const { users: guessed } = await usersOf(verdicts);
    expect(guessed[0]?.stands).toBe('critical');
    const { users } = await usersOf(verdicts, {
      bob: { 'TrailGuard:Verdict': 'low', 'trailguard:findings': 'policy-attached-directly', 'trailguard:since': '2026-01-01T00:00:00Z' },
    });
    expect(users[0]).toMatchObject({ user: 'bob', stands: 'low', since: '2026-01-01T00:00:00Z' });
    expect(users[0]?.why).toEqual(['policy-attached-directly (low): Policy on a user instead of a group']);
  });

  test('a user created again stands again, and names are told apart without case', async () => {
    const { users } = await usersOf([
      attach('bob', { event: 'DeleteUser', findings: [], severity: 'low' }),
      verdict({ user: 'BOB', actor: { type: 'Root' }, findings: [created] }),
    ]);
    expect(users.map(({ user, stands }) => [user, stands])).toEqual([['bob', 'medium']]);
  });

  test('who is renamed keeps what stands, under the new name', async () => {
    const { users } = await usersOf([
      attach('bob'),
      attach('rob', {
        event: 'UpdateUser',
        outcome: 'clean',
        severity: 'none',
        findings: [],
        actions: [],
        summary: 's (role r) renamed bob to rob.',
      }),
    ]);
    expect(users.map(({ user, stands }) => [user, stands])).toEqual([['rob', 'critical']]);
    expect(users[0]).toMatchObject({ last: { deed: 'renamed bob to rob' }, first: { what: 'Mend admin-access' } });
    expect(users[0]?.first.command).toBeUndefined();
  });

  test('what only an exception quieted, or was refused, needs nobody', async () => {
    const excepted = finding('iam-user-created', 'medium', 'x', {
      exception: { owner: 'o', reason: 'r', ticket: 't', expires: '2027-01-01' },
    });
    const { users } = await usersOf([
      verdict({ outcome: 'suppressed', findings: [excepted] }),
      verdict({ outcome: 'attempted', severity: 'low', who: 'probe' }),
    ]);
    expect(users).toEqual([]);
  });

  test('are ten, of thousands the worst, and the rest is counted', async () => {
    function* many() {
      yield attach('worst');
      for (let index = 0; index < 5_000; index += 1) yield verdict({ user: `u-${index}`, actor: { type: 'Root' }, findings: [created] });
    }
    const { users, moreUsers, unfollowed } = await usersOf(many());
    expect(users).toHaveLength(10);
    expect(users[0]?.user).toBe('worst');
    expect(users.length + moreUsers + unfollowed).toBe(5_001);
  });
});
