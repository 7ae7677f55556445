import type { Entry } from './entry.ts';

/** A run is a row of sorted entries, each a head of numbers and three texts in UTF-8. */
const headLength = 8 + 1 + 4 + 4 + 4;

/** A run as bytes. */
export function encodeRun(entries: readonly Entry[]): Buffer {
  // A text takes three bytes a character at most
  const most = entries.reduce((sum, { id, source, change }) => sum + headLength + 3 * (id.length + source.length + change.length), 0);
  const bytes = Buffer.allocUnsafeSlow(most);
  let at = 0;
  for (const { time, rank, id, source, change } of entries) {
    bytes.writeDoubleLE(time, at);
    bytes.writeUInt8(rank, at + 8);
    let place = at + headLength;
    for (const [index, text] of [id, source, change].entries()) {
      const length = bytes.write(text, place, 'utf8');
      bytes.writeUInt32LE(length, at + 9 + index * 4);
      place += length;
    }
    at = place;
  }
  return bytes.subarray(0, at);
}

/** The entry at a place of a run, and the place behind it; undefined where its end is not among the bytes at hand. */
export function decodeEntry(bytes: Buffer, at: number): { readonly entry: Entry; readonly end: number } | undefined {
  if (at + headLength > bytes.length) return undefined;
  const idEnd = at + headLength + bytes.readUInt32LE(at + 9);
  const sourceEnd = idEnd + bytes.readUInt32LE(at + 13);
  const end = sourceEnd + bytes.readUInt32LE(at + 17);
  if (end > bytes.length) return undefined;
  const entry: Entry = {
    time: bytes.readDoubleLE(at),
    rank: bytes.readUInt8(at + 8),
    id: bytes.toString('utf8', at + headLength, idEnd),
    source: bytes.toString('utf8', idEnd, sourceEnd),
    change: bytes.toString('utf8', sourceEnd, end),
  };
  return { entry, end };
}
