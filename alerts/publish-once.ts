import { IdempotencyAlreadyInProgressError, IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Verdict } from '../schemas/verdict.ts';
import { longestSending } from './send-entry.ts';

/**
 * How long a record says that its alert was told, in seconds: 30 days. An event can come again for that long: 24 hours at EventBridge, 14 days in
 * `UndeliveredEvents`, six hours at Lambda, 14 days in `FailedEvents`, six hours at Lambda once more.
 */
const recordSeconds = 30 * 24 * 3_600;

/** How long a record holds off others while its alert is being told, in milliseconds: longer than telling lasts, shorter than Lambda waits before it tries again (a minute). */
const underWay = longestSending + 10_000;

/** Which look at an event a verdict is of: the first, at the change, or the second, at one of its users when IAM has settled. */
export type Look = 'first' | 'second';

/** Tells a verdict. Throws where it could not be delivered. */
export type Publish = (verdict: Verdict, look?: Look) => Promise<void>;

/** Where it is written down that an alert was told: a DynamoDB table. */
export interface AlertRecords {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

/** Told what a publisher did other than tell an alert and write it down. */
export interface OnceWatch {
  /** The alert was told earlier, and is not told again. */
  repeated(verdict: Verdict): void;
  /** The alert is told, now or just before, although it can't be written down: told once more, it would be repeated. */
  unrecorded(verdict: Verdict, error: unknown): void;
}

/**
 * A publisher that tells a verdict once, and never zero times. Of the first look, verdicts with the same id, outcome and severity are the same. One that
 * another invocation is telling at this moment throws, so that it is tried again. Where the table does not answer, the alert is told all the same. A process
 * that dies between telling and writing it down repeats it at the next try.
 * @see https://docs.aws.amazon.com/powertools/typescript/latest/features/idempotency/
 */
export const createOncePublisher = (publish: Publish, { client, tableName }: AlertRecords, watch: OnceWatch): Publish => {
  const persistenceStore = new DynamoDBPersistenceLayer({ tableName, awsSdkV3Client: client });
  const config = new IdempotencyConfig({ expiresAfterSeconds: recordSeconds, hashFunction: 'sha256' });
  const context = { getRemainingTimeInMillis: () => underWay };
  return async (verdict, look = 'first') => {
    let telling: Promise<void> | undefined;
    const tell = (_key: unknown, _context: typeof context): Promise<void> => {
      telling = publish(verdict, look);
      return telling;
    };
    try {
      // The context makes the record of a process that dies expire soon.
      await makeIdempotent(tell, { persistenceStore, config, keyPrefix: 'alert' })(keyOf(verdict, look), context);
    } catch (error) {
      if (telling === undefined && error instanceof IdempotencyAlreadyInProgressError) throw error;
      await (telling ?? publish(verdict, look));
      watch.unrecorded(verdict, error);
      return;
    }
    if (telling === undefined) watch.repeated(verdict);
  };
};

/** What two deliveries of the same news have in common. The second look may find more under the same id, outcome and severity: of another user, or by other rules. */
function keyOf({ id, outcome, severity, subject, findings }: Verdict, look: Look): readonly string[] {
  const key = [id, outcome, severity];
  if (look === 'first') return key;
  const found = findings.map(({ rule, severity: own, services = [], paths = [] }) => [rule, own, ...services, ...paths].join(' '));
  return [...key, 'second look', subject.name?.toLowerCase() ?? '', ...found.toSorted()];
}
