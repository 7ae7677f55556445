import { paginateListObjectsV2, type S3Client, type _Object as S3Object } from '@aws-sdk/client-s3';
import { besideTheLogs, whyBeside } from './beside-the-logs.ts';
import { inOrder } from './in-order.ts';
import type { S3Address } from './s3-address.ts';
import { mayHold, standingOf } from './s3-layout.ts';
import type { TimeSpan } from './time-span.ts';

/** An object that may be a log, or a folder or object that is passed over. */
export type S3Entry =
  | { readonly kind: 'log'; readonly key: string; readonly size: number }
  | { readonly kind: 'skipped'; readonly key: string; readonly why: string };

/** What listing needs besides the place. */
export interface S3Listing {
  readonly client: S3Client;
  /** Leaves out folders and files of other days. */
  readonly span?: TimeSpan;
  /** Aborted: nothing more is listed. */
  readonly signal?: AbortSignal;
}

/** How many folders are listed side by side. */
const atOnce = 16;

type Part = { readonly folder: string; readonly depth: number } | { readonly leaf: string } | { readonly entry: S3Entry };

/**
 * Lists what a bucket holds below a prefix, in key order. Above the months of CloudTrail's tree folders are told apart, so
 * that other times and what is no log are never listed, and the rest is listed side by side.
 */
export async function* listS3({ bucket, prefix }: S3Address, { client, span = {}, signal }: S3Listing): AsyncGenerator<S3Entry> {
  const page = (Prefix: string, Delimiter?: string) =>
    paginateListObjectsV2({ client }, { Bucket: bucket, Prefix, ...(Delimiter === undefined ? {} : { Delimiter }) });

  async function* expand(part: Part): AsyncGenerator<Part> {
    if (!('folder' in part)) return yield part;
    const { folder, depth } = part;
    for await (const { CommonPrefixes = [], Contents = [], IsTruncated, ContinuationToken } of page(folder, '/')) {
      // Objects by the thousand side by side are not held in memory until all folders are known
      if (IsTruncated && ContinuationToken === undefined && CommonPrefixes.length === 0) return yield { leaf: folder };
      const folders = CommonPrefixes.map(({ Prefix = '' }) => ({ key: Prefix, parts: partsOf(Prefix, depth + 1, span) }));
      const objects = Contents.map((object) => ({ key: object.Key ?? '', parts: entriesOf(object, span).map((entry) => ({ entry })) }));
      yield* [...folders, ...objects].sort((a, b) => byKey(a.key, b.key)).flatMap(({ parts }) => parts);
    }
  }

  async function* entries(part: Part): AsyncGenerator<readonly S3Entry[]> {
    if ('entry' in part) yield [part.entry];
    if ('leaf' in part) for await (const { Contents = [] } of page(part.leaf)) yield Contents.flatMap((object) => entriesOf(object, span));
  }

  const { kind } = standingOf(prefix.slice(0, prefix.lastIndexOf('/') + 1), 0, span);
  let parts: Part[] = [kind === 'branch' ? { folder: prefix, depth: 0 } : { leaf: prefix }];
  while (parts.some((part) => 'folder' in part)) {
    const next: Part[] = [];
    for await (const part of inOrder(parts, expand, atOnce)) {
      if (signal?.aborted) return;
      next.push(part);
    }
    parts = next;
  }
  for await (const some of inOrder(parts, entries, atOnce)) {
    if (signal?.aborted) return;
    yield* some;
  }
}

function partsOf(folder: string, depth: number, span: TimeSpan): Part[] {
  const standing = standingOf(folder, depth, span);
  if (standing.kind === 'outside') return [];
  if (standing.kind === 'beside') return [{ entry: { kind: 'skipped', key: folder, why: standing.why } }];
  return standing.kind === 'leaf' ? [{ leaf: folder }] : [{ folder, depth }];
}

/** A key that ends with a slash is what the console makes of an empty folder. */
function entriesOf({ Key = '', Size = 0 }: S3Object, span: TimeSpan): S3Entry[] {
  if (Key.endsWith('/') || !mayHold(Key, span)) return [];
  return [besideTheLogs.test(Key) ? { kind: 'skipped', key: Key, why: whyBeside } : { kind: 'log', key: Key, size: Size }];
}

/** S3's own order: by the bytes of the key, which JavaScript's comparison of UTF-16 units is not. */
function byKey(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
