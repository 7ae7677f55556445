import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteUserPolicyCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
  TagUserCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { aMessage } from '../handlers/parts.ts';
import type { Cloud } from './cloud.ts';
import { account, delivered, everything, harmless } from './events.ts';
import type { Invocation } from './lambda.ts';
import type { FunctionName } from './template.ts';

/** What the flow runs against: the account, and the deployed functions. */
export interface Flow {
  readonly cloud: Cloud;
  readonly run: (name: FunctionName, event: unknown) => Promise<Invocation>;
}

const policyArn = (name: string) => `arn:aws:iam::${account}:policy/${name}`;

/** The guard end to end: IAM is changed, the event is delivered, and tags and alerts are read back. Names begin with `mark`. */
export const flowSuite = (title: string, mark: string, flow: () => Flow): void => {
  /** The one verdict that was heard; fails where the function threw, or told more or less. */
  const verdictOf = async (handler: FunctionName, event: ReturnType<typeof delivered>) => {
    const { cloud, run } = flow();
    const { lines, error } = await run(handler, event);
    expect(error).toBeUndefined();
    expect(lines).not.toContainEqual(expect.objectContaining({ message: 'alert not written down' }));
    const heard = await cloud.heard();
    expect(heard.map(({ id }) => id)).toEqual([event.detail.eventID]);
    // A read or a tag that was refused would be named here.
    expect(heard[0]?.actions.filter(({ kind, result }) => kind === 'note' || result === 'failed')).toEqual([]);
    return heard[0];
  };

  /** A user who holds a policy in each way there is, and was cleared once: to judge it takes every read, to tag it every write. */
  const newMember = async (UserName: string) => {
    const { iam } = flow().cloud;
    const [PolicyName, GroupName, PolicyDocument] = [`${UserName}-policy`, `${UserName}-team`, harmless];
    await iam.send(new CreateUserCommand({ UserName, Tags: [{ Key: 'trailguard:cleared', Value: '2026-01-01T00:00:00Z' }] }));
    await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: policyArn(PolicyName) }));
    await iam.send(new CreateGroupCommand({ GroupName }));
    await iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument }));
    await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn: policyArn(PolicyName) }));
    await iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
    return { group: GroupName };
  };

  describe(title, () => {
    it('an inline policy that allows everything: the user is tagged, the alert is heard', async () => {
      const { iam, userTags } = flow().cloud;
      const UserName = `${mark}-bob`;
      const request = { userName: UserName, policyName: 'all', policyDocument: everything };
      await newMember(UserName);
      await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'all', PolicyDocument: everything }));
      const put = delivered('PutUserPolicy', { requestParameters: request });
      const verdict = await verdictOf('user-permissions', put);
      expect(verdict).toMatchObject({ outcome: 'flagged', severity: 'critical', subject: { name: UserName }, actor: { name: 'alice' } });
      expect(verdict?.actions).toContainEqual(expect.objectContaining({ kind: 'tag-user', target: UserName, result: 'done' }));
      const tags = await userTags(UserName);
      expect(tags).toMatchObject({ 'trailguard:verdict': 'critical', 'trailguard:findings': expect.stringContaining('admin-access') });
      expect(tags).not.toHaveProperty('trailguard:cleared');
      const { lines } = await flow().run('user-permissions', put);
      expect(lines).toContainEqual(expect.objectContaining({ message: 'alert told before' }));
      expect(await flow().cloud.heard()).toEqual([]);
    });

    it('an AWS managed policy attached to a user: it is fetched, and judged', async () => {
      const { iam, userTags } = flow().cloud;
      const UserName = `${mark}-eve`;
      const request = { userName: UserName, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
      await iam.send(new CreateUserCommand({ UserName }));
      await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: request.policyArn }));
      const verdict = await verdictOf('user-permissions', delivered('AttachUserPolicy', { requestParameters: request }));
      expect(verdict).toMatchObject({ outcome: 'flagged', severity: 'critical' });
      expect((await userTags(UserName))['trailguard:verdict']).toBe('critical');
    });

    it('a denied attempt: the alert names the target, and nobody is tagged', async () => {
      const { iam, userTags } = flow().cloud;
      const UserName = `${mark}-dan`;
      await iam.send(new CreateUserCommand({ UserName }));
      const event = delivered('PutUserPolicy', {
        errorCode: 'AccessDenied',
        errorMessage: `User: arn:aws:iam::${account}:user/alice is not authorized to perform: iam:PutUserPolicy on resource: user ${UserName} because no identity-based policy allows the iam:PutUserPolicy action`,
      });
      expect(await verdictOf('user-permissions', event)).toMatchObject({
        outcome: 'attempted',
        severity: 'low',
        subject: { type: 'user', name: UserName },
      });
      expect(await userTags(UserName)).toEqual({});
    });

    it('an oversize policy that CloudTrail left out: it is fetched live, and the policy and its author are tagged', async () => {
      const { iam, userTags, policyTags } = flow().cloud;
      const PolicyName = `${mark}-padded`;
      await iam.send(new CreateUserCommand({ UserName: 'alice' })).catch(ignoreIfThere);
      await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: everything.padEnd(120_000) }));
      const event = delivered('CreatePolicy', {
        requestParameters: { reason: 'requestParameters too large', omitted: true, originalSize: 120_312 },
        responseElements: { policy: { policyName: PolicyName, arn: policyArn(PolicyName), path: '/', defaultVersionId: 'v1' } },
      });
      expect(await verdictOf('policy-changes', event)).toMatchObject({ outcome: 'flagged', severity: 'critical' });
      expect(await policyTags(policyArn(PolicyName))).toMatchObject({ 'trailguard:verdict': 'critical', 'trailguard:author': 'alice' });
      expect((await userTags('alice'))['trailguard:authored']).toContain(PolicyName);
    });

    it('a new default version: all who hold the policy are tagged, directly or through a group', async () => {
      const { iam, userTags, policyTags } = flow().cloud;
      const [PolicyName, direct, member] = [`${mark}-shared`, `${mark}-carol`, `${mark}-dave`];
      const PolicyArn = policyArn(PolicyName);
      await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: harmless }));
      await iam.send(new CreateUserCommand({ UserName: direct }));
      await iam.send(new AttachUserPolicyCommand({ UserName: direct, PolicyArn }));
      await iam.send(new AttachGroupPolicyCommand({ GroupName: (await newMember(member)).group, PolicyArn }));
      const newDefault = async (version: string, PolicyDocument: string) => {
        await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
        return delivered('CreatePolicyVersion', {
          requestParameters: { policyArn: PolicyArn, policyDocument: PolicyDocument, setAsDefault: true },
          responseElements: { policyVersion: { versionId: version, isDefaultVersion: true } },
        });
      };
      expect(await verdictOf('policy-changes', await newDefault('v2', everything))).toMatchObject({
        outcome: 'flagged',
        severity: 'critical',
      });
      for (const UserName of [direct, member]) expect((await userTags(UserName))['trailguard:verdict']).toBe('critical');
      expect(await policyTags(PolicyArn)).toMatchObject({ 'trailguard:findings': 'admin-access' });

      expect((await flow().run('policy-changes', await newDefault('v3', harmless))).error).toBeUndefined();
      expect(await policyTags(PolicyArn)).toMatchObject({ 'trailguard:verdict': 'clear' });
      expect(await policyTags(PolicyArn)).not.toHaveProperty('trailguard:findings');
      for (const UserName of [direct, member]) expect((await userTags(UserName))['trailguard:verdict']).toBe('low');
    });

    it('a user who joins a group that may do everything: the user is tagged', async () => {
      const { iam, userTags } = flow().cloud;
      const UserName = `${mark}-heidi`;
      const { group: GroupName } = await newMember(UserName);
      await iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName: 'all', PolicyDocument: everything }));
      const joined = delivered('AddUserToGroup', { requestParameters: { userName: UserName, groupName: GroupName } });
      expect(await verdictOf('group-changes', joined)).toMatchObject({
        outcome: 'flagged',
        severity: 'critical',
        subject: { type: 'user', name: UserName },
      });
      expect(await userTags(UserName)).toMatchObject({ 'trailguard:verdict': 'critical' });
    });

    it('an AWS managed policy attached to a role: it is fetched and judged, and the alert stands alone', async () => {
      const { iam } = flow().cloud;
      const RoleName = `${mark}-deployer`;
      const request = { roleName: RoleName, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: harmless }));
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: request.policyArn }));
      expect(await verdictOf('account-changes', delivered('AttachRolePolicy', { requestParameters: request }))).toMatchObject({
        outcome: 'flagged',
        severity: 'critical',
        subject: { type: 'role', name: RoleName },
        actions: [],
      });
    });

    it('a user whom an event touched: judged once more from the queue, as it is by then', async () => {
      const { cloud, run } = flow();
      const UserName = `${mark}-ivan`;
      const request = { userName: UserName, policyName: 'all', policyDocument: everything };
      await cloud.iam.send(new CreateUserCommand({ UserName }));
      await cloud.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'all', PolicyDocument: everything }));
      const put = delivered('PutUserPolicy', { requestParameters: request });
      await verdictOf('user-permissions', put);
      expect((await run('user-permissions', put)).error).toBeUndefined();
      await cloud.heard();
      // The event was delivered twice; the queue has one message of it.
      const [again, ...more] = await cloud.toJudgeAgain(UserName);
      expect(again).toMatchObject({ user: UserName, relation: 'subject', event: { id: put.detail.eventID, name: 'PutUserPolicy' } });
      expect(more).toEqual([]);

      await cloud.iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'all' }));
      const { lines, error } = await run('judge-user', aMessage(again));
      expect(error).toBeUndefined();
      expect(lines).toContainEqual(expect.objectContaining({ message: 'user judged again', user: UserName, told: false }));
      expect(lines).toContainEqual(expect.objectContaining({ UsersJudgedAgain: 1 }));
      expect(await cloud.userTags(UserName)).toMatchObject({ 'trailguard:verdict': 'clear', 'trailguard:cleared': put.detail.eventTime });
      expect(await cloud.heard()).toEqual([]);
    });

    it('what the first look missed: judge-user tags the user and tells it under the id of the event', async () => {
      const { cloud, run } = flow();
      const UserName = `${mark}-judy`;
      await newMember(UserName);
      const created = delivered('CreateUser', {
        requestParameters: { userName: UserName },
        responseElements: { user: { userName: UserName, arn: `arn:aws:iam::${account}:user/${UserName}`, path: '/' } },
      });
      await run('user-credentials', created);
      await cloud.heard();
      const [again] = await cloud.toJudgeAgain(UserName);
      await cloud.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'all', PolicyDocument: everything }));
      expect((await run('judge-user', aMessage(again))).error).toBeUndefined();
      expect(await cloud.userTags(UserName)).toMatchObject({
        'trailguard:verdict': 'critical',
        'trailguard:evidence': expect.stringContaining(created.detail.eventID ?? ''),
      });
      expect(await cloud.heard()).toMatchObject([{ id: created.detail.eventID, outcome: 'flagged', severity: 'critical' }]);
    });

    it('a tag of the guard that somebody else writes: it is told, and set right', async () => {
      const { cloud } = flow();
      const UserName = `${mark}-kim`;
      const Tags = [{ Key: 'trailguard:verdict', Value: 'clear' }];
      await newMember(UserName);
      await cloud.iam.send(new TagUserCommand({ UserName, Tags }));
      const tagged = delivered('TagUser', {
        requestParameters: { userName: UserName, tags: Tags.map(({ Key, Value }) => ({ key: Key, value: Value })) },
      });
      const verdict = await verdictOf('account-changes', tagged);
      expect(verdict?.findings).toContainEqual(expect.objectContaining({ rule: 'guard-tag-tampered', severity: 'high' }));
      expect(await cloud.userTags(UserName)).toMatchObject({ 'trailguard:verdict': 'low' });
    });

    it('a new user: the alert is heard', async () => {
      const { iam } = flow().cloud;
      const UserName = `${mark}-frank`;
      await iam.send(new CreateUserCommand({ UserName }));
      const created = delivered('CreateUser', {
        requestParameters: { userName: UserName },
        responseElements: { user: { userName: UserName, arn: `arn:aws:iam::${account}:user/${UserName}`, path: '/' } },
      });
      expect(await verdictOf('user-credentials', created)).toMatchObject({ outcome: 'flagged', severity: 'medium' });
    });

    it('a key of a user who holds policies: the user is tagged by what it holds', async () => {
      const { cloud, run } = flow();
      const UserName = `${mark}-grace`;
      await newMember(UserName);
      const { AccessKey } = await cloud.iam.send(new CreateAccessKeyCommand({ UserName }));
      const key = delivered('CreateAccessKey', {
        requestParameters: { userName: UserName },
        responseElements: { accessKey: { userName: UserName, accessKeyId: AccessKey?.AccessKeyId, status: 'Active' } },
      });
      const { lines, error } = await run('user-credentials', key);
      expect(error).toBeUndefined();
      expect(lines).toContainEqual(expect.objectContaining({ message: 'verdict', correlation_id: key.detail.eventID }));
      expect(lines).toContainEqual(expect.objectContaining({ SecondsToVerdict: expect.any(Number) }));
      const tags = await cloud.userTags(UserName);
      expect(tags).toMatchObject({ 'trailguard:verdict': 'low', 'trailguard:findings': 'policy-attached-directly' });
      expect(tags).not.toHaveProperty('trailguard:cleared');
      await cloud.heard();
    });

    it('a poison event: it is thrown, and nothing is told', async () => {
      const { cloud, run } = flow();
      const { lines, error } = await run('user-credentials', { ...delivered('CreateUser'), source: 'not.aws' });
      expect(error).toContain('SchemaError: envelope: /source must be `aws.iam`');
      expect(lines).toContainEqual(expect.objectContaining({ Errors: 1 }));
      expect(await cloud.heard()).toEqual([]);
    });

    it('a user of whom no event told: the sweep tags it', async () => {
      const { cloud, run } = flow();
      const UserName = `${mark}-leo`;
      await newMember(UserName);
      await cloud.iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'all', PolicyDocument: everything }));
      expect((await run('sweep', {})).error).toBeUndefined();
      expect(await cloud.userTags(UserName)).toMatchObject({
        'trailguard:verdict': 'critical',
        'trailguard:findings': expect.stringContaining('admin-access'),
        'trailguard:evidence': expect.stringContaining('sweep'),
      });
      expect(await cloud.heard()).toEqual([]);
    });

    it('a harmless policy: a verdict in the log, and no alert', async () => {
      const { cloud, run } = flow();
      const PolicyName = `${mark}-harmless`;
      await cloud.iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: harmless }));
      const event = delivered('CreatePolicy', {
        requestParameters: { policyName: PolicyName, policyDocument: harmless },
        responseElements: { policy: { policyName: PolicyName, arn: policyArn(PolicyName), path: '/', defaultVersionId: 'v1' } },
      });
      const { lines, error } = await run('policy-changes', event);
      expect(error).toBeUndefined();
      expect(lines).toContainEqual(expect.objectContaining({ message: 'verdict', verdict: expect.objectContaining({ outcome: 'clean' }) }));
      expect(await cloud.heard()).toEqual([]);
    });
  });
};

const ignoreIfThere = (error: unknown): void => {
  if (!(error instanceof Error && error.name === 'EntityAlreadyExistsException')) throw error;
};
