import { describe, expect, test } from 'vitest';
import { IncompleteError, judge } from '../../guard/guard.ts';
import type { GuardPorts } from '../../guard/ports.ts';
import type { Directory, TagWriter } from '../../iam/directory.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import type { UserRequest } from '../../schemas/user-request.ts';
import { record } from '../records.ts';
import { allow, createPolicy, createUser, createVersion, livingAccount, policyArn } from './account.ts';

const narrow = allow('s3:GetObject', 'arn:aws:s3:::reports/*');
const names = Array.from({ length: 23 }, (_, index) => `user-${String(index).padStart(2, '0')}`);

/** An account with 23 users in the group `team`, which holds the policy `shared`. */
async function team() {
  const living = livingAccount();
  for (const name of names) living.passes('CreateUser', createUser(name).requestParameters ?? {});
  living.passes('CreateGroup', { groupName: 'team' });
  for (const userName of names) living.passes('AddUserToGroup', { groupName: 'team', userName });
  await living.happens('CreatePolicy', createPolicy('shared', narrow));
  living.passes('AttachGroupPolicy', { groupName: 'team', policyArn: policyArn('shared') });
  living.published.length = 0;
  return living;
}

const verdictsOf = async ({ tagsOf }: Awaited<ReturnType<typeof team>>) =>
  Promise.all(names.map(async (name) => (await tagsOf(name))['trailguard:verdict']));

const toAll: readonly (readonly [string, Partial<CloudTrailRecord>, 'member' | 'holder'])[] = [
  ['PutGroupPolicy', { requestParameters: { groupName: 'team', policyName: 'all', policyDocument: allow('*') } }, 'member'],
  ['CreatePolicyVersion', createVersion('shared', 'v2', allow('*'), true), 'holder'],
];

describe.each(toAll)('%s', (eventName, overrides, relation) => {
  test('judges everyone whom it reaches, at once and once more, a few at a time', async () => {
    const living = await team();
    let [reading, most] = [0, 0];
    const directory: Directory & TagWriter = {
      ...living.directory,
      async posture(name) {
        reading++;
        most = Math.max(most, reading);
        await new Promise((resolve) => setTimeout(resolve, 1));
        reading--;
        return living.directory.posture(name);
      },
    };
    const asked: UserRequest[] = [];
    const judgeAgain: GuardPorts['judgeAgain'] = async (requests) => void asked.push(...requests);
    const verdict = await living.happens(eventName, overrides, { directory: () => directory, judgeAgain });
    expect(verdict).toMatchObject({ outcome: 'flagged', severity: 'critical' });
    expect(await verdictsOf(living)).toEqual(names.map(() => 'critical'));
    expect(asked.map(({ user, relation: of }) => `${of} ${user}`)).toEqual(names.map((name) => `${relation} ${name}`));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(5);
    expect(living.published).toHaveLength(1);
  });

  test('one who fails stops nobody else, and has the event judged again', async () => {
    const living = await team();
    const directory: Directory & TagWriter = {
      ...living.directory,
      posture: async (name) => {
        if (name === 'user-07') throw new Error('Rate exceeded');
        return living.directory.posture(name);
      },
    };
    await expect(living.happens(eventName, overrides, { directory: () => directory })).rejects.toThrow(IncompleteError);
    expect(await verdictsOf(living)).toEqual(names.map((name) => (name === 'user-07' ? undefined : 'critical')));
    expect(living.published).toEqual([expect.objectContaining({ outcome: 'flagged', severity: 'critical' })]);
    expect(living.published[0]?.actions).toContainEqual(
      expect.objectContaining({ kind: 'note', detail: expect.stringContaining('user user-07 was not judged: Rate exceeded') }),
    );
  });

  test('one who can not be tagged now stops nobody else, and has the event judged again', async () => {
    const living = await team();
    const throttled = Object.assign(new Error('Rate exceeded'), {
      name: 'Throttling',
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    });
    const directory: Directory & TagWriter = {
      ...living.directory,
      tagUser: async (name, tags) => {
        if (name === 'user-07') throw throttled;
        return living.directory.tagUser(name, tags);
      },
    };
    await expect(living.happens(eventName, overrides, { directory: () => directory })).rejects.toThrow(/user-07 is not tagged/);
    expect(await verdictsOf(living)).toEqual(names.map((name) => (name === 'user-07' ? undefined : 'critical')));
  });
});

describe('a group', () => {
  const put = { requestParameters: { groupName: 'team', policyName: 'keys', policyDocument: allow('kms:Decrypt') } };

  test.each<[string, Partial<CloudTrailRecord>]>([
    ['DeleteGroupPolicy', { requestParameters: { groupName: 'team', policyName: 'keys' } }],
    ['UpdateGroup', { requestParameters: { groupName: 'team', newGroupName: 'crew' } }],
  ])('%s brings every member to what it holds since', async (eventName, overrides) => {
    const living = await team();
    await living.happens('PutGroupPolicy', put);
    expect(await verdictsOf(living)).toEqual(names.map(() => 'high'));
    expect(await living.happens(eventName, overrides)).toMatchObject({ outcome: 'clean' });
    expect(await verdictsOf(living)).toEqual(names.map(() => (eventName === 'UpdateGroup' ? 'high' : 'clear')));
  });

  test('whose members can not be listed is never clean', async () => {
    const living = await team();
    const directory: Directory & TagWriter = {
      ...living.directory,
      members: async () => ({ found: false, why: 'unreadable', detail: 'the guard may not list them' }),
    };
    const { partialHistory: _, ...ports } = living.ports;
    const harmless = record('PutGroupPolicy', { requestParameters: { groupName: 'team', policyName: 'own', policyDocument: narrow } });
    const verdict = await judge(harmless, { ...ports, directory: () => directory });
    expect(verdict).toMatchObject({ outcome: 'undetermined', severity: 'medium' });
    expect(verdict?.summary).toContain('who is in group team: the guard may not list them');
  });

  test('renamed right after a policy was put on it is waited for; once it is gone for sure, nobody is in it', async () => {
    const living = await team();
    const directory: Directory & TagWriter = {
      ...living.directory,
      members: async () => ({ found: false, why: 'absent', detail: 'no such group' }),
    };
    await expect(living.happens('PutGroupPolicy', put, { directory: () => directory })).rejects.toThrow(
      /IAM does not show group `team` yet/,
    );
    expect(living.published).toEqual([expect.objectContaining({ outcome: 'flagged', severity: 'high' })]);
    const later = { directory: () => directory, now: () => new Date('2026-03-02T20:00:00Z') };
    expect(await living.happens('PutGroupPolicy', put, later)).toMatchObject({ outcome: 'flagged', actions: [] });
    const taken = { requestParameters: { groupName: 'team', policyName: 'keys' } };
    expect(await living.happens('DeleteGroupPolicy', taken, later)).toMatchObject({ outcome: 'clean', actions: [] });
  });

  test('that a user joins or leaves moves that user alone', async () => {
    const living = await team();
    living.passes('CreateUser', { userName: 'new' });
    await living.happens('PutGroupPolicy', put);
    const joined = await living.happens('AddUserToGroup', { requestParameters: { groupName: 'team', userName: 'new' } });
    expect(joined).toMatchObject({
      outcome: 'flagged',
      severity: 'high',
      summary: 'ops added user new to group team; the user holds what allows kms:Decrypt on all keys of all accounts.',
      actions: [{ kind: 'tag-user', target: 'new' }],
    });
    const left = await living.happens('RemoveUserFromGroup', { requestParameters: { groupName: 'team', userName: 'new' } });
    expect(left).toMatchObject({ outcome: 'clean', actions: [{ kind: 'tag-user', target: 'new' }] });
  });
});

describe('a role', () => {
  test.each<[string, string, Record<string, unknown>, object]>([
    [
      'a document that grants everything',
      'PutRolePolicy',
      { policyDocument: allow('*') },
      { severity: 'critical', findings: [{ rule: 'admin-access' }] },
    ],
    ['a harmless document', 'PutRolePolicy', { policyDocument: narrow }, { outcome: 'clean', findings: [] }],
    [
      'a policy of AWS',
      'AttachRolePolicy',
      { policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      { severity: 'critical', findings: [{ rule: 'admin-access' }] },
    ],
  ])('with %s is told where it must be, and nobody is tagged', async (_, eventName, request, told) => {
    const living = livingAccount({
      managedPolicies: (arn) => ({ name: arn.slice(arn.lastIndexOf('/') + 1), version: 'v1', document: allow('*') }),
    });
    const asked: UserRequest[] = [];
    const requestParameters = { roleName: 'deployer', policyName: 'own', ...request };
    const judgeAgain: GuardPorts['judgeAgain'] = async (requests) => void asked.push(...requests);
    const verdict = await living.happens(eventName, { requestParameters }, { judgeAgain });
    expect(verdict).toMatchObject({ subject: { type: 'role', name: 'deployer' }, actions: [], ...told });
    expect(asked).toEqual([]);
    expect(living.published).toHaveLength(verdict.outcome === 'clean' ? 0 : 1);
  });
});

describe("the account's password policy", () => {
  const strong = {
    minimumPasswordLength: 14,
    requireSymbols: true,
    requireNumbers: true,
    requireUppercaseCharacters: true,
    requireLowercaseCharacters: true,
  };

  test('that is strong is clean; short of it, or taken away, it is told, and nobody is tagged', async () => {
    const living = livingAccount();
    expect(await living.happens('UpdateAccountPasswordPolicy', { requestParameters: strong })).toMatchObject({ outcome: 'clean' });
    const weak = await living.happens('UpdateAccountPasswordPolicy', { requestParameters: { ...strong, requireSymbols: false } });
    expect(weak).toMatchObject({
      outcome: 'flagged',
      severity: 'medium',
      subject: { type: 'account' },
      findings: [{ rule: 'password-policy-weak' }],
      actions: [],
    });
    const gone = await living.happens('DeleteAccountPasswordPolicy');
    expect(gone).toMatchObject({ outcome: 'flagged', severity: 'medium', findings: [{ rule: 'password-policy-weak' }], actions: [] });
  });

  test('that the event leaves out is read; where it can not be read, it is undetermined', async () => {
    const omitted = { requestParameters: { reason: 'requestParameters too large', omitted: true, originalSize: 149_893 } };
    const living = livingAccount();
    expect(await living.happens('UpdateAccountPasswordPolicy', omitted)).toMatchObject({ outcome: 'undetermined', severity: 'medium' });
    const directory: Directory & TagWriter = { ...living.directory, passwordPolicy: async () => ({ found: true, value: null }) };
    expect(await living.happens('UpdateAccountPasswordPolicy', omitted, { directory: () => directory })).toMatchObject({
      outcome: 'flagged',
      findings: [{ rule: 'password-policy-weak' }],
    });
  });
});

describe('a user who is deleted', () => {
  test('is clean, read by nobody, and never thrown back', async () => {
    const living = livingAccount();
    await living.happens('CreateUser', createUser('bob'));
    await living.happens('PutUserPolicy', { requestParameters: { userName: 'bob', policyName: 'all', policyDocument: allow('*') } });
    const { partialHistory: _, ...ports } = living.ports;
    const verdict = await living.happens('DeleteUser', { requestParameters: { userName: 'bob' } }, ports);
    expect(verdict).toMatchObject({ outcome: 'clean', severity: 'none', findings: [], actions: [] });
  });
});
