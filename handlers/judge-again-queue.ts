import { createHash } from 'node:crypto';
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { UserRequest } from '../schemas/user-request.ts';

/** Where requests go: a FIFO queue, whose delay is the time that IAM takes to settle. */
export interface JudgeAgainQueue {
  readonly client: SQSClient;
  readonly url: string;
  readonly now: () => Date;
}

/**
 * A request is dropped as one that was made already only where that one still waits: less than the queue's delay after it, in
 * milliseconds. What is asked for later must be looked at later.
 */
const sameRequest = 30_000;

/** The most messages that SQS takes at once. */
const batchSize = 10;

/**
 * Asks for users to be judged once more. A user's requests form one group, so that no user is judged twice at the same time; an
 * event that is delivered twice at once asks for a user once. Throws where a request was not taken.
 */
export const createJudgeAgain =
  ({ client, url, now }: JudgeAgainQueue) =>
  async (requests: readonly UserRequest[]): Promise<void> => {
    for (let start = 0; start < requests.length; start += batchSize) {
      const Entries = requests.slice(start, start + batchSize).map((request, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(request),
        // In one case: IAM takes names of users that differ in case for one.
        MessageGroupId: `${request.event.account}/${request.user.toLowerCase()}`,
        MessageDeduplicationId: createHash('sha256')
          .update(`${request.event.id} ${request.user} ${slotOf(request, now())}`)
          .digest('hex'),
      }));
      const refused = (count: number, why: string, cause?: unknown) =>
        new Error(`${count} of ${Entries.length} users could not be queued to be judged again: ${why}`, { cause });
      const answer = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries })).catch((cause: unknown) => {
        throw refused(Entries.length, cause instanceof Error ? cause.message : String(cause), cause);
      });
      const { Failed: [first, ...more] = [] } = answer;
      if (first) throw refused(1 + more.length, first.Message ?? first.Code ?? 'SQS gave no reason');
    }
  };

/** How many such spans after its event a request is made: counted from the event, two deliveries at once are in one. */
function slotOf({ event }: UserRequest, now: Date): number {
  return Math.floor((now.getTime() - Date.parse(event.time)) / sameRequest);
}
