import { closeSync, openSync, readSync } from 'node:fs';
import { byTimeAndCause, type Entry } from './entry.ts';
import { decodeEntry } from './run-format.ts';
import type { Run } from './run-writer.ts';

/** What is read of each file at a time, in bytes. */
const readAtOnce = 1 << 17;

/** The entries of all runs in one order, from a bounded part of each at a time. */
export function* mergeRuns(runs: readonly Run[]): Generator<Entry> {
  const heap: Head[] = [];
  const readers = runs.map((run) =>
    'bytes' in run ? inMemory(Buffer.from(run.bytes.buffer, run.bytes.byteOffset, run.bytes.length)) : inFile(run.file),
  );
  try {
    for (const next of readers) {
      const entry = next.next();
      if (entry !== undefined) push(heap, { entry, next });
    }
    for (let top = heap[0]; top !== undefined; top = heap[0]) {
      yield top.entry;
      const entry = top.next.next();
      if (entry !== undefined) top.entry = entry;
      else {
        const last = heap.pop();
        if (last === undefined || last === top) continue;
        heap[0] = last;
      }
      sink(heap);
    }
  } finally {
    for (const reader of readers) reader.close();
  }
}

interface RunReader {
  next(): Entry | undefined;
  close(): void;
}

interface Head {
  entry: Entry;
  readonly next: RunReader;
}

function inMemory(bytes: Buffer): RunReader {
  let at = 0;
  return {
    next() {
      const decoded = decodeEntry(bytes, at);
      at = decoded?.end ?? at;
      return decoded?.entry;
    },
    close: () => {},
  };
}

function inFile(path: string): RunReader {
  const file = openSync(path, 'r');
  let window = Buffer.allocUnsafeSlow(readAtOnce);
  let [at, filled] = [0, 0];

  function fill(): boolean {
    window.copyWithin(0, at, filled);
    filled -= at;
    at = 0;
    if (filled === window.length) window = Buffer.concat([window], window.length * 2);
    const count = readSync(file, window, filled, window.length - filled, null);
    filled += count;
    return count > 0;
  }

  return {
    next() {
      for (;;) {
        const decoded = decodeEntry(window.subarray(0, filled), at);
        if (decoded !== undefined) {
          at = decoded.end;
          return decoded.entry;
        }
        if (!fill()) return undefined;
      }
    },
    close: () => closeSync(file),
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
