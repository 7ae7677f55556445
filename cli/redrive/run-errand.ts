import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { createTopicSender } from '../../alerts/send-to-topic.ts';
import type { Errand } from './errand.ts';
import { fieldsOf, type LyingMessage } from './unwrap.ts';

/** The clients that errands are run with. */
export interface ErrandClients {
  readonly lambda: LambdaClient;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
}

/** Runs errands one by one. It returns once it is known that one succeeded, and throws where it did not. */
export const createErrandRunner =
  ({ lambda, sqs, sns }: ErrandClients) =>
  async (errand: Errand, { id }: Pick<LyingMessage, 'id'>): Promise<void> => {
    switch (errand.kind) {
      case 'invoke':
        return invoke(lambda, errand);
      case 'send': {
        const { queueUrl: QueueUrl, body: MessageBody, group: MessageGroupId } = errand;
        // By the message's id: sent twice, because the first could not be deleted, it is taken once.
        const inOrder = MessageGroupId === undefined ? {} : { MessageGroupId, MessageDeduplicationId: `redrive-${id}` };
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...inOrder }));
        return;
      }
      case 'publish':
        return createTopicSender({ client: sns, topicArn: errand.topicArn })(errand.mail, 'the summary');
    }
  };

/** Calls a function and waits for its end: an asynchronous call would only say that the event was taken. */
async function invoke(lambda: LambdaClient, { functionArn, payload }: Errand & { kind: 'invoke' }): Promise<void> {
  const command = new InvokeCommand({ FunctionName: functionArn, InvocationType: 'RequestResponse', Payload: Buffer.from(payload) });
  const { FunctionError, Payload } = await lambda.send(command);
  if (FunctionError === undefined) return;
  const { errorType, errorMessage } = fieldsOf(parsed(Payload));
  const said = [errorType, errorMessage].filter((part) => typeof part === 'string' && part !== '').join(': ');
  throw new Error(`the function failed: ${said === '' ? FunctionError : said}`);
}

function parsed(payload: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(payload ?? []).toString('utf8'));
  } catch {
    // What a function that was cut off answers; `FunctionError` says so.
    return undefined;
  }
}
