import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { S3Address } from './s3-address.ts';

/** Objects of buckets, kept in a folder as they arrive, so that no later run fetches them again. */
export interface S3Cache {
  /** The object as kept; undefined where it is not, or has another size than it has now. */
  get(object: CachedObject): Promise<Uint8Array | undefined>;
  keep(object: CachedObject, bytes: Uint8Array): Promise<void>;
}

/** An object of a bucket, and its size in bytes as the listing told it. */
export interface CachedObject extends Pick<S3Address, 'bucket'> {
  readonly key: string;
  readonly size: number;
}

/** The longest name of a file that every file system takes, less what a temporary name adds. */
const longestName = 180;

/** A cache in a folder, `FOLDER/bucket/key`: a tree that `replay` also reads by itself. A file in it is whole, or not there. */
export function createS3Cache(folder: string): S3Cache {
  return {
    async get(object) {
      const path = pathOf(folder, object);
      const found = await stat(path).catch(() => undefined);
      return found?.isFile() && found.size === object.size ? readFile(path) : undefined;
    },
    async keep(object, bytes) {
      const path = pathOf(folder, object);
      // Hidden, so that what an interrupted run leaves is no log to anyone
      const temporary = join(dirname(path), `.${randomUUID()}.part`);
      await mkdir(dirname(path), { recursive: true });
      try {
        await writeFile(temporary, bytes, { flag: 'wx' });
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
  };
}

/** Keys are foreign text: no part of one may lead out of the folder, and no two keys to one file. */
function pathOf(folder: string, { bucket, key }: CachedObject): string {
  return join(folder, bucket, ...key.split('/').map(nameOf));
}

function nameOf(part: string): string {
  if (part === '') return '%2F';
  const name = part.replace(/[^A-Za-z0-9._=+@-]|^\./gu, percent);
  if (name.length <= longestName) return name;
  return `${name.slice(0, longestName - 65)}%${createHash('sha256').update(part).digest('hex')}`;
}

function percent(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
