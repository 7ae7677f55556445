import { escapes, malformed, scanScalar, scanString, unfinished } from './scan-scalar.ts';

const deepest = 1_000;

const [quote, comma, colon, openList, openObject, closeObject] = [34, 44, 58, 91, 123, 125];

/**
 * Told of each key of the outermost object, and where its value lies. Bounds are of the text between the quotes of a key, and of the whole value.
 * `isPlain` is false where either has an escape in it.
 */
export type OnMember = (keyStart: number, keyEnd: number, valueStart: number, valueEnd: number, isPlain: boolean) => void;

/** The closing bracket that each level waits for. One for all, as no scan begins within another. */
const levels = new Uint8Array(deepest);

/** The place of the first byte from `at` on that is no white space. */
export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  let place = at;
  while (place < end) {
    const byte = bytes[place] as number;
    // Nearly everywhere there is none
    if (byte > 32 || (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9)) break;
    place += 1;
  }
  return place;
}

/**
 * Where the JSON value that begins at `at` ends, or `unfinished`, or `malformed`. It takes exactly what JSON.parse takes, but builds
 * nothing, which is what makes it quick. A number at the very end counts as finished.
 */
export function scanValue(bytes: Uint8Array, at: number, end: number, onMember?: OnMember): number {
  let place = at;
  let depth = 0;
  let keyStart = 0;
  let keyEnd = 0;
  let valueStart = 0;
  let escapesBefore = 0;
  let expectsKey = false;
  for (;;) {
    if (expectsKey) {
      place = skipSpace(bytes, place, end);
      if (place >= end) return unfinished;
      if (bytes[place] !== quote) return malformed;
      if (depth === 1) {
        keyStart = place + 1;
        escapesBefore = escapes;
      }
      place = scanString(bytes, place, end);
      if (place < 0) return place;
      if (depth === 1) keyEnd = place - 1;
      place = skipSpace(bytes, place, end);
      if (place >= end) return unfinished;
      if (bytes[place] !== colon) return malformed;
      place += 1;
      expectsKey = false;
    }
    place = skipSpace(bytes, place, end);
    if (place >= end) return unfinished;
    if (depth === 1) valueStart = place;
    const byte = bytes[place];
    if (byte === quote) {
      place = scanString(bytes, place, end);
      if (place < 0) return place;
    } else if (byte === openObject || byte === openList) {
      if (depth === deepest) return malformed;
      const closing = byte + 2;
      place = skipSpace(bytes, place + 1, end);
      if (place >= end) return unfinished;
      if (bytes[place] === closing) place += 1;
      else {
        levels[depth] = closing;
        depth += 1;
        expectsKey = byte === openObject;
        continue;
      }
    } else {
      place = scanScalar(bytes, place, end);
      if (place < 0) return place;
    }
    // A value has ended: what encloses it goes on with a comma, or ends too
    for (;;) {
      if (depth === 0) return place;
      if (depth === 1 && onMember !== undefined && levels[0] === closeObject)
        onMember(keyStart, keyEnd, valueStart, place, escapes === escapesBefore);
      place = skipSpace(bytes, place, end);
      if (place >= end) return unfinished;
      const next = bytes[place];
      place += 1;
      const closing = levels[depth - 1];
      if (next === comma) {
        expectsKey = closing === closeObject;
        break;
      }
      if (next !== closing) return malformed;
      depth -= 1;
    }
  }
}
