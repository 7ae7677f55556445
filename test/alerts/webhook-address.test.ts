import { CreateSecretCommand, GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebhookAddress } from '../../alerts/webhook-address.ts';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../moto.ts';

const url = 'https://hooks.slack.com/services/T0/B0/s3cr3t';

describe.skipIf(!motoIsHere('the webhook in moto'))('the address of a webhook, in moto', () => {
  let moto: Moto;
  let ssm: SSMClient;
  let secrets: SecretsManagerClient;
  let time = 0;
  const addressAt = (reference: string) => createWebhookAddress({ reference, ssm, secrets, now: () => new Date(time) });
  const put = (Value: string) =>
    ssm.send(new PutParameterCommand({ Name: '/trailguard/slack', Value, Type: 'SecureString', Overwrite: true }));

  beforeAll(async () => {
    moto = await startMoto();
    ssm = new SSMClient(motoClientConfig(moto.endpoint));
    secrets = new SecretsManagerClient(motoClientConfig(moto.endpoint));
  });
  afterAll(() => moto.stop());

  it('is read, decrypted, from a SecureString of Parameter Store', async () => {
    await put(`${url}\n`);
    expect((await addressAt('ssm:/trailguard/slack').read()).href).toBe(url);
  });

  it('is read from Secrets Manager', async () => {
    await secrets.send(new CreateSecretCommand({ Name: 'trailguard/slack', SecretString: url }));
    expect((await addressAt('secretsmanager:trailguard/slack').read()).href).toBe(url);
    await secrets.send(new PutSecretValueCommand({ SecretId: 'trailguard/slack', SecretString: `${url}2` }));
    expect((await addressAt('secretsmanager:trailguard/slack').read()).href).toBe(`${url}2`);
  });

  it('is kept for five minutes, or until it is to be forgotten', async () => {
    await put(url);
    const address = addressAt('ssm:/trailguard/slack');
    await address.read();
    await put(`${url}3`);
    time += 299_000;
    expect((await address.read()).href).toBe(url);
    time += 1_000;
    expect((await address.read()).href).toBe(`${url}3`);
    await put(`${url}4`);
    address.forget();
    expect((await address.read()).href).toBe(`${url}4`);
  });

  it.each(['http://hooks.slack.com/services/s3cr3t', 'not a URL, s3cr3t'])(
    'is https, or refused without being repeated: %s',
    async (value) => {
      await put(value);
      await expect(addressAt('ssm:/trailguard/slack').read()).rejects.toThrow(
        /^`ssm:\/trailguard\/slack` does not hold a URL that begins with `https:\/\/`$/,
      );
    },
  );

  it('says where it is not', async () => {
    await expect(addressAt('ssm:/nowhere').read()).rejects.toThrow("the webhook's URL could not be read from `ssm:/nowhere`: ");
    await expect(addressAt('secretsmanager:nowhere').read()).rejects.toThrow('could not be read from `secretsmanager:nowhere`');
  });
});

// A mock, since moto does not fail at will.
it('keeps no failure: the next try reads again', async () => {
  const ssm = mockClient(SSMClient);
  const secrets = mockClient(SecretsManagerClient);
  ssm
    .on(GetParameterCommand)
    .rejectsOnce(new Error('ThrottlingException'))
    .resolves({ Parameter: { Value: url } });
  const address = createWebhookAddress({
    reference: 'ssm:/a:b',
    ssm: ssm as unknown as SSMClient,
    secrets: secrets as unknown as SecretsManagerClient,
    now: () => new Date(0),
  });
  await expect(address.read()).rejects.toThrow('ThrottlingException');
  expect((await address.read()).href).toBe(url);
  expect(ssm.commandCalls(GetParameterCommand)[0]?.args[0].input).toEqual({ Name: '/a:b', WithDecryption: true });
  expect(secrets.commandCalls(GetSecretValueCommand)).toHaveLength(0);
});
