import { describe, expect, it } from 'vitest';
import { judge } from '../../guard/guard.ts';
import { account, record } from '../records.ts';
import { allow, createUser, livingAccount } from './account.ts';

/** Bob gets a password at 09:02 and, at `later`, a policy: an event that moves the tags once more. */
const withPassword = async (later: string) => {
  const { happens, ports, directory } = livingAccount();
  await happens('CreateUser', createUser('bob'));
  const password = { requestParameters: { userName: 'bob' }, eventTime: '2026-03-02T09:02:00Z', eventID: 'password' };
  const first = await happens('CreateLoginProfile', password);
  const policy = { userName: 'bob', policyName: 'all', policyDocument: allow('*') };
  await happens('PutUserPolicy', { requestParameters: policy, eventTime: later, eventID: 'policy' });
  return { directory, first, again: () => judge(record('CreateLoginProfile', { ...password, recipientAccountId: account }), ports) };
};

describe('an event that comes when another has moved the tags since', () => {
  it('tells what they name where an earlier try may have tagged it and not got to tell it', async () => {
    const { first, again } = await withPassword('2026-03-02T09:03:00Z');
    expect(first.findings.map(({ rule }) => rule)).toContain('console-user-without-mfa');
    const rules = (await again())?.findings.map(({ rule }) => rule);
    expect(rules).toContain('console-user-without-mfa');
  });

  it('does not where it is too young for a second try: it only came out of order', async () => {
    const { again } = await withPassword('2026-03-02T09:02:59Z');
    expect(await again()).toMatchObject({ outcome: 'clean', findings: [] });
  });

  it('tells it as well where a sweep moved them', async () => {
    const { directory, again } = await withPassword('2026-03-02T09:03:00Z');
    await directory.tagUser('bob', { 'trailguard:evidence': '2026-03-02T09:02:30.000Z sweep' });
    expect((await again())?.findings.map(({ rule }) => rule)).toContain('console-user-without-mfa');
  });

  it('does not where what moved them was before it: what they name was told then', async () => {
    const { directory, again } = await withPassword('2026-03-02T09:03:00Z');
    await directory.tagUser('bob', { 'trailguard:evidence': '2026-03-02T09:01:00Z ops earlier' });
    expect(await again()).toMatchObject({ outcome: 'clean' });
  });
});
