import { interpret, isOnlyOfRole } from '../../events/interpret.ts';
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
  /** The change, as JSON; empty where it moves nothing. */
  readonly change: string;
}

/** The rank of what moves nothing. */
const afterAll = 255;

/** What a record changes, as an entry; undefined where its event is not in the catalog. */
export function entryOf(record: CloudTrailRecord, source: string): Entry | undefined {
  const id = recordId(record);
  const place = { time: Date.parse(record.eventTime), id: wellFormed(id), source: wellFormed(source) };
  // A good part of a trail, of which only a second delivery is of interest
  if (isOnlyOfRole(record.eventName)) return { ...place, rank: afterAll, change: '' };
  const change = interpret(record, id);
  if (change === undefined) return undefined;
  return { ...place, rank: causalRank(change.effect.kind), change: JSON.stringify(change) };
}

/** The text, or where it holds half a surrogate pair, which can't be written, one that stands for it and for no other id. */
function wellFormed(text: string): string {
  return /[\uD800-\uDFFF]/.test(text) ? JSON.stringify(text) : text;
}
