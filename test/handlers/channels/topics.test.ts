import { CreateUserCommand, IAMClient, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createBackground } from '../../../handlers/channels/background.ts';
import { createChannelStack } from '../../../handlers/channels/channel-stack.ts';
import { createChatDelivery } from '../../../handlers/channels/chat.ts';
import { createMailDelivery } from '../../../handlers/channels/mail.ts';
import { type Channels, defaultChannels } from '../../../schemas/channels.ts';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../../moto.ts';
import { aContext, capturedLines, variables } from '../parts.ts';
import { aVerdictEvent } from './events.ts';
import { createTopic } from './topic.ts';

const everything = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });

describe.skipIf(!motoIsHere('mail and chat in moto'))('the channels mail and chat, in moto', () => {
  let moto: Moto;
  let iam: IAMClient;
  let topic: Awaited<ReturnType<typeof createTopic>>;
  const parts = () => ({ client: topic.sns, background: createBackground(variables, iam) });
  const mail = (channels: Channels = defaultChannels) =>
    createMailDelivery(channels, { ...variables, ALERT_TOPIC_ARN: topic.arn }, parts());
  const chat = (channels: Channels = defaultChannels) => createChatDelivery(channels, { ...variables, CHAT_TOPIC_ARN: topic.arn }, parts());

  beforeAll(async () => {
    moto = await startMoto();
    topic = await createTopic(moto.endpoint, 'alerts');
    iam = new IAMClient({ ...motoClientConfig(moto.endpoint), maxAttempts: 1 });
    await iam.send(new CreateUserCommand({ UserName: 'bob' }));
    await iam.send(new PutUserPolicyCommand({ UserName: 'bob', PolicyName: 'all', PolicyDocument: everything }));
  });
  afterAll(() => moto.stop());
  afterEach(() => vi.restoreAllMocks());

  it('mail tells a severe verdict: a subject that suffices, a body, and attributes to filter by', async () => {
    expect(await mail()(aVerdictEvent())).toEqual({ told: 1, time: '2026-03-01T10:00:00Z' });
    const [message, ...more] = await topic.heard();
    expect(more).toEqual([]);
    expect(message?.Subject).toBe('CRITICAL: alice put policy all on user bob: full administrative access.');
    expect(message?.Message).toContain('Why it matters');
    // From the rule itself: the verdict does not hold it.
    expect(message?.Message).toMatch(/Why it matters {2}\w{3,}/);
    // From IAM: the verdict does not hold it either.
    expect(message?.Message).toContain('"Action": "*"');
    expect(message?.MessageAttributes).toMatchObject({
      severity: { Value: 'critical' },
      outcome: { Value: 'flagged' },
      account: { Value: '123456789012' },
    });
  });

  it('mail tells what could not be judged, and leaves what comes in the digest', async () => {
    await mail()(aVerdictEvent({ outcome: 'undetermined', severity: 'medium', findings: [] }));
    expect(await topic.heard()).toMatchObject([{ Subject: expect.stringMatching(/^UNDETERMINED/) }]);
    expect(await mail()(aVerdictEvent({ severity: 'medium' }))).toMatchObject({ told: 0, left: 'flagged, medium' });
    expect(
      await mail({ ...defaultChannels, mail: { enabled: true, minSeverity: 'critical' } })(aVerdictEvent({ severity: 'high' })),
    ).toMatchObject({
      told: 0,
    });
    expect(await topic.heard()).toEqual([]);
  });

  it('takes the largest verdict that the bus carries', async () => {
    const findings = aVerdictEvent().detail.findings.flatMap((finding) => Array(100).fill({ ...finding, message: 'é"\n'.repeat(400) }));
    await mail()(aVerdictEvent({ findings }));
    await chat()(aVerdictEvent({ findings }));
    expect(await topic.heard()).toHaveLength(2);
  });

  it('chat tells a severe verdict as a custom notification', async () => {
    expect(await chat()(aVerdictEvent())).toMatchObject({ told: 1 });
    const [message] = await topic.heard();
    expect(JSON.parse(message?.Message ?? '')).toMatchObject({
      version: '1.0',
      source: 'custom',
      content: { textType: 'client-markdown', title: expect.stringContaining('CRITICAL') },
    });
    expect(await chat()(aVerdictEvent({ severity: 'low' }))).toMatchObject({ told: 0, left: 'flagged, low' });
  });

  it('tells without a quotation where the policy is gone, and says so', async () => {
    const gone = { policies: [{ kind: 'inline' as const, name: 'gone', active: true }] };
    expect(await chat()(aVerdictEvent(gone))).toEqual({ told: 1, time: '2026-03-01T10:00:00Z', unquoted: expect.stringContaining('gone') });
    expect(await topic.heard()).toHaveLength(1);
  });

  it('throws where the topic is gone, so that the verdict is tried again', async () => {
    const gone = createMailDelivery(defaultChannels, { ALERT_TOPIC_ARN: `${topic.arn}-gone` }, parts());
    await expect(gone(aVerdictEvent())).rejects.toThrow(
      /^verdict `7f1c2a9e-1111-4222-8333-944455556666` was not taken by topic `arn:aws:sns:us-east-1:123456789012:alerts-gone`: /,
    );
  });

  it('throws where it does not know its topic', () => {
    expect(() => createMailDelivery(defaultChannels, {}, parts())).toThrow(
      'environment variable `ALERT_TOPIC_ARN` is missing: set it to the ARN of an SNS topic',
    );
    expect(() => createChatDelivery(defaultChannels, { CHAT_TOPIC_ARN: 'chat' }, parts())).toThrow('`CHAT_TOPIC_ARN` is `chat`');
  });

  describe('in the stack', () => {
    const run = (event: unknown) =>
      createChannelStack({ channel: 'mail', deliver: () => mail(), now: () => new Date('2026-03-01T10:00:12Z') })(event, aContext());

    it('answers nothing, and says what was told and how long after the event', async () => {
      const captured = capturedLines();
      expect(await run(aVerdictEvent())).toBeUndefined();
      expect(captured.logs()).toEqual([
        expect.objectContaining({
          message: 'told',
          channel: 'mail',
          told: 1,
          correlation_id: '7f1c2a9e-1111-4222-8333-944455556666',
        }),
      ]);
      expect(captured.metrics()).toEqual([expect.objectContaining({ channel: 'mail', Alerts: 1, SecondsToAlert: 12 })]);
      expect(captured.text()).not.toContain('alice');
    });

    it('says that nothing was to be told, and counts it as none', async () => {
      const captured = capturedLines();
      await run(aVerdictEvent({ severity: 'low' }));
      expect(captured.logs()).toEqual([expect.objectContaining({ message: 'not for this channel', left: 'flagged, low' })]);
      expect(captured.metrics()).toEqual([expect.objectContaining({ channel: 'mail', Alerts: 0 })]);
      expect(captured.text()).not.toContain('SecondsToAlert');
    });

    it.each<[string, unknown, string]>([
      ['no event', null, 'verdict event: the value must be object'],
      ['of another source', aVerdictEvent({}, { source: 'not.trailguard' }), 'verdict event: /source must be `trailguard`'],
      ['without a verdict', aVerdictEvent({}, { detail: {} }), 'verdict event: /detail/id is missing'],
    ])('throws at a poison event, %s, and counts it', async (_what, event, message) => {
      const captured = capturedLines();
      await expect(run(event)).rejects.toThrow(message);
      expect(captured.logs()).toEqual([expect.objectContaining({ level: 'ERROR', message: 'not told', channel: 'mail' })]);
      expect(captured.metrics()).toEqual([expect.objectContaining({ channel: 'mail', Errors: 1, error: 'SchemaError' })]);
    });
  });
});
