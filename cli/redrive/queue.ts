import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { LyingMessage } from './unwrap.ts';

/** What a redrive does with one queue. */
export interface Queue {
  /** Messages that may be had now, which nobody else gets for `seconds`; none where the queue is empty. */
  take(most: number, seconds: number): Promise<LyingMessage[]>;
  /** Lets others have a message again, at once. */
  release(message: Pick<LyingMessage, 'receipt'>): Promise<void>;
  remove(message: Pick<LyingMessage, 'receipt'>): Promise<void>;
  /** How many messages lie there, those that somebody took among them. SQS counts roughly. */
  count(): Promise<number>;
}

/** The most that SQS gives at once. */
const batchSize = 10;
/** Any wait has SQS ask all of its servers; without one, it may overlook what lies in a queue. */
const waitSeconds = 1;

/** The queue of a URL. */
export function createQueue(client: SQSClient, QueueUrl: string): Queue {
  return {
    async take(most, seconds) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: Math.min(most, batchSize),
          VisibilityTimeout: seconds,
          WaitTimeSeconds: waitSeconds,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      return Messages.map(({ MessageId: id = '', ReceiptHandle: receipt = '', Body: body = '', Attributes, MessageAttributes = {} }) => ({
        id,
        receipt,
        body,
        sent: new Date(Number(Attributes?.SentTimestamp ?? 0)).toISOString(),
        attributes: Object.fromEntries(Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue])),
      }));
    },
    async release({ receipt }) {
      await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: receipt, VisibilityTimeout: 0 }));
    },
    async remove({ receipt }) {
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receipt }));
    },
    async count() {
      const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
      const { Attributes = {} } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }));
      return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
    },
  };
}
