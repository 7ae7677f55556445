import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { isCredentialFault } from './aws-answer.ts';
import type { FoundSource } from './found-source.ts';
import { parseS3Address } from './s3-address.ts';
import { listingFault } from './s3-fault.ts';
import { listS3 } from './s3-listing.ts';
import { createS3Objects } from './s3-objects.ts';
import type { TimeSpan } from './time-span.ts';

/** What reading from S3 needs besides the address. */
export interface S3Input {
  readonly client: S3Client;
  /** Leaves out what was delivered on other days, with a day's margin. */
  readonly span?: TimeSpan;
  /** Keeps what is fetched in this folder, and fetches nothing that is there. */
  readonly cache?: string;
  /** Aborted: nothing more is listed. */
  readonly signal?: AbortSignal;
  /** Told once what the cache could not keep. */
  warn?(message: string): void;
}

/** An S3 client that finds a bucket's Region by itself, and tries again where S3 asks for it. */
export function createS3Client(overrides: S3ClientConfig = {}): S3Client {
  return new S3Client({
    followRegionRedirects: true,
    retryMode: 'standard',
    maxAttempts: 6,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
    ...overrides,
  });
}

/**
 * The logs of CloudTrail below `s3://bucket/prefix`, in key order: whatever begins with the prefix, as with `aws s3 ls`.
 * Throws only where there are no credentials, or AWS does not take them, or no Region is named; any other fault is a problem of the address.
 */
export async function* s3Sources(path: string, input: S3Input): AsyncGenerator<FoundSource> {
  const address = parseS3Address(path);
  if (address === undefined) {
    yield { kind: 'problem', source: path, message: 'no bucket is named: expected `s3://bucket/prefix`' };
    return;
  }
  const nameOf = (key: string) => `s3://${address.bucket}/${key}`;
  const objects = createS3Objects(address, input);
  let logs = 0;
  try {
    for await (const entry of listS3(address, input)) {
      const { hopeless } = objects;
      if (hopeless !== undefined) {
        yield { kind: 'problem', source: path, message: `${hopeless}; the objects from \`${entry.key}\` on are not read` };
        return;
      }
      if (entry.kind === 'skipped') yield { kind: 'skipped', source: nameOf(entry.key), why: entry.why };
      else {
        const { key, size } = entry;
        logs += 1;
        yield { name: nameOf(key), size, read: () => objects.get(key, size) };
      }
    }
  } catch (error) {
    if (isCredentialFault(error) || isWithoutRegion(error)) throw error;
    const so = logs > 0 ? ` (after ${logs === 1 ? '1 log, which is' : `${logs} logs, which are`} read all the same)` : '';
    yield { kind: 'problem', source: path, message: `${listingFault(error, address.bucket)}${so}` };
    return;
  }
  if (logs === 0 && !input.signal?.aborted)
    yield { kind: 'problem', source: path, message: 'no CloudTrail log begins with this, in the time asked for' };
}

function isWithoutRegion(error: unknown): boolean {
  return error instanceof Error && /region is missing/i.test(error.message);
}
