import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { AlertError } from './alert-error.ts';

/** What a topic is sent. `attributes` are for the filter policies of subscriptions. */
export interface TopicMessage {
  readonly subject?: string;
  readonly body: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A sender to one SNS topic; `what` is what the message is, for an error. Throws `AlertError` where the topic does not take it. */
export const createTopicSender =
  ({ client, topicArn }: { readonly client: SNSClient; readonly topicArn: string }) =>
  async ({ subject, body, attributes = {} }: TopicMessage, what: string): Promise<void> => {
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
    );
    const command = new PublishCommand({
      TopicArn: topicArn,
      Message: body,
      MessageAttributes,
      ...(subject === undefined ? {} : { Subject: subject }),
    });
    await client.send(command).catch((cause: unknown) => {
      throw new AlertError(`${what} was not taken by topic \`${topicArn}\`: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    });
  };
