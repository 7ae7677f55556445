import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { UserRequest } from '../schemas/user-request.ts';
import type { Verdict } from '../schemas/verdict.ts';

/** AWS as the functions meet it, but for IAM: real clients, whose requests are answered in this process. What they ask is counted and kept. */
export interface Answering {
  readonly eventBridge: EventBridgeClient;
  readonly dynamoDb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  /** Requests by service and operation: `DynamoDB_20120810.PutItem`. */
  readonly asked: Record<string, number>;
  /** Verdicts on the bus that were not taken from here yet. */
  readonly verdicts: Verdict[];
  /** Messages in the queue of users to judge again that were not taken from here yet. */
  readonly requests: UserRequest[];
}

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

const published =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>';

/** Clients that are answered at once, and always well. */
export function createAnswering(): Answering {
  const asked: Record<string, number> = {};
  const [verdicts, requests]: [Verdict[], UserRequest[]] = [[], []];
  const answers: Readonly<Record<string, (body: string) => unknown>> = {
    'AWSEvents.PutEvents': (body) => {
      const { Entries } = JSON.parse(body) as { Entries: { Detail: string }[] };
      for (const { Detail } of Entries) verdicts.push(JSON.parse(Detail));
      return { FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: '11111111-2222-4333-8444-555555555555' })) };
    },
    'AmazonSQS.SendMessageBatch': (body) => {
      const { Entries } = JSON.parse(body) as { Entries: { Id: string; MessageBody: string }[] };
      for (const { MessageBody } of Entries) requests.push(JSON.parse(MessageBody));
      asked.messages = (asked.messages ?? 0) + Entries.length;
      return { Successful: Entries.map(({ Id }) => ({ Id, MessageId: Id })), Failed: [] };
    },
  };
  const answer = async ({ headers, body = '' }: Request) => {
    const operation = headers['x-amz-target'] ?? 'SNS.Publish';
    asked[operation] = (asked[operation] ?? 0) + 1;
    const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
    const answered = operation === 'SNS.Publish' ? published : JSON.stringify(answers[operation]?.(text) ?? {});
    return { response: { statusCode: 200, headers: { 'content-type': headers['content-type'] ?? '' }, body: Buffer.from(answered) } };
  };
  const requestHandler = { handle: answer, updateHttpClientConfig: () => undefined, httpHandlerConfigs: () => ({}) };
  const place = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: requestHandler as never,
  };
  return {
    eventBridge: new EventBridgeClient(place),
    dynamoDb: new DynamoDBClient(place),
    // What it would check is what it has just sent.
    sqs: new SQSClient({ ...place, md5: false }),
    sns: new SNSClient(place),
    asked,
    verdicts,
    requests,
  };
}
