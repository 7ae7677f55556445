import { textOf } from './read-bytes.ts';
import { holdsNoRecords, itemsOf, itemsOfLine } from './read-text.ts';
import { recordsIn, recordsInElement } from './records-in.ts';
import { createLineSplitter } from './split-lines.ts';
import { createListSplitter, type Unsplit } from './split-list.ts';
import type { ItemSink } from './trail-item.ts';

/** Gives the items in windows of bytes, which follow one another. */
export interface WindowReader {
  /** As that of a `ListSplitter`. */
  split(bytes: Uint8Array, from: number, to: number, isLast: boolean): number | Unsplit;
  /** Called at the end: why this is no trail, where it is none. */
  finish(): string | undefined;
  /** How far it came, in words. */
  readonly place: string;
}

/** Reads a list of records. */
export function createListReader(source: string, service: string, sink: ItemSink): WindowReader {
  let isTrail = false;
  const splitter = createListSplitter(service, (kind, index, bytes, start, end) => {
    const value: unknown = JSON.parse(textOf(bytes, start, end));
    const found = recordsInElement(kind, index, value);
    isTrail ||= found !== undefined;
    for (const item of itemsOf(source, found ?? [{ pointer: `/${index}`, value }], service)) sink.item(item);
  });
  return {
    split: splitter.split,
    finish: () => (isTrail || splitter.sawForeign || splitter.elements === 0 ? undefined : holdsNoRecords),
    get place() {
      return `after record ${splitter.elements}`;
    },
  };
}

/** Reads JSON lines; it says `other` where the first window holds none. */
export function createLineReader(source: string, service: string, sink: ItemSink): WindowReader {
  let isLines: boolean | undefined;
  const splitter = createLineSplitter(service, (number, bytes, start, end) => {
    for (const item of itemsOfLine(source, textOf(bytes, start, end), number, service)) sink.item(item);
  });
  return {
    split(bytes, from, to, isLast) {
      // Whether these are JSON lines is told by the first of them; what comes later is bad lines at worst
      isLines ??= areLines(bytes, from, to, isLast, service);
      return isLines ? splitter.split(bytes, from, to, isLast) : 'other';
    },
    finish: () => undefined,
    place: '',
  };
}

function areLines(bytes: Uint8Array, from: number, to: number, isLast: boolean, service: string): boolean {
  let isTrail = false;
  let whole = 0;
  const probe = createLineSplitter(service, (_, text, start, end) => {
    if (probe.whole > whole) isTrail ||= recordsIn(JSON.parse(textOf(text, start, end))) !== undefined;
    whole = probe.whole;
  });
  probe.split(bytes, from, to, isLast);
  return (isTrail || probe.sawForeign) && probe.whole * 2 >= probe.written;
}
