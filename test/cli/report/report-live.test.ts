import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  DeleteUserPolicyCommand,
  type IAMClient,
  ListUserTagsCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
  TagPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../cli/report/report.ts';
import { createIamClient } from '../../../iam/create-iam-client.ts';
import { allowing } from '../../iam/in-account.ts';
import { addUser } from '../../iam/moto-users.ts';
import { type Moto, motoAccount, motoClientConfig, motoIsHere, startMoto } from '../../moto.ts';
import { trailguard } from '../run-command.ts';

const here = motoIsHere('trailguard report');

/** No credentials but those given: no profile of this machine, no metadata service. */
const nobody = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_REGION: 'us-east-1',
};

test('without credentials it says so, and how to have some', async () => {
  const run = await trailguard(['report'], { env: nobody });
  expect(run).toMatchObject({ out: '', status: 2 });
  expect(run.err).toContain('trailguard: no AWS credentials: ');
});

describe.runIf(here)('in an account of moto that was swept', () => {
  let moto: Moto;
  let iam: IAMClient;
  const run = (...words: string[]) =>
    trailguard(words, { env: { ...nobody, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_ENDPOINT_URL: moto.endpoint } });
  const report = async (...words: string[]) => JSON.parse((await run('report', '--format', 'json', ...words)).out) as Report;

  beforeAll(async () => {
    moto = await startMoto();
    iam = createIamClient(motoClientConfig(moto.endpoint));
    for (const UserName of ['ada', 'bob', 'carol', 'dora']) await addUser(iam, { UserName });
    await iam.send(new PutUserPolicyCommand({ UserName: 'ada', PolicyName: 'own', PolicyDocument: allowing('*') }));
    await iam.send(new CreateGroupCommand({ GroupName: 'data' }));
    await iam.send(new PutGroupPolicyCommand({ GroupName: 'data', PolicyName: 'buckets', PolicyDocument: allowing('s3:*') }));
    await iam.send(new AddUserToGroupCommand({ GroupName: 'data', UserName: 'bob' }));
    await iam.send(new CreateLoginProfileCommand({ UserName: 'carol', Password: 'Correct-horse-7' }));
    await iam.send(new PutUserPolicyCommand({ UserName: 'dora', PolicyName: 'own', PolicyDocument: allowing('sns:*') }));
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'mighty', PolicyDocument: allowing('sqs:*') }));
    await iam.send(new TagPolicyCommand({ PolicyArn: Policy?.Arn, Tags: [{ Key: 'trailguard:author', Value: 'ada' }] }));
    const first = await run('sweep', '--apply');
    if (first.status !== 0) throw new Error(`the sweep failed: ${first.err}`);
    await iam.send(new DeleteUserPolicyCommand({ UserName: 'dora', PolicyName: 'own' }));
    await run('sweep', '--apply');
    // After the sweep: nobody has tagged it yet
    await addUser(iam, { UserName: 'emil' });
    await iam.send(new AttachUserPolicyCommand({ UserName: 'emil', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
  });
  afterAll(() => moto.stop());

  test('it tells what the tags and the account tell, and they agree', async () => {
    const { account, source, counts, users, cleared, policies, complete } = await report();
    expect({ account, complete }).toEqual({ account: motoAccount, complete: true });
    expect(source).toMatchObject({ kind: 'account', readBy: expect.stringContaining(motoAccount), credentialsAsOf: expect.any(String) });
    expect(counts).toMatchObject({ users: 5, flagged: 4, undetermined: 0, cleared: 1, unflagged: 0, stale: 1 });
    expect(users.map(({ name, verdict, tag }) => [name, verdict, tag])).toEqual([
      ['ada', 'critical', 'critical'],
      ['emil', 'critical', undefined],
      ['bob', 'high', 'high'],
      ['carol', 'high', 'high'],
    ]);
    expect(users[0]).toMatchObject({ since: expect.stringMatching(/^\d{4}-/), lastChange: { by: 'sweep' } });
    expect(users[0]).not.toHaveProperty('stale');
    expect(users[1]).toMatchObject({
      stale: 'it has no tag yet',
      findings: [{ rule: 'admin-access', held: [{ name: 'AdministratorAccess', kind: 'managed' }] }, {}],
    });
    expect(users[2]?.findings).toMatchObject([{ rule: 'service-admin', held: [{ name: 'buckets', group: 'data' }] }]);
    expect(users[3]?.findings).toMatchObject([{ rule: 'console-user-without-mfa', from: 'account' }]);
    expect(cleared).toMatchObject([{ name: 'dora', verdict: 'clear', since: expect.any(String), cleared: expect.any(String) }]);
    expect(policies).toMatchObject([{ name: 'mighty', verdict: 'high', tag: 'high', author: 'ada' }]);
  });

  test('it writes nothing to the account', async () => {
    const before = await iam.send(new ListUserTagsCommand({ UserName: 'emil' }));
    expect(before.Tags).toEqual([]);
    await run('report');
    expect((await iam.send(new ListUserTagsCommand({ UserName: 'emil' }))).Tags).toEqual([]);
  });

  test('as text, the summary says who read and that the account has no password policy', async () => {
    const { out, err, status } = await run('report');
    expect({ err, status }).toEqual({ err: '', status: 0 });
    expect(out).toContain('password-policy-weak (medium): the account has no password policy of its own');
    expect(out.trimEnd().split('\n').at(-1)).toBe('5 users: 4 flagged, 0 not judged, 1 cleared, 0 never flagged (2 critical, 2 high)');
  });
});

describe.runIf(here)('where IAM is enforced', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto.stop());

  test('it says what it may not read, and where what it needs is written', async () => {
    const iam = createIamClient(motoClientConfig(moto.endpoint));
    await iam.send(new CreateUserCommand({ UserName: 'nobody' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'nobody' }));
    await moto.enforceIam();
    const keys = { AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId ?? '', AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey ?? '' };
    const run = await trailguard(['report'], { env: { ...nobody, ...keys, AWS_ENDPOINT_URL: moto.endpoint } });
    expect(run).toMatchObject({ out: '', status: 2 });
    expect(run.err).toContain('trailguard: there is no report: the authorization details of the account may not be read: ');
    expect(run.err).toContain('docs/report.md');
  });
});
