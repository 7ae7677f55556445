import { createHash } from 'node:crypto';
import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';

/**
 * The id of a record, and of its verdict: the eventID, or where it has none a hash of the whole record. A function of the
 * record and nothing else, so that a redelivered event gives the same id.
 */
export function recordId(record: CloudTrailRecord): string {
  return record.eventID ? record.eventID : `sha256-${createHash('sha256').update(canonical(record)).digest('hex')}`;
}

/** JSON with sorted keys: the same record gives the same text, however its keys were ordered on the way. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
