import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTopicSender } from '../../../alerts/send-to-topic.ts';
import { createDigestStack, type DigestStackParts } from '../../../handlers/channels/digest-stack.ts';
import { aVerdict } from '../../alerts/verdicts.ts';
import { type Moto, motoIsHere, startMoto } from '../../moto.ts';
import { aContext, capturedLines } from '../parts.ts';
import { aBatch, aVerdictEvent } from './events.ts';
import { createTopic } from './topic.ts';

const low = (id: string, actor = 'terraform') =>
  aVerdictEvent({
    id,
    severity: 'low',
    summary: `${actor} did ${id}.`,
    event: { ...aVerdict().event, id },
    actor: { type: 'IAMUser', name: actor, accountId: '123456789012' },
  });

afterEach(() => {
  vi.restoreAllMocks();
});

describe.skipIf(!motoIsHere('the digest in moto'))('the digest, in moto', () => {
  let moto: Moto;
  let topic: Awaited<ReturnType<typeof createTopic>>;
  const run = (events: readonly unknown[], parts: Partial<DigestStackParts> = {}) =>
    createDigestStack({
      send: () => createTopicSender({ client: topic.sns, topicArn: topic.arn }),
      now: () => new Date('2026-03-01T10:05:00Z'),
      ...parts,
    })(aBatch(events), aContext());

  beforeAll(async () => {
    moto = await startMoto();
    topic = await createTopic(moto.endpoint, 'alerts');
  });
  afterAll(() => moto.stop());

  it('tells fifty changes of one actor in one mail, and another actor in another', async () => {
    const captured = capturedLines();
    const events = [...Array.from({ length: 50 }, (_, index) => low(`terraform-${index}`)), low('one', 'alice')];
    expect(await run(events)).toEqual({ batchItemFailures: [] });
    const subjects = (await topic.heard()).map(({ Subject }) => Subject);
    expect(subjects).toEqual(['DIGEST: 50 changes by user terraform, 50 low', expect.stringMatching(/^LOW/)]);
    expect(captured.logs()[0]).toMatchObject({ message: 'told', channel: 'digest', verdicts: expect.arrayContaining(['terraform-0']) });
    expect(captured.metrics()).toEqual([expect.objectContaining({ channel: 'digest', Alerts: [1, 1], SecondsToAlert: [300, 300] })]);
  });

  it('tells a verdict that was delivered twice once', async () => {
    capturedLines();
    await run([low('twice'), low('twice'), low('other')]);
    expect(await topic.heard()).toMatchObject([{ Subject: 'DIGEST: 2 changes by user terraform, 2 low' }]);
  });

  it('has a poison message come again alone, and tells the others', async () => {
    const captured = capturedLines();
    const poison = ['{', {}, aVerdictEvent({}, { source: 'not.trailguard' })];
    expect(await run([...poison, low('good')])).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }, { itemIdentifier: 'message-1' }, { itemIdentifier: 'message-2' }],
    });
    expect(await topic.heard()).toHaveLength(1);
    expect(captured.metrics()).toEqual([expect.objectContaining({ Alerts: 1, Errors: [1, 1, 1] })]);
  });

  it('has the verdicts of one actor come again where their mail is not taken, and tells the others', async () => {
    capturedLines();
    const real = createTopicSender({ client: topic.sns, topicArn: topic.arn });
    const gone = createTopicSender({ client: topic.sns, topicArn: `${topic.arn}-gone` });
    const send = () => (message: Parameters<typeof real>[0], what: string) =>
      (message.body.includes('terraform') ? gone : real)(message, what);
    expect(await run([low('a'), low('b', 'alice'), low('c')], { send })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }, { itemIdentifier: 'message-2' }],
    });
    expect(await topic.heard()).toHaveLength(1);
  });
});

it('has everything come again where it does not know its topic', async () => {
  capturedLines();
  const send = () => {
    throw new Error('environment variable `ALERT_TOPIC_ARN` is missing');
  };
  const answer = await createDigestStack({ send })(aBatch([low('a'), low('b')]), aContext());
  expect(answer.batchItemFailures).toHaveLength(2);
});
