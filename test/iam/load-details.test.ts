import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createProjectedDirectory } from '../../iam/projected-directory.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { account, allowing, changeAt, policyArn } from './in-account.ts';

const shared = policyArn('shared');
const limit = policyArn('limit');
const aws = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

/** As `aws iam get-account-authorization-details` prints it: documents are objects; one is URL-encoded, as the API sends it. */
function details() {
  return {
    UserDetailList: [
      {
        Path: '/team/',
        UserName: 'ada',
        UserId: 'AIDAEXAMPLE',
        Arn: `arn:aws-cn:iam::${account}:user/team/ada`,
        CreateDate: '2025-05-05T10:00:00+00:00',
        UserPolicyList: [{ PolicyName: 'own', PolicyDocument: JSON.parse(allowing('ec2:*')) }],
        GroupList: ['ops'],
        AttachedManagedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: aws }],
        PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: limit },
        Tags: [{ Key: 'Team', Value: 'blue' }],
      },
    ],
    GroupDetailList: [
      {
        Path: '/',
        GroupName: 'ops',
        Arn: `arn:aws-cn:iam::${account}:group/ops`,
        GroupPolicyList: [{ PolicyName: 'of-group', PolicyDocument: encodeURIComponent(allowing('kms:*')) }],
        AttachedManagedPolicies: [{ PolicyName: 'shared', PolicyArn: shared }],
      },
    ],
    RoleDetailList: [
      {
        Path: '/',
        RoleName: 'deployer',
        Arn: `arn:aws-cn:iam::${account}:role/deployer`,
        AssumeRolePolicyDocument: {},
        RolePolicyList: [{ PolicyName: 'of-role', PolicyDocument: JSON.parse(allowing('sqs:*')) }],
        AttachedManagedPolicies: [{ PolicyName: 'shared', PolicyArn: shared }],
      },
    ],
    Policies: [
      policy(shared, 'v2', { v1: 's3:Get*', v2: 's3:*' }),
      { ...policy(limit, 'v1', { v1: 's3:*' }), Tags: [{ Key: 'Owner', Value: 'sec' }] },
      policy(aws, 'v120', { v120: 's3:List*' }),
    ],
  };
}

function policy(arn: string, standing: string, versions: Record<string, string>) {
  const PolicyVersionList = Object.entries(versions).map(([VersionId, action]) => ({
    VersionId,
    IsDefaultVersion: VersionId === standing,
    Document: JSON.parse(allowing(action)),
  }));
  return { PolicyName: arn.split('/').at(-1), Arn: arn, DefaultVersionId: standing, PolicyVersionList };
}

function loaded(value: unknown = details()) {
  const directory = createProjectedDirectory({ account });
  directory.load(value);
  return directory;
}

describe('after loading the authorization details of an account', () => {
  test('a posture is whole', async () => {
    const read = await loaded().posture('ada');
    expect(read.found && read.value).toMatchObject({
      arn: `arn:aws-cn:iam::${account}:user/team/ada`,
      createdAt: '2025-05-05T10:00:00+00:00',
      groups: ['ops'],
      tags: { Team: 'blue' },
      boundary: { arn: limit, version: 'v1' },
      unread: [],
      policies: [
        { kind: 'inline', name: 'own', document: parsePolicy(allowing('ec2:*')) },
        { kind: 'managed', arn: aws, version: 'v120' },
        { kind: 'inline', name: 'of-group', group: 'ops', document: parsePolicy(allowing('kms:*')) },
        { kind: 'managed', arn: shared, version: 'v2', group: 'ops' },
      ],
    });
  });

  test('what is not in them does not exist', async () => {
    const directory = loaded();
    expect(await directory.posture('bob')).toMatchObject({ found: false, why: 'absent' });
    expect(await directory.managedPolicy(policyArn('none'))).toMatchObject({ why: 'absent' });
    expect(await directory.managedPolicy(shared, 'v9')).toMatchObject({ why: 'absent' });
    // AWS may have made a version since, and no trail of this account shows it.
    expect(await directory.managedPolicy(aws, 'v121')).toMatchObject({ why: 'unreadable' });
    expect(await directory.holders(policyArn('none'))).toMatchObject({ why: 'absent' });
    await expect(directory.tagUser('bob', { k: 'v' })).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  test('holders are known to the last, boundaries among them', async () => {
    expect(await loaded().holders(shared)).toEqual({ found: true, value: { users: ['ada'], unread: [] } });
    expect(await loaded().holders(limit)).toEqual({ found: true, value: { users: ['ada'], unread: [] } });
    expect(await loaded().policyTags(limit)).toEqual({ found: true, value: { Owner: 'sec' } });
  });

  test('members of groups and policies of roles are known', async () => {
    const directory = loaded();
    expect(await directory.members('ops')).toEqual({ found: true, value: ['ada'] });
    expect(await directory.members('none')).toMatchObject({ why: 'absent' });
    const role = { type: 'role', name: 'deployer' } as const;
    expect(await directory.inlinePolicy(role, 'of-role')).toEqual({ found: true, value: allowing('sqs:*') });
    expect(await directory.inlinePolicy(role, 'none')).toMatchObject({ why: 'absent' });
    expect(await directory.inlinePolicy({ ...role, name: 'none' }, 'p')).toMatchObject({ why: 'absent' });
  });

  test('what is not told in them stays unknown: credentials and the password policy', async () => {
    const directory = loaded();
    const read = await directory.posture('ada');
    expect(read.found && read.value).not.toHaveProperty('password');
    expect(read.found && read.value).not.toHaveProperty('mfaDevices');
    expect(await directory.passwordPolicy()).toMatchObject({ why: 'unreadable' });
  });

  test('the trail goes on from there', async () => {
    const directory = loaded();
    directory.fold(changeAt('2026-01-01T00:00:00Z', { kind: 'group-left', userName: 'ada', groupName: 'ops' }));
    const read = await directory.posture('ada');
    expect(read).toMatchObject({ value: { asOf: '2026-01-01T00:00:00Z', groups: [] } });
    expect(await directory.holders(shared)).toMatchObject({ value: { users: [] } });
  });
});

describe('what is no such output is refused', () => {
  test.each([
    ['not an object', [], 'lack an object at `/`'],
    ['another command', { Users: [] }, '`/UserDetailList`'],
    ['a user without a name', { ...details(), UserDetailList: [{}] }, '`/UserDetailList/0/UserName`'],
    [
      'a boundary without an ARN',
      { ...details(), UserDetailList: [{ ...details().UserDetailList[0], PermissionsBoundary: {} }] },
      '`/UserDetailList/0/PermissionsBoundary/PermissionsBoundaryArn`',
    ],
    ['a role without a name', { ...details(), RoleDetailList: [{}] }, '`/RoleDetailList/0/RoleName`'],
    ['a page of several', { ...details(), IsTruncated: true }, 'only the first page'],
  ])('%s', (_, value, message) => {
    expect(() => loaded(value)).toThrow(message);
  });

  test('whatever it is, the message says what to give', () => {
    const key = fc.constantFrom(
      'UserDetailList',
      'GroupDetailList',
      'RoleDetailList',
      'Policies',
      'UserName',
      'Arn',
      'Path',
      'GroupList',
      'Tags',
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(fc.constant(null), fc.string(), fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(key, tie('any'), { maxKeys: 6 })),
    })).any;
    fc.assert(
      fc.property(value, (details) => {
        try {
          loaded(details);
        } catch (error) {
          expect(String(error)).toContain('get-account-authorization-details');
        }
      }),
    );
  });
});
