import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** A folder for the files of one test, made before it and removed after it. */
export interface Scratch {
  readonly folder: string;
  /** Writes a file, with the folders above it; returns its path. */
  file(name: string, content: string | Uint8Array | object): Promise<string>;
}

/** Gives every test of the calling file a folder of its own. */
export function useScratch(): Scratch {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trailguard-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  return {
    get folder() {
      return folder;
    },
    async file(name, content) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content));
      return path;
    },
  };
}
