import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { byTimeAndCause, type Entry } from './entry.ts';
import { encodeRun } from './run-format.ts';

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

/** What an entry takes besides its texts, in bytes. */
const overhead = 200;

/** A writer that holds so many bytes at most, and makes the folder for its files, which it gives names of its own, when it needs one. */
export function createRunWriter(options: { readonly most: number; readonly name: string; readonly folder: () => string }): RunWriter {
  const { most, name, folder } = options;
  const runs: Run[] = [];
  let entries: Entry[] = [];
  let [held, written] = [0, 0];
  let mark: { readonly entries: number; readonly runs: number; readonly held: number } = { entries: 0, runs: 0, held: 0 };

  function spill(): void {
    const file = join(folder(), `${name}-${written}.run`);
    written += 1;
    writeFileSync(file, encodeRun(entries.sort(byTimeAndCause)));
    runs.push({ file });
    entries = [];
    held = 0;
  }

  return {
    add(entry) {
      // What may yet be dropped never shares a file with what is kept
      if (held >= most && mark.entries > 0) {
        const doubtful = entries.splice(mark.entries);
        spill();
        mark = { entries: 0, runs: runs.length, held: 0 };
        for (const one of doubtful) {
          entries.push(one);
          held += sizeOf(one);
        }
      }
      if (held >= most) spill();
      entries.push(entry);
      held += sizeOf(entry);
    },
    begin() {
      mark = { entries: entries.length, runs: runs.length, held };
    },
    keep() {
      mark = { entries: 0, runs: 0, held: 0 };
    },
    drop() {
      // Their files stay behind unread, and go with the folder
      runs.length = mark.runs;
      entries.length = Math.min(entries.length, mark.entries);
      held = mark.held;
    },
    finish() {
      if (entries.length > 0) runs.push({ bytes: new Uint8Array(encodeRun(entries.sort(byTimeAndCause))) });
      entries = [];
      return runs;
    },
  };
}

function sizeOf({ id, source, change }: Entry): number {
  return overhead + id.length + source.length + change.length;
}
