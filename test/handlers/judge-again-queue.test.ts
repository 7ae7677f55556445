import {
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createJudgeAgain } from '../../handlers/judge-again-queue.ts';
import { validateUserRequest } from '../../schemas/validate.ts';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../moto.ts';
import { aRequest } from './parts.ts';

const because = (id: string, user: string) => aRequest({ user, event: { ...aRequest().event, id } });
const users = (count: number) => Array.from({ length: count }, (_, index) => because('event-1', `user-${index}`));

describe.skipIf(!motoIsHere('the queue of users to judge again'))('asking for users to be judged again', () => {
  let moto: Moto;
  let client: SQSClient;
  let url: string;
  let queues = 0;
  let now = new Date('2026-03-02T09:30:00Z');

  beforeAll(async () => {
    moto = await startMoto();
    client = new SQSClient(motoClientConfig(moto.endpoint));
  });
  afterAll(() => moto.stop());
  beforeEach(async () => {
    // Without the delay of the real one: what is asked here is what the queue takes, and in which order it gives it back.
    const { QueueUrl = '' } = await client.send(
      new CreateQueueCommand({ QueueName: `users-${queues++}.fifo`, Attributes: { FifoQueue: 'true' } }),
    );
    url = QueueUrl;
  });

  const ask = (...requests: ReturnType<typeof because>[]) => createJudgeAgain({ client, url, now: () => now })(requests);
  const receive = async (MaxNumberOfMessages = 10): Promise<Message[]> => {
    const asked = { QueueUrl: url, MaxNumberOfMessages, MessageSystemAttributeNames: ['All' as const] };
    return (await client.send(new ReceiveMessageCommand(asked))).Messages ?? [];
  };
  const done = ({ ReceiptHandle }: Message) => client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
  const saying = ({ Body = '' }: Message) => {
    const { user, event } = validateUserRequest(JSON.parse(Body));
    return `${user} ${event.id}`;
  };
  const all = async (): Promise<string[]> => {
    const said: string[] = [];
    for (let batch = await receive(); batch.length > 0; batch = await receive()) {
      said.push(...batch.map(saying));
      await Promise.all(batch.map(done));
    }
    return said;
  };

  it('sends each request whole', async () => {
    await ask(aRequest());
    const [message] = await receive();
    expect(validateUserRequest(JSON.parse(message?.Body ?? ''))).toEqual(aRequest());
  });

  it('sends nothing where nobody was touched', async () => {
    await ask();
    expect(await receive()).toEqual([]);
  });

  it.each([1, 10, 11, 23])('sends %i requests, ten at once', async (count) => {
    const requests = users(count);
    await ask(...requests);
    expect((await all()).toSorted()).toEqual(requests.map(({ user, event }) => `${user} ${event.id}`).toSorted());
  });

  it('asks once for a user and an event that is delivered twice at once', async () => {
    await ask(because('event-1', 'bob'), because('event-1', 'ada'));
    await ask(because('event-1', 'bob'), because('event-1', 'ada'));
    expect((await all()).toSorted()).toEqual(['ada event-1', 'bob event-1']);
  });

  it('asks again where the event comes once more after a while: the first look may be over by then', async () => {
    await ask(because('event-1', 'bob'));
    now = new Date(now.getTime() + 60_000);
    await ask(because('event-1', 'bob'));
    expect(await all()).toEqual(['bob event-1', 'bob event-1']);
  });

  it('asks again for another event of that user', async () => {
    await ask(because('event-1', 'bob'));
    await ask(because('event-2', 'bob'));
    expect(await all()).toEqual(['bob event-1', 'bob event-2']);
  });

  it('gives one user to one taker at a time, in order, and others beside it', async () => {
    await ask(because('event-1', 'bob'), because('event-2', 'bob'), because('event-1', 'ada'));
    const [first] = await receive(1);
    const beside = await receive();
    expect([first].flatMap((message) => (message ? [saying(message)] : []))).toEqual(['bob event-1']);
    expect(beside.map(saying)).toEqual(['ada event-1']);
    expect(await receive()).toEqual([]);
    if (first) await done(first);
    expect((await receive()).map(saying)).toEqual(['bob event-2']);
  });

  it('takes names that differ in case for one user, as IAM does, and users of that name in two accounts for two', async () => {
    const other = because('event-1', 'bob');
    await ask(because('event-1', 'Bob'), because('event-2', 'bob'), { ...other, event: { ...other.event, account: '210987654321' } });
    const groups = (await receive()).map(({ Attributes }) => Attributes?.MessageGroupId);
    expect(groups.toSorted()).toEqual(['123456789012/bob', '123456789012/bob', '210987654321/bob']);
  });

  it('throws where there is no such queue', async () => {
    await expect(createJudgeAgain({ client, url: `${url}-gone`, now: () => now })([aRequest()])).rejects.toThrow();
  });
});

describe('what is sent', () => {
  // A client mock: moto takes every message, and this is about a queue that does not, and about what SQS limits.
  const client = new SQSClient({ region: 'us-east-1' });
  const sqs = mockClient(client);
  const ask = createJudgeAgain({ client, url: 'https://queue.example/users.fifo', now: () => new Date() });
  const batches = () => sqs.commandCalls(SendMessageBatchCommand).map(({ args }) => args[0].input.Entries ?? []);

  beforeEach(() => {
    sqs.reset();
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
  });

  it('is as many batches as it takes tens, each with ids of its own', async () => {
    await ask(users(23));
    expect(batches().map((entries) => entries.length)).toEqual([10, 10, 3]);
    for (const entries of batches()) expect(new Set(entries.map(({ Id }) => Id)).size).toBe(entries.length);
  });

  it('keeps to the alphabets and lengths of SQS, for the longest name that IAM allows', async () => {
    await ask([because('7f1c2a9e-1111-4222-8333-944455556666', 'Ab0+=,.@-_'.repeat(7).slice(0, 64))]);
    const [[entry] = []] = batches();
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatchRequestEntry.html
    expect(entry?.MessageGroupId).toMatch(/^[a-zA-Z0-9!"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~]{1,128}$/);
    expect(entry?.MessageDeduplicationId).toMatch(/^[a-zA-Z0-9]{1,128}$/);
  });

  it('throws where SQS takes only a part, and says how much and why', async () => {
    sqs.on(SendMessageBatchCommand).resolves({
      Successful: [],
      Failed: [{ Id: '2', Code: 'InternalError', Message: 'try again', SenderFault: false }],
    });
    await expect(ask(users(4))).rejects.toThrow('1 of 4 users could not be queued to be judged again: try again');
  });

  it('throws where SQS takes nothing, with what it said', async () => {
    const cause = new Error('not authorized to perform: sqs:SendMessage');
    sqs.on(SendMessageBatchCommand).rejects(cause);
    await expect(ask(users(2))).rejects.toMatchObject({
      message: '2 of 2 users could not be queued to be judged again: not authorized to perform: sqs:SendMessage',
      cause,
    });
  });
});
