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
  type Tag,
  TagUserCommand,
  UntagUserCommand,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { judge } from '../../guard/guard.ts';
import { judgeUser } from '../../guard/judge-user.ts';
import type { GuardPorts } from '../../guard/ports.ts';
import { createLiveDirectory } from '../../iam/live-directory.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import type { UserRequest } from '../../schemas/user-request.ts';
import { account, record } from '../records.ts';
import { allow, createVersion, policyArn } from './account.ts';

// A client mock: moto answers 500 to a user's permissions boundary, and GetUser there never shows one.
const iam = mockClient(IAMClient);
const noSuchEntity = Object.assign(new Error('not found'), {
  name: 'NoSuchEntityException',
  $fault: 'client',
  $metadata: { httpStatusCode: 404 },
});
const cap = policyArn('cap');
const readsOnly = allow('s3:GetObject', 'arn:aws:s3:::reports/*');

/** What IAM has of bob, whose one inline policy allows everything. `shown` is what it shows of it. */
interface Bob {
  boundary: string | undefined;
  /** The boundary policy's versions, the last one in force. */
  versions: string[];
  tags: Map<string, string>;
}
let bob: Bob;
let shown: Bob['boundary'];
let clock = Date.parse('2026-03-02T09:00:00Z');
let queue: UserRequest[] = [];

beforeEach(() => {
  iam.reset();
  bob = { boundary: undefined, versions: [readsOnly], tags: new Map() };
  shown = undefined;
  queue = [];
  iam.on(GetUserCommand).callsFake(() => ({
    User: {
      UserName: 'bob',
      Arn: `arn:aws:iam::${account}:user/bob`,
      Path: '/',
      CreateDate: new Date(0),
      Tags: [...bob.tags].map(([Key, Value]): Tag => ({ Key, Value })),
      ...(shown === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: shown } }),
    },
  }));
  iam.on(ListUserPoliciesCommand).resolves({ PolicyNames: ['all'], IsTruncated: false });
  iam.on(GetUserPolicyCommand).resolves({ UserName: 'bob', PolicyName: 'all', PolicyDocument: encodeURIComponent(allow('*')) });
  iam.on(ListAttachedUserPoliciesCommand).resolves({ AttachedPolicies: [], IsTruncated: false });
  iam.on(ListGroupsForUserCommand).resolves({ Groups: [], IsTruncated: false });
  iam.on(ListMFADevicesCommand).resolves({ MFADevices: [], IsTruncated: false });
  iam.on(GetLoginProfileCommand).rejects(noSuchEntity);
  iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [], IsTruncated: false });
  iam.on(ListEntitiesForPolicyCommand).callsFake(({ PolicyUsageFilter }) => ({
    PolicyUsers: bob.boundary === cap && PolicyUsageFilter !== 'PermissionsPolicy' ? [{ UserName: 'bob' }] : [],
    PolicyGroups: [],
  }));
  iam.on(GetPolicyCommand).callsFake(() => ({
    Policy: { PolicyName: 'cap', Arn: cap, PolicyId: 'ANPACAP', DefaultVersionId: `v${bob.versions.length}`, Tags: [] },
  }));
  iam.on(GetPolicyVersionCommand).callsFake(({ VersionId = 'v1' }: { VersionId?: string }) => ({
    PolicyVersion: { VersionId, IsDefaultVersion: true, Document: encodeURIComponent(bob.versions[Number(VersionId.slice(1)) - 1] ?? '') },
  }));
  iam.on(TagUserCommand).callsFake(({ Tags = [] }: { Tags?: Tag[] }) => {
    for (const { Key = '', Value = '' } of Tags) bob.tags.set(Key, Value);
    return {};
  });
  iam.on(UntagUserCommand).callsFake(({ TagKeys = [] }: { TagKeys?: string[] }) => {
    for (const key of TagKeys) bob.tags.delete(key);
    return {};
  });
});

const client = new IAMClient({ region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
const now = () => new Date(clock);
const directory = createLiveDirectory({ client, account, now });
const ports: GuardPorts = {
  directory: () => directory,
  publish: async () => undefined,
  judgeAgain: async (requests) => void queue.push(...requests),
  now,
  configuration: defaultConfiguration,
};

/** Lets bob's boundary change and the event be judged while IAM still shows `stale`, or the change. Answers the tag after each look. */
async function step(
  eventName: string,
  requestParameters: Record<string, unknown>,
  stale: string | null = bob.boundary ?? null,
  responseElements = {},
) {
  clock += 60_000;
  const eventTime = now().toISOString().replace('.000Z', 'Z');
  shown = stale ?? undefined;
  const verdict = await judge(record(eventName, { eventID: `at-${clock}`, eventTime, requestParameters, responseElements }), ports);
  const atOnce = bob.tags.get('trailguard:verdict');
  shown = bob.boundary;
  const requests = queue;
  queue = [];
  for (const request of requests) await judgeUser(request, ports);
  return { verdict, asked: requests.map(({ user }) => user), atOnce, later: bob.tags.get('trailguard:verdict') };
}

async function attachedAll(): Promise<void> {
  await step('PutUserPolicy', { userName: 'bob', policyName: 'all', policyDocument: allow('*') });
}
const request = { userName: 'bob', permissionsBoundary: cap };

describe('the permissions boundary of a user who holds everything', () => {
  test('caps the verdict once IAM shows it, and not before', async () => {
    await attachedAll();
    expect(bob.tags.get('trailguard:verdict')).toBe('critical');
    const since = bob.tags.get('trailguard:since');
    bob.boundary = cap;
    expect(await step('PutUserPermissionsBoundary', request, null)).toMatchObject({ atOnce: 'critical', later: 'low' });
    expect(bob.tags.get('trailguard:findings')).toBe('policy-attached-directly');
    expect(bob.tags.get('trailguard:since')).toBe(since);
  });

  test('taken away, it is missed at once, though IAM still shows it', async () => {
    bob.boundary = cap;
    await attachedAll();
    expect(bob.tags.get('trailguard:verdict')).toBe('low');
    bob.boundary = undefined;
    const { verdict, atOnce, later } = await step('DeleteUserPermissionsBoundary', { userName: 'bob' }, cap);
    expect(verdict).toMatchObject({ outcome: 'flagged', severity: 'critical', findings: [{ rule: 'admin-access' }] });
    expect(verdict?.findings[0]?.remediation.commands[0]).toContain('put-user-permissions-boundary --user-name bob');
    expect({ atOnce, later }).toEqual({ atOnce: 'critical', later: 'critical' });
  });

  test('one that allows everything caps nothing', async () => {
    await attachedAll();
    bob.boundary = cap;
    bob.versions = [readsOnly, allow('*')];
    expect(await step('PutUserPermissionsBoundary', request)).toMatchObject({ atOnce: 'critical', later: 'critical' });
  });

  test('widened by a new version, it bears on whoever it bounds', async () => {
    bob.boundary = cap;
    await attachedAll();
    bob.versions = [readsOnly, allow('kms:Decrypt')];
    const { requestParameters, responseElements } = createVersion('cap', 'v2', allow('kms:Decrypt'), true);
    const led = await step('CreatePolicyVersion', requestParameters ?? {}, cap, responseElements ?? {});
    expect(led).toMatchObject({ asked: ['bob'], atOnce: 'high', later: 'high' });
    expect(bob.tags.get('trailguard:findings')).toBe('kms-decrypt-all-keys policy-attached-directly');
  });
});
