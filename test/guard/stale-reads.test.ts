import {
  GetLoginProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  ListUserPoliciesCommand,
  ListUserTagsCommand,
  TagPolicyCommand,
  TagUserCommand,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { IncompleteError, judge } from '../../guard/guard.ts';
import type { GuardPorts } from '../../guard/ports.ts';
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
  iam.on(ListMFADevicesCommand).resolves({ MFADevices: [], IsTruncated: false });
  iam.on(GetLoginProfileCommand).rejects(noSuchEntity);
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

/** IAM shows bob's inline policy `all` with this document. */
function showsInline(document: string) {
  iam.on(ListUserPoliciesCommand).resolves({ PolicyNames: ['all'], IsTruncated: false });
  iam.on(GetUserPolicyCommand).resolves({ UserName: 'bob', PolicyName: 'all', PolicyDocument: encodeURIComponent(document) });
}

/** Bob holds the managed policy `shared`, whose version in force IAM shows as v1. */
function holdsShared(document: string) {
  iam.on(ListEntitiesForPolicyCommand).resolves({ PolicyUsers: [{ UserName: 'bob', UserId: 'AIDA' }], PolicyGroups: [] });
  iam
    .on(ListAttachedUserPoliciesCommand)
    .resolves({ AttachedPolicies: [{ PolicyName: 'shared', PolicyArn: policyArn('shared') }], IsTruncated: false });
  iam.on(GetPolicyVersionCommand).resolves({ PolicyVersion: { VersionId: 'v1', IsDefaultVersion: true, Document: document } });
}

const taggedAs = () =>
  iam
    .commandCalls(TagUserCommand)
    .flatMap(({ args }) => args[0].input.Tags ?? [])
    .find(({ Key }) => Key === 'trailguard:verdict')?.Value;
const narrow = allow('s3:GetObject', 'arn:aws:s3:::b/*');

describe('while IAM settles', () => {
  test('a policy that the read shows is judged as read, once', async () => {
    showsInline(allow('*'));
    expect(await judge(putAll, portsAt(later(20)))).toMatchObject({ outcome: 'flagged', severity: 'critical' });
    expect(taggedAs()).toBe('critical');
  });

  test('a policy that the read does not show yet counts besides it: alert and tag go out, and the event is judged again', async () => {
    await expect(judge(putAll, portsAt(later(20)))).rejects.toThrow(IncompleteError);
    expect(published).toEqual([expect.objectContaining({ outcome: 'flagged', severity: 'critical' })]);
    expect(taggedAs()).toBe('critical');
  });

  test('an event that comes late does not clear what a later one put in its place', async () => {
    showsInline(allow('*'));
    const harmless = record('PutUserPolicy', {
      eventTime,
      requestParameters: { userName: 'bob', policyName: 'all', policyDocument: narrow },
    });
    await expect(judge(harmless, portsAt(later(60)))).rejects.toThrow(IncompleteError);
    expect(taggedAs()).toBe('critical');
  });

  test('a user that is not there yet is read again, not called gone; what is known goes out', async () => {
    iam.on(GetUserCommand).rejects(noSuchEntity);
    await expect(judge(putAll, portsAt(later(20)))).rejects.toThrow(/IAM does not show user `bob` yet/);
    expect(published).toEqual([expect.objectContaining({ outcome: 'flagged', severity: 'critical' })]);
  });

  test('with nothing found, nothing is told before the user can be read', async () => {
    iam.on(GetUserCommand).rejects(noSuchEntity);
    const key = record('CreateAccessKey', { eventTime, requestParameters: { userName: 'bob' } });
    await expect(judge(key, portsAt(later(20)))).rejects.toThrow(IncompleteError);
    expect(published).toEqual([]);
  });

  test('a policy version that is not there yet is read again', async () => {
    iam.on(GetPolicyVersionCommand).rejects(noSuchEntity);
    await expect(judge(switchOn, portsAt(later(119)))).rejects.toThrow(/IAM does not show policy .*shared` yet/);
  });

  test('a version that came into force counts besides the one that its holders are read to hold', async () => {
    holdsShared(narrow);
    const change = record('CreatePolicyVersion', { eventTime, ...createVersion('shared', 'v2', allow('*'), true) });
    await expect(judge(change, portsAt(later(5)))).rejects.toThrow(IncompleteError);
    expect(taggedAs()).toBe('critical');
    expect(iam.commandCalls(TagPolicyCommand)).toHaveLength(0);
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
  await expect(judge(created, portsAt(later(5)))).rejects.toThrow(IncompleteError);
  expect(published).toEqual([expect.objectContaining({ outcome: 'flagged', severity: 'high' })]);
  published = [];
  await judge(created, portsAt(later(600)));
  expect(published).toHaveLength(1);
});

describe('a managed policy, of which nobody has a second look', () => {
  const judgedAgain = (now: Date): GuardPorts => ({ ...portsAt(now), judgeAgain: async () => undefined });
  const change = record('CreatePolicyVersion', { eventTime, ...createVersion('shared', 'v2', allow('*'), true) });

  test('whose version IAM does not show in force yet is told at once, and tagged when the event comes again', async () => {
    iam.on(GetPolicyVersionCommand).resolves({ PolicyVersion: { VersionId: 'v1', IsDefaultVersion: true, Document: narrow } });
    await expect(judge(change, judgedAgain(later(5)))).rejects.toThrow(/version of policy .*shared that came into force yet/);
    expect(published).toEqual([expect.objectContaining({ outcome: 'flagged', severity: 'critical' })]);
    iam
      .on(GetPolicyCommand)
      .resolves({ Policy: { PolicyName: 'shared', Arn: policyArn('shared'), PolicyId: 'ANPA', DefaultVersionId: 'v2', Tags: [] } });
    iam.on(GetPolicyVersionCommand).resolves({ PolicyVersion: { VersionId: 'v2', IsDefaultVersion: true, Document: allow('*') } });
    await judge(change, judgedAgain(later(65)));
    expect(iam.commandCalls(TagPolicyCommand).at(-1)?.args[0].input.Tags).toContainEqual({ Key: 'trailguard:verdict', Value: 'critical' });
  });

  test('that is new is tagged by its event, though of two reads only one shows it', async () => {
    iam.on(GetPolicyVersionCommand).rejects(noSuchEntity);
    const created = record('CreatePolicy', {
      eventTime,
      ...createPolicy('shared', allow('s3:*')),
      userIdentity: roleSession('deploy', 'run-7'),
    });
    expect(await judge(created, judgedAgain(later(5)))).toMatchObject({ outcome: 'flagged', severity: 'high' });
    expect(iam.commandCalls(TagPolicyCommand)[0]?.args[0].input.Tags).toContainEqual({ Key: 'trailguard:verdict', Value: 'high' });
  });
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

test('an event that comes hours late tags the policy as its version in force is now', async () => {
  iam.on(GetPolicyCommand).resolves({
    Policy: {
      PolicyName: 'shared',
      Arn: policyArn('shared'),
      PolicyId: 'ANPA',
      DefaultVersionId: 'v3',
      Tags: [{ Key: 'trailguard:verdict', Value: 'critical' }],
    },
  });
  iam.on(GetPolicyVersionCommand).resolves({ PolicyVersion: { VersionId: 'v3', IsDefaultVersion: true, Document: allow('*') } });
  const change = record('CreatePolicyVersion', { eventTime, ...createVersion('shared', 'v2', narrow, true) });
  expect(await judge(change, portsAt(later(20_000)))).toMatchObject({ outcome: 'clean' });
  const tags = iam.commandCalls(TagPolicyCommand).flatMap(({ args }) => args[0].input.Tags ?? []);
  expect(tags).not.toContainEqual({ Key: 'trailguard:verdict', Value: 'clear' });
});

describe('when IAM fails', () => {
  test('a holder that is throttled does not keep the alert from going out', async () => {
    holdsShared(narrow);
    iam.on(GetUserCommand).rejects(throttled);
    const change = record('CreatePolicyVersion', { eventTime, ...createVersion('shared', 'v2', allow('*'), true) });
    await expect(judge(change, portsAt(later(600)))).rejects.toThrow(IncompleteError);
    expect(published).toEqual([expect.objectContaining({ outcome: 'flagged', severity: 'critical' })]);
  });

  test('holders for whom no time is left are named, and the event is judged again', async () => {
    holdsShared(narrow);
    const change = record('CreatePolicyVersion', { eventTime, ...createVersion('shared', 'v2', allow('*'), true) });
    await expect(judge(change, portsAt(later(600)), () => 1_000)).rejects.toThrow(/bob/);
    expect(published[0]?.actions).toContainEqual(
      expect.objectContaining({ kind: 'note', detail: expect.stringContaining('no time was left') }),
    );
  });

  test('a user that the guard may not read is undetermined, never clean', async () => {
    iam
      .on(GetUserCommand)
      .rejects(Object.assign(new Error('not authorized'), { name: 'AccessDenied', $fault: 'client', $metadata: { httpStatusCode: 403 } }));
    const key = record('CreateAccessKey', {
      eventTime,
      requestParameters: { userName: 'bob' },
      responseElements: { accessKey: { accessKeyId: 'AKIA', status: 'Active', userName: 'bob' } },
    });
    expect(await judge(key, portsAt(later(20)))).toMatchObject({ outcome: 'undetermined', severity: 'medium' });
    expect(published).toHaveLength(1);
  });

  test('a throttled read is thrown, so that the event is delivered again', async () => {
    iam.on(GetUserCommand).rejects(throttled);
    await expect(judge(putAll, portsAt(later(20)))).rejects.toThrow('Rate exceeded');
  });

  test('a throttled tag is thrown only after the alert is out', async () => {
    showsInline(allow('*'));
    iam.on(TagUserCommand).rejects(throttled);
    await expect(judge(putAll, portsAt(later(20)))).rejects.toThrow(IncompleteError);
    expect(published).toHaveLength(1);
    expect(published[0]?.actions[0]).toMatchObject({ kind: 'tag-user', target: 'bob', result: 'failed' });
  });

  test('a guard that may not tag says so in the verdict, and is not tried again', async () => {
    showsInline(allow('*'));
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
