import { isUtf8 } from 'node:buffer';
import { decodeUnpacked, isUtf16, markLength } from './decode-text.ts';
import { itemsOf, itemsOfLine, readText } from './read-text.ts';
import { recordsInElement } from './records-in.ts';
import { createLineSplitter } from './split-lines.ts';
import { createListSplitter } from './split-list.ts';
import type { TrailItem } from './trail-item.ts';

/**
 * What unpacked bytes hold for one service. It gives what `readText` gives, and asks it wherever the bytes are not plainly a list of
 * records or JSON lines; but records of other services, which are most of a trail, are passed by without being built.
 */
export function readBytes(source: string, bytes: Uint8Array, service: string): TrailItem[] {
  if (!isUtf16(bytes) && isUtf8(bytes)) {
    const text = bytes.subarray(markLength(bytes));
    const items = fromList(source, text, service) ?? fromLines(source, text, service);
    if (items !== undefined) return items;
  }
  const decoded = decodeUnpacked(bytes);
  if ('why' in decoded) {
    return [decoded.binary ? { kind: 'skipped', source, why: decoded.why } : { kind: 'problem', source, message: decoded.why }];
  }
  const read = readText(source, decoded.text, service);
  return 'items' in read ? read.items : [{ kind: 'skipped', source, why: read.noTrail }];
}

function fromList(source: string, bytes: Uint8Array, service: string): TrailItem[] | undefined {
  const items: TrailItem[] = [];
  let isTrail = true;
  const splitter = createListSplitter(service, (kind, index, text, start, end) => {
    const found = recordsInElement(kind, index, JSON.parse(textOf(text, start, end)));
    if (found === undefined) isTrail = false;
    else items.push(...itemsOf(source, found, service));
  });
  const end = splitter.split(bytes, 0, bytes.length, true);
  return typeof end === 'number' && isTrail ? items : undefined;
}

function fromLines(source: string, bytes: Uint8Array, service: string): TrailItem[] | undefined {
  const items: TrailItem[] = [];
  const splitter = createLineSplitter(service, (number, text, start, end) => {
    if (splitter.whole === splitter.written) items.push(...itemsOfLine(source, textOf(text, start, end), number, service));
  });
  // What is no JSON lines from its first line on is not read to its end twice
  if (!beginsWithWholeLine(bytes, service)) return undefined;
  splitter.split(bytes, 0, bytes.length, true);
  return splitter.sawForeign && splitter.whole === splitter.written && splitter.written > 1 ? items : undefined;
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
