import type { Entry } from './entry.ts';

/**
 * An entry as it lies in bytes: a head of numbers, then its texts in UTF-8. It is only good until the bytes are used again, so what is
 * wanted of it is to be asked for before the next one.
 */
export interface PackedEntry {
  readonly bytes: Buffer;
  readonly at: number;
  /** The place behind it. */
  readonly end: number;
  /** Of the event, in milliseconds since 1970. */
  readonly time: number;
  readonly rank: number;
}

const [timeAt, rankAt, idLengthAt, changeLengthAt, sourceLengthAt, headLength] = [0, 8, 9, 13, 17, 21];

/** The most bytes that an entry takes: a text has three a character at most. */
export function mostBytes({ id, change, source }: Entry): number {
  return headLength + 3 * (id.length + change.length + source.length);
}

/** Writes an entry, and gives the place behind it. */
export function packEntry({ time, rank, id, change, source }: Entry, bytes: Buffer, at: number): number {
  const text = at + headLength;
  const idLength = bytes.write(id, text);
  const changeLength = bytes.write(change, text + idLength);
  const sourceLength = bytes.write(source, text + idLength + changeLength);
  bytes.writeDoubleLE(time, at + timeAt);
  bytes.writeUInt8(rank, at + rankAt);
  bytes.writeUInt32LE(idLength, at + idLengthAt);
  bytes.writeUInt32LE(changeLength, at + changeLengthAt);
  bytes.writeUInt32LE(sourceLength, at + sourceLengthAt);
  return text + idLength + changeLength + sourceLength;
}

/** The entry at a place; undefined where its end is not among the bytes at hand. */
export function packedAt(bytes: Buffer, at: number, filled: number): PackedEntry | undefined {
  if (at + headLength > filled) return undefined;
  const end =
    at +
    headLength +
    bytes.readUInt32LE(at + idLengthAt) +
    bytes.readUInt32LE(at + changeLengthAt) +
    bytes.readUInt32LE(at + sourceLengthAt);
  return end > filled ? undefined : { bytes, at, end, time: bytes.readDoubleLE(at + timeAt), rank: bytes.readUInt8(at + rankAt) };
}

/** The id of an entry's event. */
export function idOf({ bytes, at }: PackedEntry): string {
  const start = at + headLength;
  return bytes.toString('utf8', start, start + bytes.readUInt32LE(at + idLengthAt));
}

/** An entry's change, as JSON; empty where it moves nothing. */
export function changeOf({ bytes, at }: PackedEntry): string {
  const start = at + headLength + bytes.readUInt32LE(at + idLengthAt);
  return bytes.toString('utf8', start, start + bytes.readUInt32LE(at + changeLengthAt));
}

/** Whether an entry's change moves nothing. */
export function isEmpty({ bytes, at }: PackedEntry): boolean {
  return bytes.readUInt32LE(at + changeLengthAt) === 0;
}

/** The input that an entry came from. */
export function sourceOf({ bytes, at, end }: PackedEntry): string {
  return bytes.toString('utf8', end - bytes.readUInt32LE(at + sourceLengthAt), end);
}

/**
 * Compares entries by time, cause and id. EventTime has whole seconds, and neither files nor the records in them are in order. Where one id
 * comes with two contents the contents decide, then the input, so that there is one order for any order of the files.
 */
export function byTimeAndCause(a: PackedEntry, b: PackedEntry): number {
  return a.time - b.time || a.rank - b.rank || compareTexts(a, b);
}

/** The texts lie in the order in which they count. An id that begins another is told from it by what follows, in any runs alike. */
function compareTexts(a: PackedEntry, b: PackedEntry): number {
  return a.bytes.compare(b.bytes, b.at + headLength, b.end, a.at + headLength, a.end);
}
