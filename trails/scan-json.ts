/** The value does not end within the bytes at hand. */
export const unfinished = -1;

/** The bytes are no JSON, or are nested more deeply than is looked into. */
export const malformed = -2;

const deepest = 1_000;

const [quote, backslash, comma, colon, minus, plus, point, zero, nine] = [34, 92, 44, 58, 45, 43, 46, 48, 57];
const [openList, openObject, closeObject, letterU] = [91, 123, 125, 117];

/** By byte, whether a string goes on: neither a quote, a backslash nor a control character. */
const goesOn = Uint8Array.from({ length: 256 }, (_, byte) => Number(byte >= 32 && byte !== quote && byte !== backslash));
/** By byte, whether it may follow a backslash. */
const escapable = Uint8Array.from({ length: 256 }, (_, byte) => Number('"\\/bfnrtu'.includes(String.fromCharCode(byte))));
const isHex = Uint8Array.from({ length: 256 }, (_, byte) => Number('0123456789abcdefABCDEF'.includes(String.fromCharCode(byte))));
const literals = new Map(['true', 'false', 'null'].map((word) => [word.charCodeAt(0), Buffer.from(word)]));

/**
 * Told of each key of the outermost object, and where its value lies. Bounds are of the text between the quotes of a key, and of the whole value.
 * `isPlain` is false where either has an escape in it.
 */
export type OnMember = (keyStart: number, keyEnd: number, valueStart: number, valueEnd: number, isPlain: boolean) => void;

/** The closing bracket that each level waits for. One for all, as no scan begins within another. */
const levels = new Uint8Array(deepest);
/** The escapes scanned so far, of which only differences tell something. */
let escapes = 0;

/** The place of the first byte from `at` on that is no white space. */
export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  let place = at;
  while (place < end) {
    const byte = bytes[place];
    if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) break;
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

/** Where the string that opens at `at` ends, behind its closing quote. */
function scanString(bytes: Uint8Array, at: number, end: number): number {
  let place = at + 1;
  for (;;) {
    while (place < end && goesOn[bytes[place] as number] === 1) place += 1;
    if (place >= end) return unfinished;
    const byte = bytes[place];
    if (byte === quote) return place + 1;
    if (byte !== backslash) return malformed;
    if (place + 1 >= end) return unfinished;
    escapes += 1;
    const escaped = bytes[place + 1] as number;
    if (escapable[escaped] === 0) return malformed;
    place += 2;
    if (escaped !== letterU) continue;
    for (const last = place + 4; place < last; place += 1) {
      if (place >= end) return unfinished;
      if (isHex[bytes[place] as number] === 0) return malformed;
    }
  }
}

/** Where a number or one of the three words ends. */
function scanScalar(bytes: Uint8Array, at: number, end: number): number {
  const word = literals.get(bytes[at] as number);
  if (word === undefined) return scanNumber(bytes, at, end);
  for (let index = 1; index < word.length; index += 1) {
    if (at + index >= end) return unfinished;
    if (bytes[at + index] !== word[index]) return malformed;
  }
  return at + word.length;
}

function scanNumber(bytes: Uint8Array, at: number, end: number): number {
  let place = bytes[at] === minus ? at + 1 : at;
  if (place >= end) return unfinished;
  const whole = scanDigits(bytes, place, end);
  if (whole === place) return malformed;
  // No number but 0 itself begins with 0
  place = bytes[place] === zero ? place + 1 : whole;
  if (place < end && bytes[place] === point) {
    const fraction = scanDigits(bytes, place + 1, end);
    if (fraction === place + 1) return fraction >= end ? unfinished : malformed;
    place = fraction;
  }
  if (place < end && (bytes[place] === 101 || bytes[place] === 69)) {
    place += 1;
    if (place < end && (bytes[place] === plus || bytes[place] === minus)) place += 1;
    const exponent = scanDigits(bytes, place, end);
    if (exponent === place) return exponent >= end ? unfinished : malformed;
    place = exponent;
  }
  return place;
}

function scanDigits(bytes: Uint8Array, at: number, end: number): number {
  let place = at;
  while (place < end && (bytes[place] as number) >= zero && (bytes[place] as number) <= nine) place += 1;
  return place;
}
