import { CreatePolicyCommand, DeletePolicyCommand, type IAMClient } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIamClient } from '../../iam/create-iam-client.ts';
import { createLiveDirectory } from '../../iam/live-directory.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../moto.ts';
import { account, allowing, policyArn } from './in-account.ts';

const here = motoIsHere('a policy that is deleted and made again, against moto');
const shared = policyArn('shared');
// Long after the policy was made: its documents are kept.
const later = () => new Date(Date.now() + 3_600_000);

let moto: Moto;
let client: IAMClient;
let versionsRead = 0;

beforeAll(async () => {
  if (!here) return;
  moto = await startMoto();
  client = createIamClient(motoClientConfig(moto.endpoint));
  client.middlewareStack.add(
    (next, context) => (args) => {
      if (context.commandName === 'GetPolicyVersionCommand') versionsRead++;
      return next(args);
    },
    { step: 'initialize' },
  );
});
afterAll(() => moto?.stop());

test.runIf(here)('a warm directory reads the new document of a policy deleted and made again under its name', async () => {
  const directory = createLiveDirectory({ client, account, now: later });
  const read = async () => {
    const answer = await directory.managedPolicy(shared, 'v1');
    if (!answer.found) throw new Error(answer.detail);
    return parsePolicy(answer.value.document);
  };
  await client.send(new CreatePolicyCommand({ PolicyName: 'shared', PolicyDocument: allowing('s3:GetObject') }));
  for (const _ of [1, 2]) expect(await read()).toEqual(parsePolicy(allowing('s3:GetObject')));
  expect(versionsRead).toBe(1);

  await client.send(new DeletePolicyCommand({ PolicyArn: shared }));
  expect(await directory.managedPolicy(shared, 'v1')).toMatchObject({ found: false, why: 'absent' });
  await client.send(new CreatePolicyCommand({ PolicyName: 'shared', PolicyDocument: allowing('*') }));
  for (const _ of [1, 2]) expect(await read()).toEqual(parsePolicy(allowing('*')));
  expect(versionsRead).toBe(2);
});
