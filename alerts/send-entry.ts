import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { AlertError } from './alert-error.ts';

const attempts = 4;
const firstDelay = 100;

/** The longest that an entry is being sent, retries and all, in milliseconds. */
export const longestSending = 20_000;

/** What a publisher needs. `sleep` (milliseconds) and `random` (0 to 1) are the real ones unless a test hands in others. */
export interface PublisherOptions {
  readonly client: EventBridgeClient;
  readonly busName: string;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  readonly random?: () => number;
}

/**
 * Sends an entry to the guard's own bus; `what` is what it is, for an error. EventBridge answers 200 to an entry that it did not take: such an
 * entry is sent again, up to four times in all. Where it is still not taken, not in 20 seconds, or the client throws (after retries of its own), it throws `AlertError`.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export const createSender = ({
  client,
  busName,
  sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random = Math.random,
}: PublisherOptions): ((entry: PutEventsRequestEntry, what: string) => Promise<void>) => {
  /** Why EventBridge did not take the entry, or undefined where it did. */
  const refusal = async (entry: PutEventsRequestEntry, abortSignal: AbortSignal): Promise<string | undefined> => {
    const answer = await client.send(new PutEventsCommand({ Entries: [entry] }), { abortSignal });
    const failed = answer.Entries?.find((result) => result.ErrorCode !== undefined);
    if (failed !== undefined) return `${failed.ErrorCode}: ${failed.ErrorMessage ?? 'no message'}`;
    return (answer.FailedEntryCount ?? 0) > 0 ? 'EventBridge gave no reason' : undefined;
  };

  return async (entry, what) => {
    const notTaken = `${what} was not taken by event bus \`${busName}\``;
    const inTime = AbortSignal.timeout(longestSending);
    for (let attempt = 1; ; attempt++) {
      const why = await refusal(entry, inTime).catch((cause: unknown) => {
        throw new AlertError(`${notTaken}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      });
      if (why === undefined) return;
      if (attempt === attempts) throw new AlertError(`${notTaken} in ${attempts} attempts: ${why}`);
      await sleep(random() * firstDelay * 2 ** (attempt - 1));
    }
  };
};
