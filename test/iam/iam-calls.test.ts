import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventsOf, handlerNames } from '../../events/catalog.ts';
import { judge } from '../../guard/guard.ts';
import { createIamClient } from '../../iam/create-iam-client.ts';
import type { Directory, TagWriter } from '../../iam/directory.ts';
import { createLiveDirectory } from '../../iam/live-directory.ts';
import { readAccount } from '../../iam/read-account.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../moto.ts';
import { iamUser, record } from '../records.ts';
import { countCalls } from './count-calls.ts';
import { account, allowing, policyArn } from './in-account.ts';

const page = fileURLToPath(new URL('../../docs/iam-calls.md', import.meta.url));
const here = motoIsHere('the number of IAM calls, against moto');

const harmless = allowing('sqs:GetQueueUrl');
const [shared, team] = [policyArn('shared'), policyArn('team')];
// Of a policy younger than two minutes no document is kept.
const now = () => new Date(Date.now() + 60 * 60 * 1_000);
const onUser = { userName: 'ada' };
const inlineOn = (holder: Record<string, string>) => ({ ...holder, policyName: 'one', policyDocument: harmless });
const attachedTo = (holder: Record<string, string>) => ({ ...holder, policyArn: shared });

/** An event of each kind, as it happened to the account below: the request, or the whole record where IAM's answer matters. */
const happened: Readonly<Record<string, Record<string, unknown> | { readonly record: Partial<CloudTrailRecord> }>> = {
  CreatePolicy: { policyName: 'shared', policyDocument: harmless },
  CreatePolicyVersion: {
    record: {
      requestParameters: { policyArn: team, policyDocument: harmless, setAsDefault: true },
      responseElements: { policyVersion: { versionId: 'v1', isDefaultVersion: true } },
    },
  },
  SetDefaultPolicyVersion: { policyArn: team, versionId: 'v1' },
  DeletePolicy: { policyArn: policyArn('gone') },
  DeletePolicyVersion: { policyArn: shared, versionId: 'v7' },
  PutUserPolicy: inlineOn(onUser),
  AttachUserPolicy: attachedTo(onUser),
  DetachUserPolicy: { ...onUser, policyArn: policyArn('gone') },
  DeleteUserPolicy: { ...onUser, policyName: 'gone' },
  PutUserPermissionsBoundary: { ...onUser, permissionsBoundary: shared },
  DeleteUserPermissionsBoundary: onUser,
  PutGroupPolicy: inlineOn({ groupName: 'ops' }),
  AttachGroupPolicy: attachedTo({ groupName: 'ops' }),
  DetachGroupPolicy: { groupName: 'ops', policyArn: policyArn('gone') },
  DeleteGroupPolicy: { groupName: 'ops', policyName: 'gone' },
  AddUserToGroup: { ...onUser, groupName: 'ops' },
  RemoveUserFromGroup: { ...onUser, groupName: 'gone' },
  UpdateGroup: { groupName: 'before', newGroupName: 'ops' },
  DeleteGroup: { groupName: 'gone' },
  CreateUser: onUser,
  UpdateUser: { userName: 'before', newUserName: 'ada' },
  DeleteUser: { userName: 'gone' },
  CreateLoginProfile: onUser,
  UpdateLoginProfile: onUser,
  DeleteLoginProfile: onUser,
  CreateAccessKey: {
    record: { requestParameters: onUser, responseElements: { accessKey: { ...onUser, accessKeyId: 'AKIA', status: 'Active' } } },
  },
  UpdateAccessKey: { ...onUser, accessKeyId: 'AKIA', status: 'Inactive' },
  DeleteAccessKey: { ...onUser, accessKeyId: 'AKIA' },
  CreateServiceSpecificCredential: { ...onUser, serviceName: 'codecommit.amazonaws.com' },
  EnableMFADevice: { ...onUser, serialNumber: 'GAHT1' },
  DeactivateMFADevice: { ...onUser, serialNumber: 'GAHT1' },
  PutRolePolicy: inlineOn({ roleName: 'deploy' }),
  AttachRolePolicy: attachedTo({ roleName: 'deploy' }),
  UpdateAccountPasswordPolicy: { minimumPasswordLength: 14 },
  DeleteAccountPasswordPolicy: {},
  TagUser: { ...onUser, tags: [{ key: 'Team', value: 'blue' }] },
  UntagUser: { ...onUser, tagKeys: ['Team'] },
  TagPolicy: { policyArn: shared, tags: [{ key: 'Team', value: 'blue' }] },
  UntagPolicy: { policyArn: shared, tagKeys: ['Team'] },
};

function recordOf(eventName: string): CloudTrailRecord {
  const told = happened[eventName];
  if (told === undefined) throw new Error(`${eventName} is judged: say in this test how it happened, and write docs/iam-calls.md anew`);
  const whole: Partial<CloudTrailRecord> = 'record' in told ? (told.record as Partial<CloudTrailRecord>) : { requestParameters: told };
  const userIdentity = { ...iamUser('bob'), accountId: account, arn: `arn:aws:iam::${account}:user/bob` };
  // Long ago: nothing of it is still settling.
  return record(eventName, { userIdentity, recipientAccountId: account, eventTime: '2026-01-01T00:00:00Z', ...whole });
}

/** The page with its measured tables in place. */
function withTables(tables: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(tables).reduce(
    (text, [name, lines]) => {
      const section = new RegExp(`(<!-- ${name}: [^\\n]*-->\\n)[^]*?(<!-- /${name} -->)`);
      if (!section.test(text)) throw new Error(`docs/iam-calls.md lacks the section \`${name}\``);
      return text.replace(section, (_, start: string, end: string) => `${start}${lines.join('\n')}\n${end}`);
    },
    readFileSync(page, 'utf8'),
  );
}

describe.runIf(here)('the number of IAM calls', () => {
  let moto: Moto;

  /** A directory of a process that read nothing yet, and the reads that it makes. */
  function fresh(): { directory: Directory & TagWriter; reads: () => string[] } {
    const client = createIamClient(motoClientConfig(moto.endpoint));
    const calls = countCalls(client);
    const reads = () => calls.splice(0).filter((name) => !/^(Tag|Untag)/.test(name));
    return { directory: createLiveDirectory({ client, account, now }), reads };
  }

  beforeAll(async () => {
    moto = await startMoto();
    const iam = createIamClient(motoClientConfig(moto.endpoint));
    for (const PolicyName of ['shared', 'team']) await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: harmless }));
    await iam.send(new CreateGroupCommand({ GroupName: 'ops' }));
    await iam.send(new AttachGroupPolicyCommand({ GroupName: 'ops', PolicyArn: team }));
    for (const UserName of ['ada', 'bob', 'new']) await iam.send(new CreateUserCommand({ UserName }));
    for (const UserName of ['ada', 'bob']) await iam.send(new AddUserToGroupCommand({ GroupName: 'ops', UserName }));
    for (const PolicyName of ['one', 'two']) {
      await iam.send(new PutUserPolicyCommand({ UserName: 'ada', PolicyName, PolicyDocument: harmless }));
      await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }));
    }
    await iam.send(new AttachUserPolicyCommand({ UserName: 'ada', PolicyArn: shared }));
    await iam.send(new CreateLoginProfileCommand({ UserName: 'ada', Password: 'correct horse Battery 1!' }));
    await iam.send(new CreateRoleCommand({ RoleName: 'deploy', AssumeRolePolicyDocument: harmless }));
    await iam.send(new PutRolePolicyCommand({ RoleName: 'deploy', PolicyName: 'one', PolicyDocument: harmless }));
  });
  afterAll(() => moto.stop());

  async function questions(): Promise<string[]> {
    const asked: readonly (readonly [string, (directory: Directory) => Promise<{ readonly found: boolean }>])[] = [
      ['the posture of a user who has nothing', (directory) => directory.posture('new')],
      ['the posture of bob', (directory) => directory.posture('bob')],
      ['the posture of ada', (directory) => directory.posture('ada')],
      ['the tags of a user', (directory) => directory.userTags('ada')],
      ['a managed policy', (directory) => directory.managedPolicy(shared)],
      ['the tags of a managed policy', (directory) => directory.policyTags(shared)],
      ['who holds a managed policy, through one group', (directory) => directory.holders(team)],
      ['an inline policy', (directory) => directory.inlinePolicy({ type: 'role', name: 'deploy' }, 'one')],
      ['the members of a group', (directory) => directory.members('ops')],
      ['the password policy', (directory) => directory.passwordPolicy()],
    ];
    const rows: string[] = [];
    for (const [name, ask] of asked) {
      const { directory, reads } = fresh();
      const counts = [];
      for (const _ of ['first', 'again']) {
        expect(await ask(directory)).toMatchObject({ found: true });
        counts.push(reads().length);
      }
      rows.push(`| ${name} | ${counts.join(' | ')} |`);
    }
    const counts = [];
    for (const _ of ['first', 'again']) {
      const client = createIamClient(motoClientConfig(moto.endpoint));
      const calls = countCalls(client);
      const waiting = { sleep: async () => undefined, atMost: 5_000 };
      expect(await readAccount({ client, account, now, waiting })).toMatchObject({ found: true });
      counts.push(calls.length);
    }
    return ['| question | first | again |', '| --- | --- | --- |', ...rows, `| a whole account, on one page | ${counts.join(' | ')} |`];
  }

  async function events(): Promise<string[]> {
    const rows: string[] = [];
    for (const eventName of handlerNames.flatMap(eventsOf)) {
      const { directory, reads } = fresh();
      const ports = { directory: () => directory, publish: async () => undefined, now, configuration: defaultConfiguration };
      expect(await judge(recordOf(eventName), ports)).toBeDefined();
      const calls = reads();
      const postures = calls.filter((name) => name === 'ListUserPolicies').length;
      rows.push(`| ${eventName} | ${calls.length} | ${postures} |`);
    }
    return ['| event | calls | postures |', '| --- | --- | --- |', ...rows];
  }

  test('is what docs/iam-calls.md says', async () => {
    const tables = { questions: await questions(), events: await events() };
    await expect(withTables(tables)).toMatchFileSnapshot(page);
  }, 60_000);
});
