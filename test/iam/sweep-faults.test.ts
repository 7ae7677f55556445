import {
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicyCommand,
  GetCredentialReportCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  ListUserPoliciesCommand,
  TagUserCommand,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { sweep } from '../../guard/sweep.ts';
import { createLiveDirectory } from '../../iam/live-directory.ts';
import { readAccount } from '../../iam/read-account.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import { account, allowing } from './in-account.ts';

// IAM is mocked here because moto neither throttles nor denies one user alone.
const iam = mockClient(IAMClient);
const client = new IAMClient({ region: 'us-east-1' });
const now = () => new Date('2026-05-01T06:00:00Z');

const named = (name: string, message = name) => Object.assign(new Error(message), { name });
const userArn = (name: string) => `arn:aws:iam::${account}:user/${name}`;
const created = new Date('2024-01-01T00:00:00Z');
const header = 'user,arn,user_creation_time,password_enabled,mfa_active,access_key_1_active,access_key_2_active';
const users = ['ada', 'bob', 'eve'];

beforeEach(() => {
  iam.reset();
  iam.on(GenerateCredentialReportCommand).resolves({ State: 'COMPLETE' });
  const rows = users.map((name) => `${name},${userArn(name)},2024-01-01T00:00:00+00:00,false,false,false,false`);
  iam.on(GetCredentialReportCommand).resolves({
    Content: new TextEncoder().encode([header, ...rows].join('\n')),
    GeneratedTime: new Date('2026-05-01T03:00:00Z'),
  });
  iam.on(GetAccountPasswordPolicyCommand).rejects(named('NoSuchEntityException'));
  iam.on(GetAccountAuthorizationDetailsCommand).resolves({
    UserDetailList: users.map((UserName) => ({
      UserName,
      Path: '/',
      Arn: userArn(UserName),
      CreateDate: created,
      GroupList: [],
      UserPolicyList: [{ PolicyName: 'own', PolicyDocument: encodeURIComponent(allowing('*')) }],
      AttachedManagedPolicies: [],
      Tags: [],
    })),
  });
  for (const UserName of users) {
    iam
      .on(GetUserCommand, { UserName })
      .resolves({ User: { UserName, Path: '/', Arn: userArn(UserName), UserId: 'AIDA', CreateDate: created } });
  }
  iam.on(ListUserPoliciesCommand).resolves({ PolicyNames: ['own'] });
  iam.on(GetUserPolicyCommand).resolves({ PolicyDocument: encodeURIComponent(allowing('*')) });
  iam.on(ListAttachedUserPoliciesCommand).resolves({ AttachedPolicies: [] });
  iam.on(ListGroupsForUserCommand).resolves({ Groups: [] });
  iam.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [] });
  iam.on(ListMFADevicesCommand).resolves({ MFADevices: [] });
  iam.on(GetLoginProfileCommand).rejects(named('NoSuchEntityException'));
  iam.on(TagUserCommand).resolves({});
});

const sweepNow = () =>
  sweep({
    account,
    readAccount: () => readAccount({ client, account, now }),
    live: createLiveDirectory({ client, account, now }),
    configuration: defaultConfiguration,
    apply: true,
    now,
    remaining: () => Number.POSITIVE_INFINITY,
  });

const tagged = () => iam.commandCalls(TagUserCommand).map(({ args }) => args[0].input.UserName);

describe('a sweep', () => {
  test('in which one user may not be read tags the others, and names the one', async () => {
    iam.on(GetUserCommand, { UserName: 'bob' }).rejects(named('AccessDenied', 'not authorized to perform iam:GetUser'));
    const report = await sweepNow();
    expect(tagged().sort()).toEqual(['ada', 'eve']);
    expect(report).toMatchObject({ complete: false, again: false, counts: { results: { done: 2, unread: 1 } } });
    expect(report.unread.map(({ what }) => what)).toEqual(['user bob']);
  });

  test('in which one user may not be tagged tags the others, and says why', async () => {
    iam.on(TagUserCommand, { UserName: 'bob' }).rejects(named('AccessDenied', 'explicit deny'));
    const report = await sweepNow();
    expect(report).toMatchObject({ complete: false, again: false, counts: { results: { done: 2, failed: 1 } } });
    expect(report.users.find(({ name }) => name === 'bob')).toMatchObject({ verdict: 'none', result: 'failed' });
    expect(report.users.find(({ name }) => name === 'bob')?.detail).toContain('explicit deny');
  });

  test('that IAM throttles at one user tags the others, and is to be begun again', async () => {
    iam.on(ListAccessKeysCommand, { UserName: 'bob' }).rejects(named('Throttling', 'Rate exceeded'));
    const report = await sweepNow();
    expect(tagged().sort()).toEqual(['ada', 'eve']);
    expect(report).toMatchObject({ complete: false, again: true, counts: { results: { done: 2, failed: 1 } } });
  });

  test('finds that the account has no password policy', async () => {
    expect((await sweepNow()).findings.map(({ rule }) => rule)).toEqual(['password-policy-weak']);
  });

  test('throws what IAM throws at the pages, for a retry may mend it', async () => {
    iam.on(GetAccountAuthorizationDetailsCommand).rejects(named('Throttling', 'Rate exceeded'));
    await expect(sweepNow()).rejects.toThrow('Rate exceeded');
  });

  test('says what it may not read of the account', async () => {
    iam.on(GetAccountAuthorizationDetailsCommand).rejects(named('AccessDenied', 'not authorized'));
    await expect(sweepNow()).rejects.toThrow(
      'the account was not swept: the authorization details of the account may not be read: not authorized',
    );
  });
});
