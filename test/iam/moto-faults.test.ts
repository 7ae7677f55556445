import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIamClient } from '../../iam/create-iam-client.ts';
import { createLiveDirectory } from '../../iam/live-directory.ts';
import { applyTags } from '../../iam/tagger.ts';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../moto.ts';
import { account, allowing } from './in-account.ts';

const here = motoIsHere('the live directory against moto that enforces IAM');

describe.runIf(here)('a guard with few permissions, in an account that enforces them', () => {
  let moto: Moto;
  let directory: ReturnType<typeof createLiveDirectory>;

  beforeAll(async () => {
    moto = await startMoto();
    const root = createIamClient(motoClientConfig(moto.endpoint));
    await root.send(new CreateUserCommand({ UserName: 'guard' }));
    const mayReadUsers = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: ['iam:GetUser', 'iam:ListUserPolicies', 'iam:GetUserPolicy'], Resource: '*' }],
    };
    await root.send(new PutUserPolicyCommand({ UserName: 'guard', PolicyName: 'own', PolicyDocument: JSON.stringify(mayReadUsers) }));
    await root.send(new CreateUserCommand({ UserName: 'ada' }));
    await root.send(new PutUserPolicyCommand({ UserName: 'ada', PolicyName: 'all', PolicyDocument: allowing('*') }));
    const { AccessKey } = await root.send(new CreateAccessKeyCommand({ UserName: 'guard' }));
    const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
    await moto.enforceIam();
    const client = createIamClient({ ...motoClientConfig(moto.endpoint), credentials });
    directory = createLiveDirectory({ client, account, now: () => new Date() });
  });
  afterAll(() => moto.stop());

  test('reads what it may, and names the rest', async () => {
    const posture = await directory.posture('ada');
    if (!posture.found) throw new Error(posture.detail);
    expect(posture.value.policies.map((policy) => policy.name)).toEqual(['all']);
    expect(posture.value).not.toHaveProperty('password');
    expect(posture.value).not.toHaveProperty('mfaDevices');
    expect(posture.value.unread.map(({ what }) => what)).toEqual([
      'MFA devices of user ada',
      'access keys of user ada',
      'console password of user ada',
      'groups of user ada',
      'policies attached to user ada',
    ]);
  });

  test('is told by the tagger that it may not tag', async () => {
    const outcome = await applyTags(
      directory,
      { kind: 'user', name: 'ada' },
      {},
      { set: { 'trailguard:verdict': 'critical' }, remove: [] },
    );
    expect(outcome).toMatchObject({ action: { result: 'failed', detail: expect.stringContaining('the guard may not tag user `ada`') } });
    expect(outcome).not.toHaveProperty('transient');
  });
});
