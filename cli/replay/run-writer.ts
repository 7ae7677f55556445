import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from './entry.ts';
import { byTimeAndCause, mostBytes, type PackedEntry, packEntry, packedAt } from './run-format.ts';

/** Sorted entries: some bytes at hand, or a file of them. */
export type Run = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly file: string };

/** Gathers entries, and gives them back as sorted runs. What is more than may be held goes to files. */
export interface RunWriter {
  add(entry: Entry): void;
  /** Entries that are added until `keep` or `drop` may yet be dropped. */
  begin(): void;
  keep(): void;
  drop(): void;
  /** All that was kept. Nothing may be added after. */
  finish(): Run[];
}

/** Space for the entry that comes when as much is held as may be, in bytes; a larger one makes its own. */
const room = 1 << 17;

/**
 * A writer that holds so many bytes at most, and makes the folder for its files, which it gives names of its own, when it needs one. Entries
 * are packed as they come: the garbage collector has nothing of them to look after.
 */
export function createRunWriter(options: { readonly most: number; readonly name: string; readonly folder: () => string }): RunWriter {
  const { most, name, folder } = options;
  const runs: Run[] = [];
  let bytes = Buffer.allocUnsafeSlow(most + room);
  let [filled, written] = [0, 0];
  /** Where the entries begin that may yet be dropped, and how many runs came before them. */
  let mark = { filled: 0, runs: 0 };

  /** Writes what is held up to a place to a file; the rest moves to the beginning. */
  function spill(upTo: number): void {
    const file = join(folder(), `${name}-${written}.run`);
    written += 1;
    writeFileSync(file, sorted(bytes, upTo));
    runs.push({ file });
    bytes.copyWithin(0, upTo, filled);
    filled -= upTo;
  }

  return {
    add(entry) {
      // What may yet be dropped never shares a file with what is kept
      if (filled >= most && mark.filled > 0) {
        spill(mark.filled);
        mark = { filled: 0, runs: runs.length };
      }
      if (filled > 0 && filled >= most) spill(filled);
      const needed = filled + mostBytes(entry);
      if (needed > bytes.length) bytes = Buffer.concat([bytes.subarray(0, filled)], Math.max(needed, bytes.length * 2));
      filled = packEntry(entry, bytes, filled);
    },
    begin() {
      mark = { filled, runs: runs.length };
    },
    keep() {
      mark = { filled: 0, runs: 0 };
    },
    drop() {
      // Their files stay behind unread, and go with the folder
      runs.length = mark.runs;
      filled = Math.min(filled, mark.filled);
    },
    finish() {
      if (filled > 0) runs.push({ bytes: new Uint8Array(sorted(bytes, filled)) });
      return runs;
    },
  };
}

/** The entries in the first so many bytes, in their order. */
function sorted(bytes: Buffer, filled: number): Buffer {
  const entries: PackedEntry[] = [];
  for (let next = packedAt(bytes, 0, filled); next !== undefined; next = packedAt(bytes, next.end, filled)) entries.push(next);
  const run = Buffer.allocUnsafeSlow(filled);
  let length = 0;
  for (const { at, end } of entries.sort(byTimeAndCause)) length += bytes.copy(run, length, at, end);
  return run;
}
