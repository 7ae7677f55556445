import { interpret } from '../../events/interpret.ts';
import { recordId } from '../../guard/record-id.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import { causalRank } from '../causal-order.ts';

/** A change on its way from the reading to the judging, with what orders it. */
export interface Entry {
  /** Of the event, in milliseconds since 1970. */
  readonly time: number;
  readonly rank: number;
  readonly id: string;
  /** The input that it came from. */
  readonly source: string;
  /** The change, as JSON. */
  readonly change: string;
}

/** What a record changes, as an entry; undefined where its event is not in the catalog. */
export function entryOf(record: CloudTrailRecord, source: string): Entry | undefined {
  const change = interpret(record, recordId(record));
  if (change === undefined) return undefined;
  return {
    time: Date.parse(change.eventTime),
    rank: causalRank(change.effect.kind),
    id: wellFormed(change.id),
    source: wellFormed(source),
    change: JSON.stringify(change),
  };
}

/**
 * Compares entries by time, cause and id. EventTime has whole seconds, and neither files nor the records in them are in order. Where one id
 * comes with two contents the contents decide, so that there is one order for any order of the files.
 */
export function byTimeAndCause(a: Entry, b: Entry): number {
  return a.time - b.time || a.rank - b.rank || compared(a.id, b.id) || compared(a.change, b.change) || compared(a.source, b.source);
}

function compared(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The same text after it was written and read again: half a surrogate pair can't be written. */
function wellFormed(text: string): string {
  return /[\uD800-\uDFFF]/.test(text) ? Buffer.from(text).toString() : text;
}
