import {
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicyCommand,
  GetCredentialReportCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type GroupDetail,
  IAMClient,
  type ManagedPolicyDetail,
  type UserDetail,
} from '@aws-sdk/client-iam';
import { type AwsClientStub, mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Account, readAccount } from '../../iam/read-account.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { arnOf, reportOf, rowOf } from './credential-csv.ts';
import { account, allowing, policyArn } from './in-account.ts';

// A mock, for what moto can't do: pages, boundaries, faults. What moto can do is in read-account-moto.test.ts.
const iam: AwsClientStub<IAMClient> = mockClient(IAMClient);
const now = new Date('2026-03-01T12:00:00Z');
const made = new Date('2026-03-01T09:00:00Z');
const created = new Date('2026-01-01T00:00:00Z');
const shared = policyArn('shared');
const limit = 'arn:aws:iam::aws:policy/PowerUserAccess';

function denied(): Error {
  return Object.assign(new Error('no'), { name: 'AccessDenied' });
}

function user(name: string, detail: Partial<UserDetail> = {}): UserDetail {
  return {
    UserName: name,
    UserId: `AIDA${name}`,
    Path: '/',
    Arn: arnOf(name),
    CreateDate: created,
    UserPolicyList: [],
    GroupList: [],
    AttachedManagedPolicies: [],
    Tags: [],
    ...detail,
  };
}

const ops: GroupDetail = {
  GroupName: 'ops',
  Path: '/',
  Arn: 'g',
  GroupPolicyList: [{ PolicyName: 'of-group', PolicyDocument: encodeURIComponent(allowing('kms:*')) }],
  AttachedManagedPolicies: [{ PolicyName: 'shared', PolicyArn: shared }],
};

function policy(arn: string, action: string): ManagedPolicyDetail {
  const Document = encodeURIComponent(allowing(action));
  return {
    Arn: arn,
    PolicyName: arn.split('/').at(-1),
    DefaultVersionId: 'v2',
    PolicyVersionList: [
      { VersionId: 'v2', IsDefaultVersion: true, Document },
      { VersionId: 'v1', Document },
    ],
  };
}

interface Page {
  readonly users?: UserDetail[];
  readonly groups?: GroupDetail[];
  readonly policies?: ManagedPolicyDetail[];
}

/** IAM answers with these pages, one after the other. */
function pages(...all: Page[]): void {
  all.forEach(({ users, groups, policies }, index) => {
    const more = index + 1 < all.length;
    const asked = index === 0 ? {} : { Marker: `page ${index}` };
    iam.on(GetAccountAuthorizationDetailsCommand, asked).resolves({
      ...(users && { UserDetailList: users }),
      ...(groups && { GroupDetailList: groups }),
      ...(policies && { Policies: policies }),
      IsTruncated: more,
      ...(more && { Marker: `page ${index + 1}` }),
    });
  });
}

function report(...rows: string[]): void {
  iam.on(GetCredentialReportCommand).resolves({ Content: new TextEncoder().encode(reportOf(...rows)), GeneratedTime: made });
}

async function read(): Promise<Account> {
  const client = new IAMClient({ region: 'us-east-1' });
  const answer = await readAccount({ client, account, now: () => now, waiting: { sleep: async () => undefined, atMost: 5_000 } });
  if (!answer.found) throw new Error(answer.detail);
  return answer.value;
}

const postureOf = (name: string, { postures }: Account) => postures.find(({ userName }) => userName === name);

/** Ada, with a boundary of AWS's, in the group ops with bob; three pages. */
beforeEach(() => {
  iam.reset();
  const boundary = { PermissionsBoundaryArn: limit, PermissionsBoundaryType: 'PermissionsBoundaryPolicy' } as const;
  const own = { PolicyName: 'own', PolicyDocument: encodeURIComponent(allowing('ec2:*')) };
  pages(
    { users: [user('bob', { GroupList: ['ops'] })], policies: [policy(shared, 's3:*')] },
    {
      users: [
        user('ada', {
          UserPolicyList: [own],
          GroupList: ['ops'],
          PermissionsBoundary: boundary,
          Tags: [{ Key: 'Team', Value: 'blue' }],
        }),
      ],
    },
    { groups: [ops] },
  );
  report(
    rowOf('<root_account>', { password_enabled: 'not_supported' }),
    rowOf('ada', { password_enabled: 'true', access_key_1_active: 'true', access_key_1_last_rotated: '2026-02-01T00:00:00+00:00' }),
    rowOf('bob', { mfa_active: 'true' }),
  );
  iam.on(GenerateCredentialReportCommand).resolves({ State: 'COMPLETE' });
  iam.on(GetAccountPasswordPolicyCommand).resolves({ PasswordPolicy: { MinimumPasswordLength: 8 } });
  iam.on(GetPolicyCommand).resolves({ Policy: { Arn: limit, DefaultVersionId: 'v5', PolicyId: 'ANPA', CreateDate: created } });
  iam.on(GetPolicyVersionCommand).resolves({ PolicyVersion: { Document: encodeURIComponent(allowing('s3:Get*')) } });
});

describe('an account', () => {
  test('is read whole: policies from the details, credentials from the report', async () => {
    const whole = await read();
    expect(whole).toMatchObject({
      asOf: now.toISOString(),
      credentialsAsOf: made.toISOString(),
      customerPolicies: [shared],
      passwordPolicy: { found: true, value: { minimumLength: 8 } },
      unread: [],
    });
    expect(whole.postures.map(({ userName }) => userName)).toEqual(['ada', 'bob']);
    expect(postureOf('ada', whole)).toEqual({
      userName: 'ada',
      arn: arnOf('ada'),
      account,
      asOf: now.toISOString(),
      createdAt: created.toISOString(),
      groups: ['ops'],
      policies: [
        { kind: 'inline', name: 'own', document: parsePolicy(allowing('ec2:*')) },
        { kind: 'inline', name: 'of-group', group: 'ops', document: parsePolicy(allowing('kms:*')) },
        { kind: 'managed', name: 'shared', arn: shared, version: 'v2', group: 'ops', document: parsePolicy(allowing('s3:*')) },
      ],
      boundary: { kind: 'managed', name: 'PowerUserAccess', arn: limit, version: 'v5', document: parsePolicy(allowing('s3:Get*')) },
      accessKeys: [{ id: 'access_key_1', active: true, createdAt: '2026-02-01T00:00:00.000Z', lastUsedAt: null }],
      password: { lastUsedAt: null },
      mfaDevices: [],
      tags: { Team: 'blue' },
      unread: [],
    });
    expect(postureOf('bob', whole)).toMatchObject({ password: null, mfaDevices: ['mfa_active'], accessKeys: [] });
  });

  test('costs one call a page, two for the report, one for the password policy, two for a boundary of AWS that no page tells', async () => {
    await read();
    expect(iam.commandCalls(GetAccountAuthorizationDetailsCommand)).toHaveLength(3);
    expect(iam.calls()).toHaveLength(8);
  });

  test('asks IAM for pages of the size it is told, and for no roles', async () => {
    await readAccount({ client: new IAMClient({ region: 'us-east-1' }), account, now: () => now, pageSize: 7 });
    for (const call of iam.commandCalls(GetAccountAuthorizationDetailsCommand)) {
      expect(call.args[0].input).toMatchObject({ MaxItems: 7, Filter: ['User', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] });
    }
  });

  test('can be asked further, from memory', async () => {
    const { directory } = await read();
    iam.resetHistory();
    expect(await directory.holders(shared)).toEqual({ found: true, value: { users: ['ada', 'bob'], unread: [] } });
    expect(await directory.members('ops')).toEqual({ found: true, value: ['ada', 'bob'] });
    expect(await directory.managedPolicy(shared)).toMatchObject({ found: true, value: { version: 'v2' } });
    expect(iam.calls()).toHaveLength(0);
  });

  test('names a user once who stands on two pages', async () => {
    pages({ users: [user('ada'), user('bob')] }, { users: [user('bob'), user('cyd')] });
    expect((await read()).postures.map(({ userName }) => userName)).toEqual(['ada', 'bob', 'cyd']);
  });
});

describe('credentials stay unknown, and the posture is partial', () => {
  const partial = (why: string) => ({ accessKeys: [], unread: [{ what: 'credentials of user bob', why }] });

  test.each([
    ['of a user whom the report does not tell of', [], 'the credential report of 2026-03-01T09:00:00.000Z does not tell of it'],
    [
      'of a user made again since',
      [rowOf('bob', { user_creation_time: '2025-12-31T23:59:58+00:00' })],
      'the credential report of 2026-03-01T09:00:00.000Z tells of another user of that name, since deleted',
    ],
    [
      'of a user whose row is not understood',
      [rowOf('bob', { mfa_active: 'maybe' })],
      "its row in the credential report of 2026-03-01T09:00:00.000Z is not understood: `maybe` can't be understood as `mfa_active`",
    ],
  ])('%s', async (_, rows, why) => {
    report(...rows);
    const posture = postureOf('bob', await read());
    expect(posture).toMatchObject(partial(why));
    expect(posture).not.toHaveProperty('password');
    expect(posture).not.toHaveProperty('mfaDevices');
  });

  test('of everybody where there is no report', async () => {
    iam.on(GenerateCredentialReportCommand).rejects(denied());
    const why = 'the credential report may not be read: no';
    const whole = await read();
    expect(whole.unread).toEqual([{ what: 'the credential report', why }]);
    expect(whole).not.toHaveProperty('credentialsAsOf');
    expect(postureOf('bob', whole)).toMatchObject(partial(why));
    expect(postureOf('ada', whole)?.unread.map(({ what }) => what)).toEqual(['credentials of user ada']);
  });
});

describe('what can not be read', () => {
  test('of the account as a whole is named', async () => {
    iam.on(GetAccountPasswordPolicyCommand).rejects(denied());
    const what = 'the password policy of the account';
    expect(await read()).toMatchObject({ passwordPolicy: { found: false }, unread: [{ what, why: `${what} may not be read: no` }] });
  });

  test('of a policy is named in every posture that needs it', async () => {
    iam.on(GetPolicyCommand).rejects(denied());
    pages({ users: [user('ada', { AttachedManagedPolicies: [{ PolicyArn: limit }, { PolicyArn: shared }] })] });
    expect(postureOf('ada', await read())?.unread.map(({ what }) => what)).toEqual([`policy ${shared}`, `policy ${limit}`]);
  });

  test('is the account itself where its details may not be read', async () => {
    iam.on(GetAccountAuthorizationDetailsCommand).rejects(denied());
    await expect(read()).rejects.toThrow('the authorization details of the account may not be read: no');
  });

  test('is thrown where a retry may mend it', async () => {
    iam.on(GetAccountAuthorizationDetailsCommand, { Marker: 'page 2' }).rejects(Object.assign(new Error('slow'), { name: 'Throttling' }));
    await expect(read()).rejects.toThrow('slow');
  });
});
