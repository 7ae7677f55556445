/** The value does not end within the bytes at hand. */
export const unfinished = -1;

/** The bytes are no JSON, or are nested more deeply than is looked into. */
export const malformed = -2;

const [quote, backslash, minus, plus, point, zero, nine, letterU] = [34, 92, 45, 43, 46, 48, 57, 117];

/** By byte, whether a string goes on: neither a quote, a backslash nor a control character. */
const goesOn = Uint8Array.from({ length: 256 }, (_, byte) => Number(byte >= 32 && byte !== quote && byte !== backslash));
/** By byte, whether it may follow a backslash. */
const escapable = Uint8Array.from({ length: 256 }, (_, byte) => Number('"\\/bfnrtu'.includes(String.fromCharCode(byte))));
const isHex = Uint8Array.from({ length: 256 }, (_, byte) => Number('0123456789abcdefABCDEF'.includes(String.fromCharCode(byte))));
const literals = new Map(['true', 'false', 'null'].map((word) => [word.charCodeAt(0), Buffer.from(word)]));

/** The escapes scanned so far, of which only differences tell something. */
export let escapes = 0;

/** Where the string that opens at `at` ends, behind its closing quote. */
export function scanString(bytes: Uint8Array, at: number, end: number): number {
  let place = at + 1;
  for (;;) {
    place = skipPlain(bytes, place, end);
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

let lastBytes: Uint8Array = new Uint8Array();
let lastView: DataView = new DataView(lastBytes.buffer);

/**
 * The first place from `at` on where a string does not simply go on. Most of a trail is text within quotes, so four bytes are looked at in
 * one number: a byte less than another has its top bit set after the subtraction, and one that is equal is zero after the exclusive or.
 */
function skipPlain(bytes: Uint8Array, at: number, end: number): number {
  if (bytes !== lastBytes) {
    lastBytes = bytes;
    lastView = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  let place = at;
  for (const last = end - 4; place <= last; place += 4) {
    const four = lastView.getInt32(place, true);
    const noQuote = four ^ 0x22222222;
    const noBackslash = four ^ 0x5c5c5c5c;
    const stops = ((four - 0x20202020) & ~four) | ((noQuote - 0x01010101) & ~noQuote) | ((noBackslash - 0x01010101) & ~noBackslash);
    if ((stops & 0x80808080) !== 0) break;
  }
  while (place < end && goesOn[bytes[place] as number] === 1) place += 1;
  return place;
}

/** Where a number or one of the three words ends. */
export function scanScalar(bytes: Uint8Array, at: number, end: number): number {
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
