import { closeSync, openSync, readSync } from 'node:fs';
import { byTimeAndCause, type PackedEntry, packedAt } from './run-format.ts';
import type { Run } from './run-writer.ts';

/** What is read of each file at a time, in bytes. */
const readAtOnce = 1 << 16;

/** The entries of all runs in one order, from a bounded part of each at a time. Each is good until the next is asked for. */
export function* mergeRuns(runs: readonly Run[]): Generator<PackedEntry> {
  const heap: Head[] = [];
  for (const run of runs) {
    const next = 'bytes' in run ? inMemory(Buffer.from(run.bytes.buffer, run.bytes.byteOffset, run.bytes.length)) : inFile(run.file);
    const entry = next();
    if (entry !== undefined) push(heap, { entry, next });
  }
  for (let top = heap[0]; top !== undefined; top = heap[0]) {
    yield top.entry;
    const entry = top.next();
    if (entry !== undefined) top.entry = entry;
    else {
      const last = heap.pop();
      if (last === undefined || last === top) continue;
      heap[0] = last;
    }
    sink(heap);
  }
}

type NextEntry = () => PackedEntry | undefined;

interface Head {
  entry: PackedEntry;
  readonly next: NextEntry;
}

function inMemory(bytes: Buffer): NextEntry {
  let at = 0;
  return () => {
    const entry = packedAt(bytes, at, bytes.length);
    at = entry?.end ?? at;
    return entry;
  };
}

/** The file is opened for each part that is read: of a huge trail there are more files than may be open at a time. */
function inFile(path: string): NextEntry {
  let window = Buffer.allocUnsafeSlow(readAtOnce);
  let [at, filled, place] = [0, 0, 0];

  function fill(): boolean {
    window.copyWithin(0, at, filled);
    filled -= at;
    at = 0;
    if (filled === window.length) window = Buffer.concat([window], window.length * 2);
    const file = openSync(path, 'r');
    try {
      const count = readSync(file, window, filled, window.length - filled, place);
      filled += count;
      place += count;
      return count > 0;
    } finally {
      closeSync(file);
    }
  }

  return () => {
    for (;;) {
      const entry = packedAt(window, at, filled);
      if (entry !== undefined) {
        at = entry.end;
        return entry;
      }
      if (!fill()) return undefined;
    }
  };
}

/** Adds to a heap, whose first is the least. */
function push(heap: Head[], head: Head): void {
  heap.push(head);
  for (let at = heap.length - 1; at > 0; ) {
    const above = (at - 1) >> 1;
    if (!swapped(heap, above, at)) return;
    at = above;
  }
}

/** Brings the first of a heap to its place. */
function sink(heap: Head[]): void {
  for (let at = 0; ; ) {
    const left = at * 2 + 1;
    const [one, other] = [heap[left], heap[left + 1]];
    if (one === undefined) return;
    const least = other !== undefined && byTimeAndCause(other.entry, one.entry) < 0 ? left + 1 : left;
    if (!swapped(heap, at, least)) return;
    at = least;
  }
}

function swapped(heap: Head[], above: number, below: number): boolean {
  const [one, other] = [heap[above], heap[below]];
  if (one === undefined || other === undefined || byTimeAndCause(one.entry, other.entry) <= 0) return false;
  heap[above] = other;
  heap[below] = one;
  return true;
}
