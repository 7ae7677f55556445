import {
  GetAccessKeyLastUsedCommand,
  GetAccountPasswordPolicyCommand,
  GetGroupCommand,
  GetGroupPolicyCommand,
  GetLoginProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListGroupPoliciesCommand,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  ListUserPoliciesCommand,
} from '@aws-sdk/client-iam';
import { type AwsClientStub, mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { createLiveDirectory } from '../../iam/live-directory.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { account, allowing, policyArn } from './in-account.ts';

// A mock, for what moto can't do: faults in the middle of a read, pages, boundaries. Plain reads are in directory-contract.test.ts.
const iam: AwsClientStub<IAMClient> = mockClient(IAMClient);
const now = new Date('2026-03-01T12:00:00Z');
const created = new Date('2026-01-01T00:00:00Z');
const shared = policyArn('shared');
const limit = policyArn('limit');

function fault(name: string, status = 400): Error {
  return Object.assign(new Error(`${name} said IAM`), { name, $metadata: { httpStatusCode: status } });
}

/** A managed policy whose default version is this one. Another `PolicyId` makes it another policy of the same name. */
function managed(arn: string, version: string, document: string, policy: { PolicyId?: string; CreateDate?: Date } = {}): void {
  iam.on(GetPolicyCommand, { PolicyArn: arn }).resolves({
    Policy: { Arn: arn, DefaultVersionId: version, PolicyId: `ANPA-${arn}`, CreateDate: created, ...policy },
  });
  iam.on(GetPolicyVersionCommand, { PolicyArn: arn, VersionId: version }).resolves({
    PolicyVersion: { VersionId: version, IsDefaultVersion: true, Document: encodeURIComponent(document) },
  });
}

const directory = () => createLiveDirectory({ client: new IAMClient({ region: 'us-east-1' }), account, now: () => now });

const used = new Date('2026-02-02T00:00:00Z');
const noPassword = fault('NoSuchEntityException', 404);

/** IAM tells of ada, and of her password's last use where she ever signed in. */
function adaSignedIn(PasswordLastUsed?: Date): void {
  const User = { UserName: 'ada', UserId: 'AIDA', Path: '/', Arn: 'a', CreateDate: created, ...(PasswordLastUsed && { PasswordLastUsed }) };
  iam.on(GetUserCommand).resolves({ User });
}

/**
 * Ada: an inline policy, the shared policy directly and by the group ops, an inline policy of that group, one key, used, an MFA
 * device, no password.
 */
beforeEach(() => {
  iam.reset();
  iam.on(GetUserCommand).resolves({
    User: {
      UserName: 'ada',
      UserId: 'AIDA',
      Path: '/',
      Arn: `arn:aws:iam::${account}:user/ada`,
      CreateDate: created,
      Tags: [{ Key: 'Team', Value: 'blue' }],
    },
  });
  iam.on(ListUserPoliciesCommand).resolves({ PolicyNames: ['own'] });
  iam.on(GetUserPolicyCommand).resolves({ PolicyDocument: encodeURIComponent(allowing('ec2:*')) });
  iam.on(ListAttachedUserPoliciesCommand).resolves({ AttachedPolicies: [{ PolicyArn: shared, PolicyName: 'shared' }] });
  iam.on(ListGroupsForUserCommand).resolves({ Groups: [{ GroupName: 'ops', GroupId: 'AGPA', Path: '/', Arn: 'g', CreateDate: created }] });
  iam.on(ListGroupPoliciesCommand).resolves({ PolicyNames: ['of-group'] });
  iam.on(GetGroupPolicyCommand).resolves({ PolicyDocument: encodeURIComponent(allowing('kms:*')) });
  iam.on(ListAttachedGroupPoliciesCommand).resolves({ AttachedPolicies: [{ PolicyArn: shared, PolicyName: 'shared' }] });
  iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [{ AccessKeyId: 'AKIA1', Status: 'Active', CreateDate: created }] });
  iam
    .on(GetAccessKeyLastUsedCommand, { AccessKeyId: 'AKIA1' })
    .resolves({ AccessKeyLastUsed: { LastUsedDate: used, Region: 'us-east-1', ServiceName: 's3' } });
  iam.on(ListMFADevicesCommand).resolves({ MFADevices: [{ UserName: 'ada', SerialNumber: 'GAHT1', EnableDate: created }] });
  iam.on(GetLoginProfileCommand).rejects(noPassword);
  managed(shared, 'v3', allowing('s3:*'));
});

async function posture() {
  const answer = await directory().posture('ada');
  if (!answer.found) throw new Error(`ada was not found: ${answer.detail}`);
  return answer.value;
}

describe('a posture', () => {
  test('costs fourteen calls for one inline policy, one group, one key and one policy that is held twice', async () => {
    const read = await posture();
    expect(read.policies.map(({ name, group }) => [name, group])).toEqual([
      ['own', undefined],
      ['shared', undefined],
      ['of-group', 'ops'],
      ['shared', 'ops'],
    ]);
    expect(read).toMatchObject({ asOf: now.toISOString(), createdAt: created.toISOString(), tags: { Team: 'blue' }, unread: [] });
    expect(iam.calls()).toHaveLength(14);
  });

  test('tells the credentials, and when each was last used', async () => {
    iam.on(ListAccessKeysCommand).resolves({
      AccessKeyMetadata: [
        { AccessKeyId: 'AKIA1', Status: 'Active', CreateDate: created },
        { AccessKeyId: 'AKIA2', Status: 'Inactive', CreateDate: now },
      ],
    });
    iam
      .on(GetAccessKeyLastUsedCommand, { AccessKeyId: 'AKIA2' })
      .resolves({ AccessKeyLastUsed: { LastUsedDate: undefined, Region: 'N/A', ServiceName: 'N/A' } });
    expect(await posture()).toMatchObject({
      accessKeys: [
        { id: 'AKIA1', active: true, createdAt: created.toISOString(), lastUsedAt: used.toISOString() },
        { id: 'AKIA2', active: false, createdAt: now.toISOString(), lastUsedAt: null },
      ],
      mfaDevices: ['GAHT1'],
      password: null,
      unread: [],
    });
  });

  const createdAt = created.toISOString();
  test.each([
    ['signed in with it', used, { createdAt, lastUsedAt: used.toISOString() }],
    ['never signed in', undefined, { createdAt, lastUsedAt: null }],
    ['signed in only with an earlier one, since deleted', new Date('2025-12-31T23:59:59Z'), { createdAt, lastUsedAt: null }],
  ])('tells the console password of a user who %s', async (_, lastUsed, password) => {
    adaSignedIn(lastUsed);
    iam.on(GetLoginProfileCommand).resolves({ LoginProfile: { UserName: 'ada', CreateDate: created } });
    expect((await posture()).password).toEqual(password);
  });

  test('takes the last use of a password that was deleted for no password', async () => {
    adaSignedIn(used);
    expect((await posture()).password).toBeNull();
  });

  test.each([
    ['accessKeys', () => iam.on(GetAccessKeyLastUsedCommand), 'last use of access key AKIA1', [{ id: 'AKIA1', active: true, createdAt }]],
    ['mfaDevices', () => iam.on(ListMFADevicesCommand), 'MFA devices of user ada', undefined],
    ['password', () => iam.on(GetLoginProfileCommand), 'console password of user ada', undefined],
  ] as const)('leaves %s unknown where they may not be read: never absent', async (part, call, what, known) => {
    call().rejects(fault('AccessDenied', 403));
    const read = await posture();
    expect(read[part]).toEqual(known);
    expect(read.unread).toEqual([{ what, why: `${what} may not be read: AccessDenied said IAM` }]);
  });

  test('names a key that was deleted while being read', async () => {
    iam.on(GetAccessKeyLastUsedCommand).rejects(fault('NoSuchEntityException', 404));
    expect((await posture()).unread).toEqual([{ what: 'last use of access key AKIA1', why: 'vanished while being read' }]);
  });

  test('is not made up where IAM answers without a login profile', async () => {
    iam.on(GetLoginProfileCommand).resolves({ LoginProfile: undefined });
    await expect(directory().posture('ada')).rejects.toThrow('IAM answered GetLoginProfile for `ada` without a login profile');
  });

  test('asks again for the default version, but not for a document that it has', async () => {
    const reader = directory();
    await reader.posture('ada');
    iam.resetHistory();
    await reader.posture('ada');
    expect(iam.commandCalls(GetPolicyCommand)).toHaveLength(1);
    expect(iam.commandCalls(GetPolicyVersionCommand)).toHaveLength(0);

    managed(shared, 'v4', allowing('iam:*'));
    const switched = await reader.posture('ada');
    const held = switched.found ? switched.value.policies.find((policy) => policy.arn === shared) : undefined;
    expect(held).toMatchObject({ version: 'v4', document: parsePolicy(allowing('iam:*')) });
  });

  test('reads every page', async () => {
    iam.on(ListUserPoliciesCommand).resolves({ PolicyNames: ['own'], IsTruncated: true, Marker: 'more' });
    iam.on(ListUserPoliciesCommand, { Marker: 'more' }).resolves({ PolicyNames: ['second'] });
    const names = (await posture()).policies.filter((policy) => policy.kind === 'inline' && policy.group === undefined);
    expect(names.map((policy) => policy.name)).toEqual(['own', 'second']);
  });

  test('holds the document of the permissions boundary apart from the policies', async () => {
    iam.on(GetUserCommand).resolves({
      User: {
        UserName: 'ada',
        UserId: 'AIDA',
        Path: '/',
        Arn: 'a',
        CreateDate: created,
        PermissionsBoundary: { PermissionsBoundaryArn: limit, PermissionsBoundaryType: 'PermissionsBoundaryPolicy' },
      },
    });
    managed(limit, 'v1', allowing('s3:Get*'));
    const read = await posture();
    expect(read.boundary).toEqual({
      kind: 'managed',
      name: 'limit',
      arn: limit,
      version: 'v1',
      document: parsePolicy(allowing('s3:Get*')),
    });
    expect(read.policies.map((policy) => policy.name)).not.toContain('limit');
    // As much as any other managed policy: two more than without.
    expect(iam.calls()).toHaveLength(16);
  });

  test.each([
    ['ListUserPolicies', () => iam.on(ListUserPoliciesCommand), 'inline policies of user ada'],
    ['GetUserPolicy', () => iam.on(GetUserPolicyCommand), 'inline policy own of user ada'],
    ['ListAttachedUserPolicies', () => iam.on(ListAttachedUserPoliciesCommand), 'policies attached to user ada'],
    ['ListGroupsForUser', () => iam.on(ListGroupsForUserCommand), 'groups of user ada'],
    ['ListGroupPolicies', () => iam.on(ListGroupPoliciesCommand), 'inline policies of group ops'],
    ['GetGroupPolicy', () => iam.on(GetGroupPolicyCommand), 'inline policy of-group of group ops'],
    ['ListAttachedGroupPolicies', () => iam.on(ListAttachedGroupPoliciesCommand), 'policies attached to group ops'],
    ['ListAccessKeys', () => iam.on(ListAccessKeysCommand), 'access keys of user ada'],
  ] as const)('names what a denied %s leaves unread, and reads the rest', async (_, call, what) => {
    call().rejects(fault('AccessDenied', 403));
    const read = await posture();
    expect(read.unread).toEqual([{ what, why: `${what} may not be read: AccessDenied said IAM` }]);
    expect(read.policies.length + read.accessKeys.length).toBeGreaterThan(0);
  });

  test('names a managed policy that may not be read, once for each place where it is held', async () => {
    iam.on(GetPolicyVersionCommand).rejects(fault('AccessDenied', 403));
    const read = await posture();
    expect(read.unread.map(({ what }) => what)).toEqual([`policy ${shared}`, `policy ${shared}`]);
    expect(read.policies.map((policy) => policy.name)).toEqual(['own', 'of-group']);
  });

  test('names what vanished between the listing and the reading', async () => {
    iam.on(GetUserPolicyCommand).rejects(fault('NoSuchEntityException', 404));
    iam.on(GetPolicyCommand).rejects(fault('NoSuchEntityException', 404));
    expect((await posture()).unread).toContainEqual({ what: 'inline policy own of user ada', why: 'vanished while being read' });
    expect((await posture()).unread).toContainEqual({ what: `policy ${shared}`, why: 'vanished while being read' });
  });

  test('names a document that does not parse, with the reason', async () => {
    iam.on(GetUserPolicyCommand).resolves({ PolicyDocument: '%7B%22Statement%22' });
    const [unread] = (await posture()).unread;
    expect(unread?.what).toBe('inline policy own of user ada');
    expect(unread?.why).toMatch(/^its document could not be parsed: ./);
  });

  test('is absent where IAM knows no such user', async () => {
    const gone = fault('NoSuchEntityException', 404);
    iam.on(GetUserCommand).rejects(gone);
    iam.on(ListMFADevicesCommand).rejects(gone);
    iam.on(ListUserPoliciesCommand).rejects(gone);
    iam.on(ListAttachedUserPoliciesCommand).rejects(gone);
    iam.on(ListGroupsForUserCommand).rejects(gone);
    iam.on(ListAccessKeysCommand).rejects(gone);
    expect(await directory().posture('ada')).toMatchObject({ found: false, why: 'absent' });
  });

  test('is unreadable where the user itself may not be read', async () => {
    iam.on(GetUserCommand).rejects(fault('AccessDenied', 403));
    expect(await directory().posture('ada')).toMatchObject({ found: false, why: 'unreadable' });
  });

  test.each([
    ['throttling', fault('Throttling')],
    ['a server fault', fault('ServiceFailureException', 500)],
    ['a lost connection', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })],
    ['expired credentials', fault('ExpiredToken', 403)],
  ])('throws on %s, wherever it strikes, so that it is read again', async (_, error) => {
    iam.on(GetGroupPolicyCommand).rejects(error);
    await expect(directory().posture('ada')).rejects.toThrow(error.message);
  });

  test('does not remember a fault: the next reading is whole', async () => {
    const reader = directory();
    iam.on(GetPolicyVersionCommand).rejectsOnce(fault('Throttling'));
    await expect(reader.posture('ada')).rejects.toThrow('Throttling');
    managed(shared, 'v3', allowing('s3:*'));
    expect(await reader.posture('ada')).toMatchObject({ found: true, value: { unread: [] } });
  });
});

describe('the holders of a policy', () => {
  const user = (UserName: string) => ({ UserName, UserId: 'AIDA', Path: '/', Arn: 'a', CreateDate: created });
  const Group = { GroupName: 'g', GroupId: 'AGPA', Path: '/', Arn: 'g', CreateDate: created };

  test('are read from every page of holders and of members, once each and sorted', async () => {
    iam.on(ListEntitiesForPolicyCommand).resolves({ PolicyUsers: [{ UserName: 'zoe' }], IsTruncated: true, Marker: 'more' });
    iam.on(ListEntitiesForPolicyCommand, { Marker: 'more' }).resolves({
      PolicyUsers: [{ UserName: 'ada' }],
      PolicyGroups: [{ GroupName: 'ops' }],
      PolicyRoles: [{ RoleName: 'deploy' }],
    });
    iam.on(GetGroupCommand).resolves({ Group, Users: [user('zoe')], IsTruncated: true, Marker: 'more' });
    iam.on(GetGroupCommand, { Marker: 'more' }).resolves({ Group, Users: [user('bob')] });
    expect(await directory().holders(shared)).toEqual({ found: true, value: { users: ['ada', 'bob', 'zoe'], unread: [] } });
  });

  test('name a group whose members may not be read, and pass over one that is gone', async () => {
    iam.on(ListEntitiesForPolicyCommand).resolves({ PolicyGroups: [{ GroupName: 'closed' }, { GroupName: 'gone' }] });
    iam.on(GetGroupCommand, { GroupName: 'closed' }).rejects(fault('AccessDenied', 403));
    iam.on(GetGroupCommand, { GroupName: 'gone' }).rejects(fault('NoSuchEntityException', 404));
    expect(await directory().holders(shared)).toEqual({
      found: true,
      value: { users: [], unread: ['members of group closed may not be read: AccessDenied said IAM'] },
    });
  });

  test('of a policy that is gone are absent', async () => {
    iam.on(ListEntitiesForPolicyCommand).rejects(fault('NoSuchEntityException', 404));
    expect(await directory().holders(shared)).toMatchObject({ found: false, why: 'absent' });
  });
});

describe('the members of a group', () => {
  const Group = { GroupName: 'ops', GroupId: 'AGPA', Path: '/', Arn: 'g', CreateDate: created };
  const user = (UserName: string) => ({ UserName, UserId: 'AIDA', Path: '/', Arn: 'a', CreateDate: created });

  test('are read from every page, and sorted', async () => {
    iam.on(GetGroupCommand).resolves({ Group, Users: [user('zoe')], IsTruncated: true, Marker: 'more' });
    iam.on(GetGroupCommand, { Marker: 'more' }).resolves({ Group, Users: [user('bob')] });
    expect(await directory().members('ops')).toEqual({ found: true, value: ['bob', 'zoe'] });
  });

  test.each([
    ['AccessDenied', 403, 'unreadable'],
    ['NoSuchEntityException', 404, 'absent'],
  ])('are, on %s (%i), %s', async (name, status, why) => {
    iam.on(GetGroupCommand).rejects(fault(name, status));
    expect(await directory().members('ops')).toMatchObject({ found: false, why });
  });
});

describe('the password policy', () => {
  test('is null where the account has none', async () => {
    iam.on(GetAccountPasswordPolicyCommand).rejects(fault('NoSuchEntityException', 404));
    expect(await directory().passwordPolicy()).toEqual({ found: true, value: null });
  });

  test('asks for nothing that IAM leaves out, save its own six characters', async () => {
    iam.on(GetAccountPasswordPolicyCommand).resolves({ PasswordPolicy: { RequireNumbers: true } });
    const asked = { requireSymbols: false, requireNumbers: true, requireUppercase: false, requireLowercase: false };
    expect(await directory().passwordPolicy()).toEqual({ found: true, value: { minimumLength: 6, ...asked } });
  });

  test('is unreadable where it may not be read, and thrown where IAM answers without one', async () => {
    iam.on(GetAccountPasswordPolicyCommand).rejects(fault('AccessDenied', 403));
    expect(await directory().passwordPolicy()).toMatchObject({ found: false, why: 'unreadable' });
    iam.on(GetAccountPasswordPolicyCommand).resolves({ PasswordPolicy: undefined });
    await expect(directory().passwordPolicy()).rejects.toThrow('without a policy');
  });
});

describe('a version of a managed policy', () => {
  const read = async (reader: ReturnType<typeof directory>, version?: string) => {
    const answer = await reader.managedPolicy(shared, version);
    if (!answer.found) throw new Error(answer.detail);
    return parsePolicy(answer.value.document);
  };

  test.each([undefined, 'v3'])('costs GetPolicy each time and GetPolicyVersion once, asked for as %s', async (version) => {
    const reader = directory();
    for (const calls of [1, 2, 3]) {
      expect(await read(reader, version)).toEqual(parsePolicy(allowing('s3:*')));
      expect(iam.commandCalls(GetPolicyCommand)).toHaveLength(calls);
      expect(iam.commandCalls(GetPolicyVersionCommand)).toHaveLength(1);
    }
  });

  test('that several ask for at once is fetched once, and again after a fault', async () => {
    const reader = directory();
    iam.on(GetPolicyVersionCommand).rejectsOnce(fault('Throttling'));
    const failed = await Promise.allSettled([reader.managedPolicy(shared), reader.managedPolicy(shared, 'v3')]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    managed(shared, 'v3', allowing('s3:*'));
    iam.resetHistory();
    for (const answer of await Promise.all([reader.managedPolicy(shared), reader.managedPolicy(shared, 'v3')])) {
      expect(answer).toMatchObject({ found: true, value: { version: 'v3' } });
    }
    expect(iam.commandCalls(GetPolicyVersionCommand)).toHaveLength(1);
  });

  test('whose document is cached is still asked whether it is the default', async () => {
    const reader = directory();
    expect(await reader.managedPolicy(shared, 'v3')).toMatchObject({ found: true, value: { isDefault: true } });
    managed(shared, 'v4', allowing('iam:*'));
    expect(await reader.managedPolicy(shared, 'v3')).toMatchObject({ found: true, value: { isDefault: false } });
  });

  test.each([undefined, 'v1'])('is read anew where the policy was deleted and made again, asked for as %s', async (version) => {
    const reader = directory();
    managed(shared, 'v1', allowing('s3:GetObject'), { PolicyId: 'ANPA-FIRST' });
    expect(await read(reader, version)).toEqual(parsePolicy(allowing('s3:GetObject')));
    managed(shared, 'v1', allowing('*'), { PolicyId: 'ANPA-SECOND' });
    expect(await read(reader, version)).toEqual(parsePolicy(allowing('*')));
    const held = await reader.posture('ada');
    expect(held.found && held.value.policies.find(({ arn }) => arn === shared)?.document).toEqual(parsePolicy(allowing('*')));
  });

  test('is absent where the policy is gone, whatever is cached', async () => {
    const reader = directory();
    await read(reader, 'v3');
    iam.on(GetPolicyCommand).rejects(fault('NoSuchEntityException', 404));
    expect(await reader.managedPolicy(shared, 'v3')).toMatchObject({ found: false, why: 'absent' });
  });

  test.each([
    ['younger than two minutes', { CreateDate: new Date(now.getTime() - 119_000) }, 2],
    ['of two minutes', { CreateDate: new Date(now.getTime() - 120_000) }, 1],
  ])('of a policy %s: IAM may still answer with one deleted before', async (_, policy, calls) => {
    const reader = directory();
    managed(shared, 'v1', allowing('s3:GetObject'), policy);
    await read(reader);
    managed(shared, 'v1', allowing('*'), policy);
    expect(await read(reader)).toEqual(parsePolicy(allowing(calls === 2 ? '*' : 's3:GetObject')));
    expect(iam.commandCalls(GetPolicyVersionCommand)).toHaveLength(calls);
  });

  test('is not read of a policy that IAM answers without', async () => {
    iam.on(GetPolicyCommand).resolves({});
    await expect(directory().managedPolicy(shared)).rejects.toThrow(`IAM answered GetPolicy for \`${shared}\` without a policy`);
  });
});

test('an inline policy of a role can be read', async () => {
  iam.on(GetRolePolicyCommand, { RoleName: 'deploy', PolicyName: 'p' }).resolves({ PolicyDocument: encodeURIComponent(allowing('s3:*')) });
  const read = await directory().inlinePolicy({ type: 'role', name: 'deploy' }, 'p');
  expect(read.found && parsePolicy(read.value)).toEqual(parsePolicy(allowing('s3:*')));
});

test('a tag key that is special in JavaScript is a tag like any other', async () => {
  iam.on(GetUserCommand).resolves({
    User: { UserName: 'ada', UserId: 'A', Path: '/', Arn: 'a', CreateDate: created, Tags: [{ Key: '__proto__', Value: 'x' }] },
  });
  const tags = await directory().userTags('ada');
  expect(tags.found && Object.entries(tags.value)).toEqual([['__proto__', 'x']]);
});
