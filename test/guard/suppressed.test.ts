import { describe, expect, test } from 'vitest';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import { allow, createUser, livingAccount } from './account.ts';

const exception = {
  rule: 'admin-access',
  subject: 'user/break-glass',
  owner: 'security@example.com',
  reason: 'emergencies',
  ticket: 'SEC-1',
  expires: '2026-03-02',
};
const quiet = { rules: { 'policy-attached-directly': { enabled: false }, 'iam-user-created': { enabled: false } } };
const excepting = (...exceptions: (typeof exception)[]) => ({ configuration: { ...defaultConfiguration, ...quiet, exceptions } });
const putAll = (userName: string) => ({ requestParameters: { userName, policyName: 'all', policyDocument: allow('*') } });

describe('a finding that somebody answers for', () => {
  test('stays in the verdict, and neither tags nor alerts', async () => {
    const account = livingAccount();
    await account.happens('CreateUser', createUser('break-glass'), excepting(exception));
    const verdict = await account.happens('PutUserPolicy', putAll('break-glass'), excepting(exception));
    expect(verdict).toMatchObject({
      outcome: 'suppressed',
      severity: 'none',
      findings: [{ rule: 'admin-access', exception: { owner: 'security@example.com' } }],
    });
    expect(await account.tagsOf('break-glass')).toEqual({});
    expect(account.published).toEqual([]);
  });

  test('is back the day after, and says whose exception ended when', async () => {
    const account = livingAccount();
    const lapsed = excepting({ ...exception, expires: '2026-03-01' });
    await account.happens('CreateUser', createUser('break-glass'), lapsed);
    const verdict = await account.happens('PutUserPolicy', putAll('break-glass'), lapsed);
    expect(verdict).toMatchObject({
      outcome: 'flagged',
      severity: 'critical',
      findings: [{ rule: 'admin-access', lapsed: { owner: 'security@example.com', expires: '2026-03-01' } }],
    });
    expect(await account.tagsOf('break-glass')).toMatchObject({ 'trailguard:verdict': 'critical' });
    expect(account.published).toHaveLength(1);
  });

  test('hides nothing else of the same change', async () => {
    const account = livingAccount();
    const other = excepting({ ...exception, rule: 'policy-attached-directly' });
    await account.happens('CreateUser', createUser('break-glass'), other);
    const verdict = await account.happens('PutUserPolicy', putAll('break-glass'), other);
    expect(verdict).toMatchObject({ outcome: 'flagged', severity: 'critical' });
  });

  test('of one user is told of another', async () => {
    const account = livingAccount();
    await account.happens('CreateUser', createUser('bob'), excepting(exception));
    expect(await account.happens('PutUserPolicy', putAll('bob'), excepting(exception))).toMatchObject({
      outcome: 'flagged',
      severity: 'critical',
    });
    expect(await account.tagsOf('bob')).toMatchObject({ 'trailguard:verdict': 'critical' });
  });
});
