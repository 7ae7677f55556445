import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { isCredentialFault, isDenied, messageOf } from './aws-answer.ts';
import type { S3Address } from './s3-address.ts';
import { type CachedObject, createS3Cache, type S3Cache } from './s3-cache.ts';
import { readingFault } from './s3-fault.ts';

/** The objects of a bucket. */
export interface S3Objects {
  /** The bytes of an object, of a size that the listing told. Rejects with what a person should read. */
  get(key: string, size: number): Promise<Uint8Array>;
  /** Why no other object can be fetched either; undefined as long as one may. */
  readonly hopeless: string | undefined;
}

/** The SDK tries requests again, but not an answer that breaks off. */
const tries = 3;
/** So many objects that may not be read, and none that may, say that it will be so with all. */
const mostDenied = 20;

/** Fetches objects, and where there is a `cache` keeps them there. What the cache could not keep is told to `warn` once. */
export function createS3Objects(
  { bucket }: S3Address,
  { client, cache, warn }: { readonly client: S3Client; readonly cache?: string; warn?(message: string): void },
): S3Objects {
  const kept = cache === undefined ? undefined : createS3Cache(cache);
  let hopeless: string | undefined;
  let [fetched, denied] = [0, 0];
  let warned = false;

  async function keep(into: S3Cache, object: CachedObject, bytes: Uint8Array): Promise<void> {
    try {
      await into.keep(object, bytes);
    } catch (error) {
      if (!warned) warn?.(`--cache: \`${cache}\` does not keep what is fetched, and the next run fetches it again: ${messageOf(error)}`);
      warned = true;
    }
  }

  return {
    async get(key, size) {
      const object = { bucket, key, size };
      const known = await kept?.get(object);
      if (known !== undefined) return known;
      try {
        const bytes = await fetchObject(client, bucket, key);
        fetched += 1;
        if (kept !== undefined) await keep(kept, object, bytes);
        return bytes;
      } catch (error) {
        if (isDenied(error)) denied += 1;
        if (isCredentialFault(error) || (fetched === 0 && denied >= mostDenied)) hopeless = readingFault(error);
        throw new Error(readingFault(error), { cause: error });
      }
    },
    get hopeless() {
      return hopeless;
    },
  };
}

async function fetchObject(client: S3Client, Bucket: string, Key: string): Promise<Uint8Array> {
  for (let left = tries - 1; ; left -= 1) {
    const { Body, ContentLength } = await client.send(new GetObjectCommand({ Bucket, Key }));
    try {
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
      if (ContentLength === undefined || bytes.length === ContentLength) return bytes;
      throw new Error(`${bytes.length} of ${ContentLength} bytes came`);
    } catch (error) {
      if (left === 0) throw new Error(`the answer of S3 broke off ${tries} times: ${messageOf(error)}`, { cause: error });
    }
  }
}
