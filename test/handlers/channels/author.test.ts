import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAuthorDelivery } from '../../../handlers/channels/author.ts';
import { defaultChannels } from '../../../schemas/channels.ts';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../../moto.ts';
import { aVerdictEvent, background } from './events.ts';

const author = {
  ...defaultChannels.author,
  from: 'guard@example.com',
  domains: ['example.com'],
  addresses: { alice: 'alice.w@example.com', mallory: 'mallory@elsewhere.example' },
};
const identityCenter = {
  type: 'AssumedRole',
  name: 'AWSReservedSSO_Developer_0123456789abcdef',
  session: 'tomas@example.com',
  accountId: '123456789012',
  identityCenter: true as const,
};

describe.skipIf(!motoIsHere('Amazon SES in moto'))('the channel author, in moto', () => {
  let moto: Moto;
  let client: SESv2Client;
  const deliver = (more: Partial<typeof author> = {}) =>
    createAuthorDelivery({ author: { ...author, ...more } }, {}, { client, background });
  const sent = async () => {
    const state = (await (await fetch(`${moto.endpoint}/moto-api/data.json`)).json()) as {
      ses?: { Message?: { source: string; destinations: { ToAddresses: string[] }; subject: string; body: string }[] };
    };
    return state.ses?.Message ?? [];
  };

  beforeAll(async () => {
    moto = await startMoto();
    client = new SESv2Client(motoClientConfig(moto.endpoint));
  });
  afterAll(() => moto.stop());
  beforeEach(async () => {
    await moto.reset();
    await client.send(new CreateEmailIdentityCommand({ EmailIdentity: 'guard@example.com' }));
  });

  it('writes to the address of an IAM user which statement is too broad, from the sender', async () => {
    expect(await deliver()(aVerdictEvent())).toMatchObject({ told: 1 });
    const [message] = await sent();
    expect(JSON.stringify(message)).toContain('alice.w@example.com');
    expect(message).toMatchObject({ source: 'guard@example.com', subject: 'Policy all allows more than it may need' });
    expect(message?.body).toContain('statement 1');
  });

  it('writes to a person of IAM Identity Center without being told an address', async () => {
    expect(await deliver({ addresses: {} as typeof author.addresses })(aVerdictEvent({ actor: identityCenter }))).toMatchObject({
      told: 1,
    });
    expect(JSON.stringify(await sent())).toContain('tomas@example.com');
  });

  it.each<[string, Parameters<typeof aVerdictEvent>[0]]>([
    ['a user without an address', { actor: { type: 'IAMUser', name: 'zoe', accountId: '123456789012' } }],
    ['a domain that is not allowed', { actor: { type: 'IAMUser', name: 'mallory', accountId: '123456789012' } }],
    ['a session that names itself', { actor: { ...identityCenter, name: 'deployer', identityCenter: undefined } as never }],
    ['what its actor did not write', { event: { ...aVerdictEvent().detail.event, name: 'AttachUserPolicy' } }],
    ['what is not severe', { severity: 'medium' }],
  ])('leaves %s, and says why', async (_what, verdict) => {
    expect(await deliver()(JSON.parse(JSON.stringify(aVerdictEvent(verdict))))).toMatchObject({
      told: 0,
      left: expect.stringMatching(/\w/),
    });
    expect(await sent()).toEqual([]);
  });

  it('throws where SES does not take it', async () => {
    await expect(deliver({ from: 'unknown@elsewhere.example' })(aVerdictEvent())).rejects.toThrow(
      /^verdict `[\w-]+` was not taken by Amazon SES: .*not verified/,
    );
  });

  it('is not made without a sender', () => {
    expect(() => createAuthorDelivery(defaultChannels, {}, { client, background })).toThrow(
      '/channels/author/from is missing in the configuration',
    );
  });
});
