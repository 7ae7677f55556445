import { isUtf8 } from 'node:buffer';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { gzipFault, isGzip, isUtf16, markLength, noText } from './decode-text.ts';
import { textOf } from './read-bytes.ts';
import { holdsNoRecords, itemsOf, itemsOfLine } from './read-text.ts';
import { recordsIn, recordsInElement } from './records-in.ts';
import { createLineSplitter } from './split-lines.ts';
import { createListSplitter, type Unsplit } from './split-list.ts';
import type { TrailItem } from './trail-item.ts';

/** What is read at a time, in bytes. JSON lines are told by what is in the first. */
const firstWindow = 16 << 20;

/** The largest record, or line, in bytes: a trail's records have some kilobytes, and at most 256. */
const largestWindow = 128 << 20;

/** Takes the items of a source one after the other. */
export interface ItemSink {
  item(item: TrailItem): void;
  /** What was given of this source before does not count. */
  restart(): void;
}

/** Splits windows of bytes; `tell` is called at the end. */
interface Reader {
  split(bytes: Uint8Array, from: number, to: number, isLast: boolean): number | Unsplit;
  finish(): string | undefined;
  readonly place: string;
}

/**
 * Reads what is too large to be read at once, in bounded memory: plain or gzip, a list of records or JSON lines. A fault anywhere takes
 * back all that was given before, as it does where a file is read at once. Gives the number of bytes, unpacked.
 */
export async function readStream(source: string, chunks: AsyncIterable<Uint8Array>, service: string, sink: ItemSink): Promise<number> {
  let window: Buffer = Buffer.allocUnsafeSlow(firstWindow);
  let [filled, total, consumed] = [0, 0, 0];
  let reader: Reader | undefined;
  const fail = (message: string): number => {
    sink.restart();
    sink.item({ kind: 'problem', source, message });
    return total;
  };
  const skip = (why: string): number => {
    sink.restart();
    sink.item({ kind: 'skipped', source, why });
    return total;
  };

  /** Splits what is in the window; a text where that is the end of it. */
  function take(isLast: boolean): { readonly fault: string } | { readonly noTrail: string } | undefined {
    const bytes = window.subarray(0, filled);
    reader ??= listReader(source, service, sink);
    let at = reader.split(bytes, 0, filled, isLast);
    if (typeof at === 'string' && at !== 'malformed' && consumed === 0) {
      sink.restart();
      reader = lineReader(source, service, sink);
      at = reader.split(bytes, 0, filled, isLast);
    }
    if (at === 'other') return { noTrail: holdsNoRecords };
    if (at === 'more') return { fault: 'malformed JSON: something follows the list of records' };
    if (at === 'malformed') return { fault: `malformed JSON ${reader.place}${isLast ? ', where the text ends' : ''}` };
    if (!isUtf8(bytes.subarray(0, at))) return { fault: noText };
    window.copyWithin(0, at, filled);
    filled -= at;
    consumed += at;
    const noTrail = isLast ? reader.finish() : undefined;
    return noTrail === undefined ? undefined : { noTrail };
  }

  try {
    for await (const chunk of plain(chunks)) {
      total += chunk.length;
      for (let from = 0; from < chunk.length; ) {
        const room = Math.min(window.length - filled, chunk.length - from);
        window.set(chunk.subarray(from, from + room), filled);
        filled += room;
        from += room;
        if (filled < window.length) continue;
        const ended = take(false);
        if (ended !== undefined) return 'fault' in ended ? fail(ended.fault) : skip(ended.noTrail);
        if (filled < window.length) continue;
        if (window.length >= largestWindow) return fail(`a record is larger than ${largestWindow >> 20} MB`);
        window = Buffer.concat([window], window.length * 2);
      }
    }
    const ended = take(true);
    if (ended === undefined) return total;
    return 'fault' in ended ? fail(ended.fault) : skip(ended.noTrail);
  } catch (error) {
    return fail(isZlibFault(error) ? gzipFault(error) : error instanceof TypeError ? noText : messageOf(error));
  }
}

function listReader(source: string, service: string, sink: ItemSink): Reader {
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

function lineReader(source: string, service: string, sink: ItemSink): Reader {
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

/** The bytes without gzip, and in UTF-8 without its mark. */
async function* plain(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const [first, all] = await peeked(chunks);
  if (!isGzip(first)) yield* inUtf8(first, all);
  else {
    const unpacked: AsyncIterable<Uint8Array> = pipeline(Readable.from(all), createGunzip({ chunkSize: 1 << 18 }), () => {});
    yield* inUtf8(...(await peeked(unpacked)));
  }
}

async function* inUtf8(first: Uint8Array, all: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (isUtf16(first)) {
    const decoder = new TextDecoder('utf-16le', { fatal: true });
    for await (const chunk of all) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
    return;
  }
  let mark = markLength(first);
  for await (const chunk of all) {
    yield chunk.subarray(mark);
    mark = 0;
  }
}

/** The first bytes, three at least where there are so many, and all bytes. */
async function peeked(chunks: AsyncIterable<Uint8Array>): Promise<[Uint8Array, AsyncIterable<Uint8Array>]> {
  const iterator = chunks[Symbol.asyncIterator]();
  let first: Uint8Array = new Uint8Array();
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    first = first.length === 0 ? next.value : Buffer.concat([first, next.value]);
    if (first.length >= 3) break;
  }
  const all = async function* () {
    try {
      yield first;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  };
  return [first, all()];
}

function isZlibFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_/.test(String(error.code));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
