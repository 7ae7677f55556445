import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Verdict } from '../schemas/verdict.ts';

/**
 * The most bytes that EventBridge is asked to take in one entry: 256 KB, which Lambda, SQS and SNS behind the bus can carry too.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 */
export const maxEntryBytes = 256 * 1024;

const timeBytes = 14;

const utf8Bytes = (text: string | undefined): number => (text === undefined ? 0 : new TextEncoder().encode(text).length);

/**
 * An entry's size as AWS counts it: UTF-8 bytes of source, detail-type, detail and resources, and 14 for a time.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size
 */
export const entryBytes = (entry: PutEventsRequestEntry): number =>
  utf8Bytes(entry.Source) +
  utf8Bytes(entry.DetailType) +
  utf8Bytes(entry.Detail) +
  (entry.Resources ?? []).reduce((sum, resource) => sum + utf8Bytes(resource), 0) +
  (entry.Time === undefined ? 0 : timeBytes);

/** A verdict as an entry of the guard's own bus. The entry has no time of its own: the event's is in the detail. */
export const entryOf = (verdict: Verdict, busName: string): PutEventsRequestEntry => ({
  EventBusName: busName,
  Source: 'trailguard',
  DetailType: 'IAM Policy Verdict',
  Detail: JSON.stringify(verdict),
});
