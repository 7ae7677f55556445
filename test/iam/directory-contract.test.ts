import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteAccountPasswordPolicyCommand,
  DeleteGroupCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  EnableMFADeviceCommand,
  type IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
  UpdateAccessKeyCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Posture } from '../../analyzers/posture.ts';
import type { Effect, Holder } from '../../events/change.ts';
import { createIamClient } from '../../iam/create-iam-client.ts';
import type { Directory, TagWriter } from '../../iam/directory.ts';
import { createLiveDirectory } from '../../iam/live-directory.ts';
import { createProjectedDirectory } from '../../iam/projected-directory.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../moto.ts';
import { account, allowing, changeAt, changesOf, policyArn, present } from './in-account.ts';

const ada: Holder = { type: 'user', name: 'ada' };
const ops: Holder = { type: 'group', name: 'ops' };
const deploy: Holder = { type: 'role', name: 'deploy' };
const shared = policyArn('shared');
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

const mfaOf = (userName: string) => `arn:aws:iam::${account}:mfa/${userName}`;
const strong = { minimumLength: 14, requireSymbols: true, requireNumbers: true, requireUppercase: true, requireLowercase: false };

/**
 * One account: ada, with policies of every kind, a password and an MFA device; bob, in a group, who gave both back; eve, who is
 * gone. `keyIds` are ada's two keys.
 */
function effectsOf(keyIds: readonly [string, string]): Effect[] {
  const [first, second] = keyIds;
  return [
    { kind: 'user-created', userName: 'ada', path: '/team/', tags: [{ key: 'Team', value: 'blue' }] },
    { kind: 'user-created', userName: 'bob', path: '/', tags: [] },
    { kind: 'user-created', userName: 'eve', path: '/', tags: [] },
    { kind: 'group-created', groupName: 'ops' },
    {
      kind: 'policy-created',
      arn: shared,
      name: 'shared',
      document: present(allowing('s3:GetObject')),
      tags: [{ key: 'Owner', value: 'ops' }],
    },
    { kind: 'policy-version-created', arn: shared, version: 'v2', isDefault: false, document: present(allowing('s3:*')) },
    { kind: 'default-version-set', arn: shared, version: 'v2' },
    { kind: 'inline-policy-put', holder: ada, policyName: 'own', document: present(allowing('ec2:*')) },
    { kind: 'inline-policy-put', holder: ops, policyName: 'of-group', document: present(allowing('kms:Decrypt')) },
    { kind: 'policy-attached', holder: ada, policyArn: readOnly },
    { kind: 'policy-attached', holder: ada, policyArn: shared },
    { kind: 'policy-attached', holder: ops, policyArn: shared },
    { kind: 'group-joined', userName: 'ada', groupName: 'ops' },
    { kind: 'group-joined', userName: 'bob', groupName: 'ops' },
    { kind: 'access-key-created', userName: 'ada', accessKeyId: first, active: true },
    { kind: 'access-key-created', userName: 'ada', accessKeyId: second, active: true },
    { kind: 'access-key-updated', userName: 'ada', accessKeyId: second, active: false },
    { kind: 'login-profile-created', userName: 'ada' },
    { kind: 'mfa-enabled', userName: 'ada', serialNumber: mfaOf('ada') },
    { kind: 'login-profile-created', userName: 'bob' },
    { kind: 'mfa-enabled', userName: 'bob', serialNumber: mfaOf('bob') },
    { kind: 'login-profile-deleted', userName: 'bob' },
    { kind: 'mfa-deactivated', userName: 'bob', serialNumber: mfaOf('bob') },
    { kind: 'user-deleted', userName: 'eve' },
    { kind: 'group-created', groupName: 'empty' },
    { kind: 'group-created', groupName: 'gone' },
    { kind: 'group-deleted', groupName: 'gone' },
    { kind: 'role-created', roleName: 'deploy' },
    { kind: 'inline-policy-put', holder: deploy, policyName: 'of-role', document: present(allowing('sqs:*')) },
    { kind: 'password-policy-set', policy: strong },
  ];
}

/** The same account, made in IAM. Answers the ids of ada's keys. */
async function build(iam: IAMClient): Promise<[string, string]> {
  await iam.send(new CreateUserCommand({ UserName: 'ada', Path: '/team/', Tags: [{ Key: 'Team', Value: 'blue' }] }));
  await iam.send(new CreateUserCommand({ UserName: 'bob' }));
  await iam.send(new CreateUserCommand({ UserName: 'eve' }));
  await iam.send(new CreateGroupCommand({ GroupName: 'ops' }));
  await iam.send(
    new CreatePolicyCommand({ PolicyName: 'shared', PolicyDocument: allowing('s3:GetObject'), Tags: [{ Key: 'Owner', Value: 'ops' }] }),
  );
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn: shared, PolicyDocument: allowing('s3:*') }));
  await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: shared, VersionId: 'v2' }));
  await iam.send(new PutUserPolicyCommand({ UserName: 'ada', PolicyName: 'own', PolicyDocument: allowing('ec2:*') }));
  await iam.send(new PutGroupPolicyCommand({ GroupName: 'ops', PolicyName: 'of-group', PolicyDocument: allowing('kms:Decrypt') }));
  await iam.send(new AttachUserPolicyCommand({ UserName: 'ada', PolicyArn: readOnly }));
  await iam.send(new AttachUserPolicyCommand({ UserName: 'ada', PolicyArn: shared }));
  await iam.send(new AttachGroupPolicyCommand({ GroupName: 'ops', PolicyArn: shared }));
  await iam.send(new AddUserToGroupCommand({ UserName: 'ada', GroupName: 'ops' }));
  await iam.send(new AddUserToGroupCommand({ UserName: 'bob', GroupName: 'ops' }));
  const first = await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }));
  const second = await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }));
  const keyIds: [string, string] = [first.AccessKey?.AccessKeyId ?? '', second.AccessKey?.AccessKeyId ?? ''];
  await iam.send(new UpdateAccessKeyCommand({ UserName: 'ada', AccessKeyId: keyIds[1], Status: 'Inactive' }));
  for (const name of ['ada', 'bob']) {
    await iam.send(new CreateLoginProfileCommand({ UserName: name, Password: 'correct horse Battery 1!' }));
    await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name }));
    const codes = { AuthenticationCode1: '123456', AuthenticationCode2: '654321' };
    await iam.send(new EnableMFADeviceCommand({ UserName: name, SerialNumber: mfaOf(name), ...codes }));
  }
  await iam.send(new DeleteLoginProfileCommand({ UserName: 'bob' }));
  await iam.send(new DeactivateMFADeviceCommand({ UserName: 'bob', SerialNumber: mfaOf('bob') }));
  await iam.send(new DeleteUserCommand({ UserName: 'eve' }));
  for (const name of ['empty', 'gone']) await iam.send(new CreateGroupCommand({ GroupName: name }));
  await iam.send(new DeleteGroupCommand({ GroupName: 'gone' }));
  await iam.send(new CreateRoleCommand({ RoleName: 'deploy', AssumeRolePolicyDocument: allowing('sts:AssumeRole') }));
  await iam.send(new PutRolePolicyCommand({ RoleName: 'deploy', PolicyName: 'of-role', PolicyDocument: allowing('sqs:*') }));
  await iam.send(
    new UpdateAccountPasswordPolicyCommand({
      MinimumPasswordLength: 14,
      RequireSymbols: true,
      RequireNumbers: true,
      RequireUppercaseCharacters: true,
    }),
  );
  return keyIds;
}

/** What both directories must say alike: times are each one's own, and no trail tells when a credential was last used. */
function comparable({ asOf: _asOf, createdAt: _createdAt, password, accessKeys, policies, ...posture }: Posture) {
  return {
    ...posture,
    password: password && 'set',
    accessKeys: accessKeys.map(({ id, active }) => ({ id, active })).sort((a, b) => a.id.localeCompare(b.id)),
    // moto and the package may hold different versions of AWS's own policy.
    policies: policies.map((policy) => (policy.arn === readOnly ? { ...policy, version: 'any', document: 'any' } : policy)),
  };
}

interface Made {
  readonly directory: Directory & TagWriter;
  readonly keyIds: readonly [string, string];
  readonly dropPasswordPolicy: () => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

async function live(): Promise<Made> {
  const moto: Moto = await startMoto();
  const client = createIamClient(motoClientConfig(moto.endpoint));
  const keyIds = await build(client);
  return {
    directory: createLiveDirectory({ client, account, now: () => new Date() }),
    keyIds,
    dropPasswordPolicy: () => client.send(new DeleteAccountPasswordPolicyCommand({})),
    stop: moto.stop,
  };
}

async function projected(): Promise<Made> {
  const directory = createProjectedDirectory({
    account,
    managedPolicies: () => ({ name: 'ReadOnlyAccess', version: 'v1', document: allowing('s3:List*') }),
  });
  const keyIds = ['AKIAFIRST', 'AKIASECOND'] as const;
  for (const change of changesOf(...effectsOf(keyIds))) directory.fold(change);
  return {
    directory,
    keyIds,
    dropPasswordPolicy: async () => directory.fold(changeAt('2026-01-02T00:00:00Z', { kind: 'password-policy-deleted' })),
    stop: async () => undefined,
  };
}

const kinds = [
  ...(motoIsHere('the directory contract against moto') ? [{ kind: 'live', make: live }] : []),
  { kind: 'projected', make: projected },
];

describe.each(kinds)('the $kind directory', ({ make }) => {
  let made: Made;
  beforeAll(async () => {
    made = await make();
  });
  afterAll(() => made.stop());

  test('tells what a user holds, directly and through groups', async () => {
    const posture = await made.directory.posture('ada');
    expect(posture.found && comparable(posture.value)).toEqual({
      userName: 'ada',
      arn: `arn:aws:iam::${account}:user/team/ada`,
      account,
      groups: ['ops'],
      tags: { Team: 'blue' },
      unread: [],
      password: 'set',
      mfaDevices: [mfaOf('ada')],
      accessKeys: [
        { id: made.keyIds[0], active: true },
        { id: made.keyIds[1], active: false },
      ].sort((a, b) => a.id.localeCompare(b.id)),
      policies: [
        { kind: 'inline', name: 'own', document: parsePolicy(allowing('ec2:*')) },
        { kind: 'managed', name: 'ReadOnlyAccess', arn: readOnly, version: 'any', document: 'any' },
        { kind: 'managed', name: 'shared', arn: shared, version: 'v2', document: parsePolicy(allowing('s3:*')) },
        { kind: 'inline', name: 'of-group', group: 'ops', document: parsePolicy(allowing('kms:Decrypt')) },
        { kind: 'managed', name: 'shared', arn: shared, version: 'v2', group: 'ops', document: parsePolicy(allowing('s3:*')) },
      ],
    });
  });

  test('tells apart no password and no device from what is not known', async () => {
    const posture = await made.directory.posture('bob');
    expect(posture).toMatchObject({ found: true, value: { password: null, mfaDevices: [], accessKeys: [], unread: [] } });
  });

  test('says that a deleted user is absent', async () => {
    expect(await made.directory.posture('eve')).toMatchObject({ found: false, why: 'absent' });
    expect(await made.directory.userTags('eve')).toMatchObject({ found: false, why: 'absent' });
  });

  test('finds the default version of a managed policy, and any other by its id', async () => {
    const standing = await made.directory.managedPolicy(shared);
    expect(standing).toMatchObject({ found: true, value: { arn: shared, name: 'shared', version: 'v2', isDefault: true } });
    expect(standing.found && parsePolicy(standing.value.document)).toEqual(parsePolicy(allowing('s3:*')));
    const dormant = await made.directory.managedPolicy(shared, 'v1');
    expect(dormant).toMatchObject({ found: true, value: { version: 'v1', isDefault: false } });
    expect(await made.directory.managedPolicy(shared, 'v7')).toMatchObject({ found: false, why: 'absent' });
  });

  test('reads inline policies of users, groups and roles', async () => {
    const own = await made.directory.inlinePolicy(ada, 'own');
    expect(own.found && parsePolicy(own.value)).toEqual(parsePolicy(allowing('ec2:*')));
    const group = await made.directory.inlinePolicy(ops, 'of-group');
    expect(group.found && parsePolicy(group.value)).toEqual(parsePolicy(allowing('kms:Decrypt')));
    const role = await made.directory.inlinePolicy(deploy, 'of-role');
    expect(role.found && parsePolicy(role.value)).toEqual(parsePolicy(allowing('sqs:*')));
    expect(await made.directory.inlinePolicy(ada, 'never-put')).toMatchObject({ found: false, why: 'absent' });
  });

  test('lists everyone who holds a policy, once each, group members too', async () => {
    expect(await made.directory.holders(shared)).toEqual({ found: true, value: { users: ['ada', 'bob'], unread: [] } });
  });

  test('lists the members of a group, sorted', async () => {
    expect(await made.directory.members('ops')).toEqual({ found: true, value: ['ada', 'bob'] });
    expect(await made.directory.members('empty')).toEqual({ found: true, value: [] });
    expect(await made.directory.members('gone')).toMatchObject({ found: false, why: 'absent' });
  });

  test('tells the password policy of the account, and then that there is none', async () => {
    expect(await made.directory.passwordPolicy()).toEqual({ found: true, value: strong });
    await made.dropPasswordPolicy();
    expect(await made.directory.passwordPolicy()).toEqual({ found: true, value: null });
  });

  test('writes and removes tags so that they are read back', async () => {
    await made.directory.tagUser('bob', { 'trailguard:verdict': 'high', 'trailguard:since': '2026-01-01' });
    await made.directory.untagUser('bob', ['trailguard:since']);
    expect(await made.directory.userTags('bob')).toEqual({ found: true, value: { 'trailguard:verdict': 'high' } });
    await made.directory.tagPolicy(shared, { 'trailguard:verdict': 'high', 'trailguard:author': 'ada' });
    await made.directory.untagPolicy(shared, ['trailguard:author']);
    expect(await made.directory.policyTags(shared)).toEqual({ found: true, value: { Owner: 'ops', 'trailguard:verdict': 'high' } });
  });

  test('refuses, by the name IAM gives it, to tag a user who is gone', async () => {
    await expect(made.directory.tagUser('eve', { a: 'b' })).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});
