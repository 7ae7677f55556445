import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteGroupPolicyCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  EnableMFADeviceCommand,
  type IAMClient,
  ListPolicyTagsCommand,
  ListUserTagsCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isJudged } from '../../events/interpret.ts';
import { judge } from '../../guard/guard.ts';
import { judgeUser } from '../../guard/judge-user.ts';
import type { GuardPorts } from '../../guard/ports.ts';
import { createIamClient } from '../../iam/create-iam-client.ts';
import { createLiveDirectory } from '../../iam/live-directory.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import type { UserRequest } from '../../schemas/user-request.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { type Moto, motoAccount, motoClientConfig, motoIsHere, startMoto } from '../moto.ts';
import { allow } from './account.ts';
import { type Command, recordOf } from './iam-calls.ts';

const here = motoIsHere('the life of a user in an account of moto');
const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
const team = `arn:aws:iam::${motoAccount}:policy/team`;
const device = `arn:aws:iam::${motoAccount}:mfa/ada`;
const ada = { UserName: 'ada' };
const inTeam = { UserName: 'ada', GroupName: 'team' };
const narrow = allow('s3:GetObject', 'arn:aws:s3:::reports/*');
const codes = { AuthenticationCode1: '123456', AuthenticationCode2: '654321' };

/** What one step led to. `tags` are without the guard's prefix. */
interface Led {
  /** Of the step's event. ISO 8601. */
  readonly time: string;
  readonly verdict: Verdict | undefined;
  /** Told by the second look. */
  readonly toldLater: readonly Verdict[];
  readonly tags: Record<string, string>;
}

describe.runIf(here)('the life of a user, each step judged at once and once more', () => {
  let moto: Moto;
  let iam: IAMClient;
  let ports: GuardPorts;
  let clock = Math.floor(Date.now() / 1000) * 1000;
  let count = 0;
  let queue: UserRequest[] = [];
  const published: Verdict[] = [];

  beforeAll(async () => {
    moto = await startMoto();
    iam = createIamClient(motoClientConfig(moto.endpoint));
    const now = () => new Date(clock);
    const directory = createLiveDirectory({ client: iam, account: motoAccount, now });
    ports = {
      directory: (id) => (id === motoAccount ? directory : undefined),
      publish: async (verdict) => void published.push(verdict),
      judgeAgain: async (requests) => void queue.push(...requests),
      now,
      configuration: defaultConfiguration,
    };
  });
  afterAll(() => moto.stop());

  async function tagsOf(userName: string): Promise<Record<string, string>> {
    const { Tags = [] } = await iam.send(new ListUserTagsCommand({ UserName: userName }));
    return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key.replace(/^trailguard:/, ''), Value]));
  }

  /** Makes a call, has its record judged, then the users that are to be judged again. The tags must be right after each look. */
  async function step<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
    command: Command<Input, Output>,
    userName = 'ada',
  ): Promise<Led> {
    clock += 1000;
    count++;
    const time = new Date(clock).toISOString().replace('.000Z', 'Z');
    const output = await iam.send(command);
    const one = recordOf(command, output, { eventTime: time, eventID: `step-${count}`, recipientAccountId: motoAccount });
    const verdict = await judge(one, ports);
    expect(verdict !== undefined).toBe(isJudged(one.eventName));
    const isGone = one.eventName === 'DeleteUser';
    const tags = isGone ? {} : await tagsOf(userName);
    const requests = queue;
    queue = [];
    const outcomes = [];
    for (const request of requests) outcomes.push(await judgeUser(request, ports));
    if (!isGone) expect(await tagsOf(userName)).toEqual(tags);
    return { time, verdict, toldLater: outcomes.flatMap((outcome) => outcome?.verdict ?? []), tags };
  }

  test('reads the right tags after every step', async () => {
    const created = await step(new CreateUserCommand(ada));
    expect(created.verdict).toMatchObject({ outcome: 'flagged', severity: 'medium' });
    expect(created.tags).toEqual({});

    const password = await step(new CreateLoginProfileCommand({ ...ada, Password: 'correct horse Battery 1!' }));
    const since = password.time;
    expect(password.verdict).toMatchObject({ outcome: 'flagged', severity: 'high', findings: [{ rule: 'console-user-without-mfa' }] });
    expect(password.tags).toEqual({
      verdict: 'high',
      findings: 'console-user-without-mfa',
      since,
      evidence: `${since} ops step-2`,
    });

    const key = await step(new CreateAccessKeyCommand(ada));
    expect(key.verdict?.findings.map(({ rule }) => rule)).toEqual(['access-key-at-user-setup']);
    expect(key.tags).toMatchObject({ verdict: 'high', findings: 'console-user-without-mfa access-key-at-user-setup', since });

    const attached = await step(new AttachUserPolicyCommand({ ...ada, PolicyArn: admin }));
    expect(attached.verdict).toMatchObject({ outcome: 'flagged', severity: 'critical' });
    expect(attached.tags).toMatchObject({
      verdict: 'critical',
      findings: 'admin-access console-user-without-mfa policy-attached-directly access-key-at-user-setup',
      since,
      evidence: `${attached.time} ops step-4`,
    });

    await step(new CreateGroupCommand({ GroupName: 'team' }));
    const wide = await step(new CreatePolicyCommand({ PolicyName: 'team', PolicyDocument: allow('s3:*') }));
    expect(wide.verdict).toMatchObject({ outcome: 'flagged', severity: 'high' });
    const groupPolicy = await step(new AttachGroupPolicyCommand({ GroupName: 'team', PolicyArn: team }));
    expect(groupPolicy.verdict).toMatchObject({ outcome: 'flagged', severity: 'high', subject: { type: 'group', name: 'team' } });
    expect(groupPolicy.tags).toEqual(attached.tags);

    const joined = await step(new AddUserToGroupCommand(inTeam));
    expect(joined.verdict).toMatchObject({ outcome: 'clean' });
    expect(joined.tags).toEqual(attached.tags);

    const detached = await step(new DetachUserPolicyCommand({ ...ada, PolicyArn: admin }));
    expect(detached.tags).toMatchObject({
      verdict: 'high',
      findings: 'service-admin:s3 console-user-without-mfa access-key-at-user-setup',
      since,
      evidence: `${detached.time} ops step-9`,
    });

    await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'ada' }));
    const secondFactor = await step(new EnableMFADeviceCommand({ ...ada, SerialNumber: device, ...codes }));
    expect(secondFactor.tags).toMatchObject({ verdict: 'high', findings: 'service-admin:s3 access-key-at-user-setup', since });

    const left = await step(new RemoveUserFromGroupCommand(inTeam));
    expect(left.tags).toMatchObject({ verdict: 'low', findings: 'access-key-at-user-setup', since });
    const back = await step(new AddUserToGroupCommand(inTeam));
    expect(back.verdict).toMatchObject({ outcome: 'flagged', severity: 'high', findings: [{ rule: 'service-admin', services: ['s3'] }] });
    expect(back.tags).toMatchObject({ verdict: 'high', findings: 'service-admin:s3 access-key-at-user-setup', since });

    const fixed = await step(new CreatePolicyVersionCommand({ PolicyArn: team, PolicyDocument: narrow, SetAsDefault: true }));
    expect(fixed.verdict).toMatchObject({ outcome: 'clean' });
    expect(fixed.tags).toMatchObject({ verdict: 'low', findings: 'access-key-at-user-setup', since });
    const { Tags } = await iam.send(new ListPolicyTagsCommand({ PolicyArn: team }));
    expect(Tags).toEqual([
      { Key: 'trailguard:author', Value: 'ops' },
      { Key: 'trailguard:verdict', Value: 'clear' },
    ]);

    const cleared = await step(new DeleteAccessKeyCommand({ ...ada, AccessKeyId: await onlyKey() }));
    expect(cleared.tags).toEqual({ verdict: 'clear', since, cleared: cleared.time, evidence: `${cleared.time} ops step-14` });

    const again = await step(new PutGroupPolicyCommand({ GroupName: 'team', PolicyName: 'keys', PolicyDocument: allow('kms:Decrypt') }));
    expect(again.tags).toEqual({
      verdict: 'high',
      findings: 'kms-decrypt-all-keys',
      since: again.time,
      evidence: `${again.time} ops step-15`,
    });
    const taken = await step(new DeleteGroupPolicyCommand({ GroupName: 'team', PolicyName: 'keys' }));
    expect(taken.tags).toMatchObject({ verdict: 'clear', since: again.time, cleared: taken.time });

    const worse = await step(new PutUserPolicyCommand({ ...ada, PolicyName: 'all', PolicyDocument: allow('*') }));
    expect(worse.tags).toMatchObject({ verdict: 'critical', findings: 'admin-access policy-attached-directly', since: worse.time });
    expect(worse.tags).not.toHaveProperty('cleared');
    const without = await step(new DeactivateMFADeviceCommand({ ...ada, SerialNumber: device }));
    expect(without.tags).toMatchObject({ findings: 'admin-access console-user-without-mfa policy-attached-directly', since: worse.time });
    await step(new DeleteLoginProfileCommand(ada));
  });

  test('a user who is deleted is clean, and nobody is asked for again', async () => {
    await step(new CreateUserCommand({ UserName: 'eve' }), 'eve');
    const gone = await step(new DeleteUserCommand({ UserName: 'eve' }), 'eve');
    expect(gone.verdict).toMatchObject({ outcome: 'clean', severity: 'none', findings: [], actions: [] });
  });

  test('what the first look told is never told again by the second', () => {
    const ids = published.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(8);
    expect(new Set(ids).size).toBe(ids.length);
  });

  async function onlyKey(): Promise<string> {
    const directory = ports.directory(motoAccount);
    const posture = await directory?.posture('ada');
    return posture?.found ? (posture.value.accessKeys[0]?.id ?? '') : '';
  }
});
