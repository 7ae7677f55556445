import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListGroupsForUserCommand,
  ListUserPoliciesCommand,
  ListUserTagsCommand,
  TagPolicyCommand,
  TagUserCommand,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { judge, TaggingIncompleteError } from '../../guard/guard.ts';
import type { GuardPorts } from '../../guard/ports.ts';
import { StaleReadError } from '../../guard/stale-read.ts';
import { createLiveDirectory } from '../../iam/live-directory.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { account, record, roleSession } from '../records.ts';
import { allow, createPolicy, createVersion, policyArn } from './account.ts';

// A client mock: moto is consistent at once and never throttles, and this is about an IAM that is neither.
const iam = mockClient(IAMClient);
const noSuchEntity = Object.assign(new Error('not found'), {
  name: 'NoSuchEntityException',
  $fault: 'client',
  $metadata: { httpStatusCode: 404 },
});
const throttled = Object.assign(new Error('Rate exceeded'), { name: 'Throttling', $fault: 'client', $metadata: { httpStatusCode: 400 } });

const eventTime = '2026-03-02T09:30:00Z';
const later = (seconds: number) => new Date(Date.parse(eventTime) + seconds * 1000);
let published: Verdict[] = [];

function portsAt(now: Date): GuardPorts {
  const client = new IAMClient({ region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  const directory = createLiveDirectory({ client, account, now: () => now });
  return {
    directory: () => directory,
    publish: async (verdict) => void published.push(verdict),
    now: () => now,
    configuration: defaultConfiguration,
  };
}

beforeEach(() => {
  published = [];
  iam.reset();
  iam.on(GetUserCommand).resolves({
    User: { UserName: 'bob', UserId: 'AIDA', Arn: `arn:aws:iam::${account}:user/bob`, Path: '/', CreateDate: new Date(0), Tags: [] },
  });
  iam.on(ListUserPoliciesCommand).resolves({ PolicyNames: [], IsTruncated: false });
  iam.on(ListAttachedUserPoliciesCommand).resolves({ AttachedPolicies: [], IsTruncated: false });
  iam.on(ListGroupsForUserCommand).resolves({ Groups: [], IsTruncated: false });
  iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [], IsTruncated: false });
  iam.on(ListUserTagsCommand).resolves({ Tags: [] });
  iam.on(GetPolicyCommand).resolves({ Policy: { PolicyName: 'shared', Arn: policyArn('shared'), DefaultVersionId: 'v1', Tags: [] } });
  iam.on(ListEntitiesForPolicyCommand).resolves({ PolicyUsers: [], PolicyGroups: [] });
});

const putAll = record('PutUserPolicy', {
  eventTime,
  requestParameters: { userName: 'bob', policyName: 'all', policyDocument: allow('*') },
});
const switchOn = record('SetDefaultPolicyVersion', { eventTime, requestParameters: { policyArn: policyArn('shared'), versionId: 'v2' } });

describe('while IAM settles', () => {
  test('a policy that the read does not show yet is laid over it, and the user is tagged for it', async () => {
    const verdict = await judge(putAll, portsAt(later(20)));
    expect(verdict).toMatchObject({ outcome: 'flagged', severity: 'critical' });
    expect(iam.commandCalls(TagUserCommand)[0]?.args[0].input.Tags).toContainEqual({ Key: 'trailguard:verdict', Value: 'critical' });
  });

  test('a user that is not there yet is read again, not called gone', async () => {
    iam.on(GetUserCommand).rejects(noSuchEntity);
    await expect(judge(putAll, portsAt(later(20)))).rejects.toThrow(StaleReadError);
    expect(published).toEqual([]);
  });

  test('a policy version that is not there yet is read again', async () => {
    iam.on(GetPolicyVersionCommand).rejects(noSuchEntity);
    await expect(judge(switchOn, portsAt(later(119)))).rejects.toThrow(/IAM does not show policy .*shared` yet/);
  });

  test('a version that came into force is laid over what its holders are read to hold', async () => {
    iam.on(ListEntitiesForPolicyCommand).resolves({ PolicyUsers: [{ UserName: 'bob', UserId: 'AIDA' }], PolicyGroups: [] });
    iam
      .on(ListAttachedUserPoliciesCommand)
      .resolves({ AttachedPolicies: [{ PolicyName: 'shared', PolicyArn: policyArn('shared') }], IsTruncated: false });
    iam
      .on(GetPolicyVersionCommand)
      .resolves({ PolicyVersion: { VersionId: 'v1', IsDefaultVersion: true, Document: allow('s3:GetObject', 'arn:aws:s3:::b/*') } });
    await judge(record('CreatePolicyVersion', { eventTime, ...createVersion('shared', 'v2', allow('*'), true) }), portsAt(later(5)));
    const tagged = iam.commandCalls(TagUserCommand).find(({ args }) => args[0].input.UserName === 'bob');
    expect(tagged?.args[0].input.Tags).toContainEqual({ Key: 'trailguard:verdict', Value: 'critical' });
  });
});

test('a policy that can not be tagged yet is told at once, and tagged when the event comes again', async () => {
  const created = record('CreatePolicy', {
    eventTime,
    ...createPolicy('wide', allow('s3:*')),
    userIdentity: roleSession('deploy', 'run-7'),
  });
  iam.on(GetPolicyCommand).rejects(noSuchEntity);
  iam.on(TagPolicyCommand).rejects(noSuchEntity);
  await expect(judge(created, portsAt(later(5)))).rejects.toThrow(TaggingIncompleteError);
  expect(published).toEqual([expect.objectContaining({ outcome: 'flagged', severity: 'high' })]);
  published = [];
  await judge(created, portsAt(later(600)));
  expect(published).toHaveLength(1);
});

describe('once IAM has settled', () => {
  test('what is read is right: a policy that is gone again is alerted, and the user is not tagged for it', async () => {
    const verdict = await judge(putAll, portsAt(later(121)));
    expect(verdict).toMatchObject({ outcome: 'flagged', severity: 'critical' });
    expect(iam.commandCalls(TagUserCommand)).toHaveLength(0);
    expect(published).toHaveLength(1);
  });

  test('a user that is gone is alerted all the same, and said to be gone', async () => {
    iam.on(GetUserCommand).rejects(noSuchEntity);
    const verdict = await judge(putAll, portsAt(later(600)));
    expect(verdict).toMatchObject({ outcome: 'flagged', severity: 'critical' });
    expect(verdict?.actions).toEqual([
      expect.objectContaining({ kind: 'note', result: 'skipped', detail: expect.stringContaining('user bob was not judged') }),
    ]);
  });

  test('a version that is gone is undetermined, never clean', async () => {
    iam.on(GetPolicyVersionCommand).rejects(noSuchEntity);
    expect(await judge(switchOn, portsAt(later(600)))).toMatchObject({ outcome: 'undetermined', severity: 'medium' });
    expect(published).toHaveLength(1);
  });
});

describe('when IAM fails', () => {
  test('a throttled read is thrown, so that the event is delivered again', async () => {
    iam.on(GetUserCommand).rejects(throttled);
    await expect(judge(putAll, portsAt(later(20)))).rejects.toThrow('Rate exceeded');
  });

  test('a throttled tag is thrown only after the alert is out', async () => {
    iam.on(TagUserCommand).rejects(throttled);
    await expect(judge(putAll, portsAt(later(20)))).rejects.toThrow(TaggingIncompleteError);
    expect(published).toHaveLength(1);
    expect(published[0]?.actions[0]).toMatchObject({ kind: 'tag-user', target: 'bob', result: 'failed' });
  });

  test('a guard that may not tag says so in the verdict, and is not tried again', async () => {
    iam
      .on(TagUserCommand)
      .rejects(Object.assign(new Error('not authorized'), { name: 'AccessDenied', $fault: 'client', $metadata: { httpStatusCode: 403 } }));
    const verdict = await judge(putAll, portsAt(later(20)));
    expect(verdict?.actions[0]).toMatchObject({ kind: 'tag-user', result: 'failed', detail: expect.stringContaining('may not tag') });
  });

  test('a guard that may not read a version is undetermined, and says why', async () => {
    iam
      .on(GetPolicyVersionCommand)
      .rejects(Object.assign(new Error('not authorized'), { name: 'AccessDenied', $fault: 'client', $metadata: { httpStatusCode: 403 } }));
    const verdict = await judge(switchOn, portsAt(later(20)));
    expect(verdict).toMatchObject({ outcome: 'undetermined' });
    expect(verdict?.summary).toContain('not authorized');
  });
});
