import { gzipSync } from 'node:zlib';
import { record } from '../records.ts';

/** A log of CloudTrail with one record, as it lies in a bucket. */
export function log(eventID: string): Uint8Array {
  return gzipSync(JSON.stringify({ Records: [record('CreateUser', { eventID })] }));
}

/** The key of a log in the tree that CloudTrail writes. */
export function logKey(
  day: string,
  { account = '111122223333', region = 'us-east-1', root = 'AWSLogs/', kind = 'CloudTrail', at = '0005', id = 'aB3dE5gH7jK9mN1p' } = {},
): string {
  const [y, m, d] = day.split('-');
  return `${root}${account}/${kind}/${region}/${y}/${m}/${d}/${account}_${kind}_${region}_${y}${m}${d}T${at}Z_${id}.json.gz`;
}

/** All that an iteration gives. */
export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}
