import { isUtf8 } from 'node:buffer';
import { decodeUnpacked, isUtf16, markLength } from './decode-text.ts';
import { itemsOf, itemsOfLine, readText } from './read-text.ts';
import { recordsInElement } from './records-in.ts';
import { createLineSplitter } from './split-lines.ts';
import { createListSplitter } from './split-list.ts';
import type { ItemSink } from './trail-item.ts';

/**
 * Gives what unpacked bytes hold for one service, item by item, so that records need not be held together. It gives what `readText` gives, and
 * asks it wherever the bytes are not plainly a list of records or JSON lines; but records of other services, which are most of a trail,
 * are passed by without being built.
 */
export function readBytes(source: string, bytes: Uint8Array, service: string, sink: ItemSink): void {
  if (!isUtf16(bytes) && isUtf8(bytes)) {
    const text = bytes.subarray(markLength(bytes));
    if (fromList(source, text, service, sink)) return;
    sink.restart();
    if (fromLines(source, text, service, sink)) return;
    sink.restart();
  }
  const decoded = decodeUnpacked(bytes);
  if ('why' in decoded) {
    sink.item(decoded.binary ? { kind: 'skipped', source, why: decoded.why } : { kind: 'problem', source, message: decoded.why });
    return;
  }
  const read = readText(source, decoded.text, service);
  if ('items' in read) for (const item of read.items) sink.item(item);
  else sink.item({ kind: 'skipped', source, why: read.noTrail });
}

/** False where the bytes are no list of records: then nothing of what was given counts. */
function fromList(source: string, bytes: Uint8Array, service: string, sink: ItemSink): boolean {
  let isTrail = true;
  const splitter = createListSplitter(service, (kind, index, text, start, end) => {
    const found = recordsInElement(kind, index, JSON.parse(textOf(text, start, end)));
    if (found === undefined) isTrail = false;
    else for (const item of itemsOf(source, found, service)) sink.item(item);
  });
  const end = splitter.split(bytes, 0, bytes.length, true);
  return typeof end === 'number' && isTrail;
}

/** False where the bytes are not plainly JSON lines: then nothing of what was given counts. */
function fromLines(source: string, bytes: Uint8Array, service: string, sink: ItemSink): boolean {
  const splitter = createLineSplitter(service, (number, text, start, end) => {
    if (splitter.whole !== splitter.written) return;
    for (const item of itemsOfLine(source, textOf(text, start, end), number, service)) sink.item(item);
  });
  // What is no JSON lines from its first line on is not read to its end twice
  if (!beginsWithWholeLine(bytes, service)) return false;
  splitter.split(bytes, 0, bytes.length, true);
  return splitter.sawForeign && splitter.whole === splitter.written && splitter.written > 1;
}

function beginsWithWholeLine(bytes: Uint8Array, service: string): boolean {
  const first = createLineSplitter(service, () => {});
  const end = bytes.indexOf(10);
  first.split(bytes, 0, end < 0 ? bytes.length : end, true);
  return first.whole === first.written;
}

/** A part of bytes as text. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8', start, end);
}
