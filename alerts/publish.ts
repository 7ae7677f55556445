import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Verdict } from '../schemas/verdict.ts';
import { AlertError } from './alert-error.ts';
import { fitVerdict } from './detail-size.ts';
import { entryBytes, entryOf, maxEntryBytes } from './entry.ts';

const attempts = 4;
const firstDelay = 100;

/** What a publisher needs. `sleep` (milliseconds) and `random` (0 to 1) are the real ones unless a test hands in others. */
export interface PublisherOptions {
  readonly client: EventBridgeClient;
  readonly busName: string;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  readonly random?: () => number;
}

/**
 * A publisher of verdicts on the guard's own bus. EventBridge answers 200 to an entry that it did not take: such an entry is sent
 * again, up to four times in all. Where it is still not taken, or the client throws (after retries of its own), it throws `AlertError`.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export const createPublisher = ({
  client,
  busName,
  sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random = Math.random,
}: PublisherOptions): ((verdict: Verdict) => Promise<void>) => {
  /** Why EventBridge did not take the entry, or undefined where it did. */
  const refusal = async (entry: PutEventsRequestEntry): Promise<string | undefined> => {
    const answer = await client.send(new PutEventsCommand({ Entries: [entry] }));
    const failed = answer.Entries?.find((result) => result.ErrorCode !== undefined);
    if (failed !== undefined) return `${failed.ErrorCode}: ${failed.ErrorMessage ?? 'no message'}`;
    return (answer.FailedEntryCount ?? 0) > 0 ? 'EventBridge gave no reason' : undefined;
  };

  return async (verdict) => {
    const fitting = fitVerdict(verdict, (candidate) => entryBytes(entryOf(candidate, busName)) <= maxEntryBytes);
    const entry = entryOf(fitting, busName);
    const notTaken = `verdict \`${verdict.id}\` was not taken by event bus \`${busName}\``;
    for (let attempt = 1; ; attempt++) {
      const why = await refusal(entry).catch((cause: unknown) => {
        throw new AlertError(`${notTaken}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      });
      if (why === undefined) return;
      if (attempt === attempts) throw new AlertError(`${notTaken} in ${attempts} attempts: ${why}`);
      await sleep(random() * firstDelay * 2 ** (attempt - 1));
    }
  };
};
