import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createChannelStack } from '../../../handlers/channels/channel-stack.ts';
import { createSlackDelivery } from '../../../handlers/channels/slack.ts';
import { defaultChannels } from '../../../schemas/channels.ts';
import { startWebhook, type WebhookServer } from '../../alerts/webhook-server.ts';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../../moto.ts';
import { aContext, capturedLines } from '../parts.ts';
import { aVerdictEvent, background } from './events.ts';

const channels = { slack: { ...defaultChannels.slack, webhook: 'ssm:/trailguard/slack-webhook', mentions: { alice: 'U024BE7LH' } } };

describe.skipIf(!motoIsHere('Slack with moto'))('the channel slack, with a webhook kept in moto', () => {
  let moto: Moto;
  let server: WebhookServer;
  let ssm: SSMClient;
  const deliver = () =>
    createSlackDelivery(
      channels,
      {},
      {
        background,
        ssm,
        secrets: new SecretsManagerClient(motoClientConfig(moto.endpoint)),
        fetch: server.fetch,
        timeout: 500,
      },
    );

  beforeAll(async () => {
    [moto, server] = await Promise.all([startMoto(), startWebhook()]);
    ssm = new SSMClient(motoClientConfig(moto.endpoint));
    const Value = 'https://hooks.slack.com/services/T0/B0/s3cr3t';
    await ssm.send(new PutParameterCommand({ Name: '/trailguard/slack-webhook', Value, Type: 'SecureString' }));
  });
  afterAll(() => Promise.all([moto.stop(), server.stop()]));
  afterEach(() => {
    vi.restoreAllMocks();
    server.received.length = 0;
  });

  it('tells a severe verdict, and mentions whom the configuration names', async () => {
    expect(await deliver()(aVerdictEvent())).toMatchObject({ told: 1 });
    expect(server.received).toMatchObject([{ path: '/services/T0/B0/s3cr3t', body: { text: expect.stringMatching(/^CRITICAL/) } }]);
    expect(JSON.stringify(server.received[0]?.body)).toContain('<@U024BE7LH>');
  });

  it('leaves what is not severe', async () => {
    expect(await deliver()(aVerdictEvent({ severity: 'medium' }))).toMatchObject({ told: 0, left: 'flagged, medium' });
    expect(server.received).toEqual([]);
  });

  it.each([429, 500, 'hang' as const])('throws at %s, and gets through at the next try; no line holds the URL', async (answer) => {
    const captured = capturedLines();
    const stack = createChannelStack({ channel: 'slack', deliver });
    server.answers.push(answer);
    await expect(stack(aVerdictEvent(), aContext())).rejects.toThrow('was not taken by the webhook');
    await stack(aVerdictEvent(), aContext());
    expect(captured.logs().map(({ message }) => message)).toEqual(['not told', 'told']);
    expect(captured.text()).not.toMatch(/s3cr3t|hooks\.slack/);
    expect(server.received).toHaveLength(2);
  });

  it('is not made without a webhook', () => {
    expect(() => createSlackDelivery(defaultChannels, {}, { background })).toThrow(
      '/channels/slack/webhook is missing in the configuration',
    );
  });
});
