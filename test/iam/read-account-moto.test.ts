import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  type IAMClient,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Posture } from '../../analyzers/posture.ts';
import { createIamClient } from '../../iam/create-iam-client.ts';
import { createLiveDirectory } from '../../iam/live-directory.ts';
import { type Account, readAccount } from '../../iam/read-account.ts';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../moto.ts';
import { countCalls } from './count-calls.ts';
import { account, allowing, policyArn } from './in-account.ts';

const here = motoIsHere('reading an account of moto whole');
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

async function addUsers(iam: IAMClient, names: readonly string[]): Promise<void> {
  for (const UserName of names) {
    await iam.send(new CreateUserCommand({ UserName, Path: '/people/', Tags: [{ Key: 'Team', Value: 'blue' }] }));
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: allowing(`sqs:Get${UserName.length}*`) }));
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: policyArn('shared') }));
    await iam.send(new AddUserToGroupCommand({ UserName, GroupName: 'ops' }));
    await iam.send(new CreateAccessKeyCommand({ UserName }));
  }
}

/** What both ways of reading must say alike. The report has neither the ids of keys nor the serial numbers of devices. */
function comparable({ asOf: _, createdAt, password, accessKeys, mfaDevices, ...posture }: Posture) {
  return {
    ...posture,
    createdAt: createdAt?.slice(0, 19),
    password: password && 'set',
    keys: accessKeys.map(({ active, lastUsedAt }) => ({ active, lastUsedAt })),
    devices: mfaDevices?.length,
  };
}

describe.runIf(here)('an account of 30 users, read whole', () => {
  let moto: Moto;
  let client: IAMClient;
  const calls: string[][] = [];
  let read: Account;

  async function readNow(): Promise<Account> {
    const counted = createIamClient(motoClientConfig(moto.endpoint));
    calls.push(countCalls(counted));
    const answer = await readAccount({
      client: counted,
      account,
      now: () => new Date(),
      waiting: { sleep: async () => undefined, atMost: 5_000 },
    });
    if (!answer.found) throw new Error(answer.detail);
    return answer.value;
  }

  beforeAll(async () => {
    moto = await startMoto();
    client = createIamClient(motoClientConfig(moto.endpoint));
    await client.send(new CreatePolicyCommand({ PolicyName: 'shared', PolicyDocument: allowing('s3:*') }));
    await client.send(new CreateGroupCommand({ GroupName: 'ops' }));
    await client.send(new PutGroupPolicyCommand({ GroupName: 'ops', PolicyName: 'of-group', PolicyDocument: allowing('kms:*') }));
    await addUsers(client, ['ada', 'bob', 'c,d']);
    await client.send(new AttachUserPolicyCommand({ UserName: 'ada', PolicyArn: readOnly }));
    await client.send(new CreateLoginProfileCommand({ UserName: 'ada', Password: 'correct horse Battery 1!' }));
    // The first report is STARTED, and ready when asked again: read it away, so that both readings below find one made.
    await readNow();
    await readNow();
    await addUsers(
      client,
      Array.from({ length: 27 }, (_, index) => `user-${index + 1}`),
    );
    read = await readNow();
  });
  afterAll(() => moto.stop());

  test('costs no more calls than one of three users on the same pages', () => {
    const [first, few, many] = calls.map((made) => [...made].sort());
    expect(read.postures).toHaveLength(30);
    expect(many).toEqual(['GenerateCredentialReport', 'GetAccountAuthorizationDetails', 'GetAccountPasswordPolicy', 'GetCredentialReport']);
    expect(few).toEqual(many);
    expect(first).toEqual(['GenerateCredentialReport', ...(many ?? [])]);
  });

  test('says of each user what the live directory says', async () => {
    const directory = createLiveDirectory({ client, account, now: () => new Date() });
    for (const name of ['ada', 'bob', 'c,d', 'user-27']) {
      const live = await directory.posture(name);
      const posture = read.postures.find(({ userName }) => userName === name);
      expect(posture && comparable(posture)).toEqual(live.found && comparable(live.value));
    }
  });

  test('has a password policy of none', () => {
    expect(read.passwordPolicy).toEqual({ found: true, value: null });
  });
});
