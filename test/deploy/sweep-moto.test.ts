import { CreateEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  GenerateCredentialReportCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../moto.ts';
import { anybody, type Cloud, type Credentials, cloudAt } from './cloud.ts';
import { account, everything } from './events.ts';
import { invoke, unzipped } from './lambda.ts';
import { credentialsFor, without } from './permissions.ts';
import { copyProject, serverless } from './project.ts';
import { documentsOf, type PackagedStatement, readTemplate } from './template.ts';

const schedule = { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };
const policyArn = `arn:aws:iam::${account}:policy/all`;

describe.skipIf(!motoIsHere('the packaged sweep, under IAM'))('the packaged sweep, with the permissions of its own role', () => {
  let project: Awaited<ReturnType<typeof copyProject>>;
  let moto: Moto;
  let auditor: Cloud;
  let bundle: string;
  let own: Credentials;
  const lacking = new Map<string, Credentials>();

  const run = (credentials: Credentials) =>
    invoke(bundle, schedule, {
      EVENT_BUS_NAME: 'trailguard-dev',
      ACCOUNT_ID: account,
      GUARD_ROLES: 'trailguard-dev-sweep',
      JUDGE_AGAIN_QUEUE_URL: `${moto.endpoint}/${account}/users.fifo`,
      ALERT_RECORDS_TABLE: 'records',
      AWS_ENDPOINT_URL: moto.endpoint,
      ...credentials,
    });

  beforeAll(async () => {
    [project, moto] = await Promise.all([copyProject(), startMoto()]);
    await serverless(project.folder, 'package');
    bundle = await unzipped(project.folder, 'sweep', 'handlers/sweep.mjs');
    const { SweepRole } = await readTemplate(project.folder);
    const statements: PackagedStatement[] = documentsOf(SweepRole).flatMap((document) => document.Statement);
    const cloud = cloudAt(moto.endpoint, anybody);
    await new EventBridgeClient(motoClientConfig(moto.endpoint)).send(new CreateEventBusCommand({ Name: 'trailguard-dev' }));
    await cloud.iam.send(new CreatePolicyCommand({ PolicyName: 'all', PolicyDocument: everything }));
    await cloud.iam.send(new CreateGroupCommand({ GroupName: 'admins' }));
    await cloud.iam.send(new PutGroupPolicyCommand({ GroupName: 'admins', PolicyName: 'all', PolicyDocument: everything }));
    for (const UserName of ['ada', 'bob']) await cloud.iam.send(new CreateUserCommand({ UserName }));
    await cloud.iam.send(new AttachUserPolicyCommand({ UserName: 'ada', PolicyArn: policyArn }));
    await cloud.iam.send(new PutUserPolicyCommand({ UserName: 'ada', PolicyName: 'all', PolicyDocument: everything }));
    await cloud.iam.send(new AddUserToGroupCommand({ UserName: 'bob', GroupName: 'admins' }));
    own = await credentialsFor(cloud, 'as-sweep', statements);
    for (const action of ['iam:GetAccountAuthorizationDetails', 'iam:GetCredentialReport', 'iam:TagUser'])
      lacking.set(action, await credentialsFor(cloud, `as-sweep-without-${action.slice(4)}`, without(statements, action)));
    const all = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
    auditor = cloudAt(moto.endpoint, await credentialsFor(cloud, 'auditor', all));
    // moto makes its report at the second asking, as IAM does some seconds later.
    await cloud.iam.send(new GenerateCredentialReportCommand({}));
    await moto.enforceIam();
  });

  afterAll(async () => {
    await moto.stop();
    await project.remove();
  });

  it('stops where it may not read the account', async () => {
    const { error } = await run(lacking.get('iam:GetAccountAuthorizationDetails') ?? anybody);
    expect(error).toContain('SweepError: the account was not swept: the authorization details of the account may not be read');
  });

  it('says which users it may not tag', async () => {
    const { lines, error } = await run(lacking.get('iam:TagUser') ?? anybody);
    expect(error).toBeUndefined();
    const line = lines.find(({ message }) => message === 'sweep');
    expect(line).toMatchObject({ sweep: { complete: false } });
    expect(line?.changes).toContainEqual(
      expect.objectContaining({ name: 'ada', result: 'failed', detail: expect.stringContaining('iam:TagUser') }),
    );
  });

  it('reads, judges, tags users and policies, and publishes', async () => {
    const { lines, error } = await run(own);
    expect(error).toBeUndefined();
    expect(lines.find(({ message }) => message === 'sweep')).toMatchObject({
      level: 'INFO',
      sweep: { complete: true, severity: 'critical' },
      unread: [],
    });
    for (const name of ['ada', 'bob']) expect(await auditor.userTags(name)).toMatchObject({ 'trailguard:verdict': 'critical' });
    expect(await auditor.policyTags(policyArn)).toMatchObject({ 'trailguard:verdict': 'critical' });
  });

  it('says that it may not read the credential report, and clears nothing for it', async () => {
    const before = await auditor.userTags('ada');
    const { lines, error } = await run(lacking.get('iam:GetCredentialReport') ?? anybody);
    expect(error).toBeUndefined();
    expect(lines.find(({ message }) => message === 'sweep')).toMatchObject({
      sweep: { complete: false, severity: 'none' },
      unread: expect.arrayContaining([{ what: 'the credential report', why: expect.stringContaining('may not be read') }]),
    });
    expect(await auditor.userTags('ada')).toEqual(before);
  });
});
