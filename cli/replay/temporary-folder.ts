import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is made when it is first needed, for this user's eyes only, and removed when the process ends, however it ends. */
export interface TemporaryFolder {
  readonly path: string;
  make(): void;
  remove(): void;
}

/** A folder of the system's for temporary files, of a name that nobody can guess. */
export function createTemporaryFolder(): TemporaryFolder {
  const path = join(tmpdir(), `trailguard-${randomUUID()}`);
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  process.once('exit', remove);
  return {
    path,
    make: () => void mkdirSync(path, { recursive: true, mode: 0o700 }),
    remove() {
      process.off('exit', remove);
      remove();
    },
  };
}
