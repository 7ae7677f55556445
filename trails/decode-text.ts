import { gunzipSync } from 'node:zlib';

/** The bytes of a file as text, or why they can't be. `binary` is true where nothing hints at a trail. */
export type Decoded = { readonly text: string } | { readonly why: string; readonly binary: boolean };

/** The largest text that is read at once: near the longest string that V8 can hold. */
const largestText = 0x1fff_0000;

/** What is said of a file in no encoding that a trail comes in. */
export const noText = 'neither text nor gzip';

/** Whether bytes begin as gzip does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Whether bytes begin with the byte order mark of UTF-16, as Windows PowerShell writes it. */
export function isUtf16(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xfe;
}

/** How many bytes a byte order mark of UTF-8 takes at the beginning. */
export function markLength(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** Unpacks gzip. Undefined where it gives more than `most` bytes; throws what zlib does where it is damaged. */
export function unpack(bytes: Uint8Array, most: number): Buffer | undefined {
  try {
    return gunzipSync(bytes, { chunkSize: chunkSizeFor(bytes, most), maxOutputLength: most });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}

/**
 * The last four bytes of gzip tell how much it unpacks to: with one chunk of that size nothing is copied together. They are a hint only,
 * for a file may have several members. With the default chunk size a log file takes nearly three times as long.
 */
function chunkSizeFor(bytes: Uint8Array, most: number): number {
  const told = bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(bytes.length - 4, true);
  return Math.min(Math.max(told + 64, 1 << 16), told <= most ? most : 1 << 20);
}

/** Turns a file's bytes into text: gzip is known by its magic bytes. */
export function decodeText(bytes: Uint8Array): Decoded {
  if (!isGzip(bytes)) return decodeUnpacked(bytes);
  try {
    const unpacked = unpack(bytes, largestText);
    return unpacked === undefined ? { why: 'it unpacks to more than 512 MB', binary: false } : decodeUnpacked(unpacked);
  } catch (error) {
    return { why: gzipFault(error), binary: false };
  }
}

/** Turns bytes that are not packed into text: UTF-16 is known by its byte order mark, everything else must be UTF-8. */
export function decodeUnpacked(bytes: Uint8Array): Decoded {
  try {
    return { text: new TextDecoder(isUtf16(bytes) ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) return { why: 'too large to be read at once: split it', binary: false };
    const looksLikeJson = bytes[0] === 0x7b || bytes[0] === 0x5b;
    return { why: noText, binary: !looksLikeJson };
  }
}

/** What is said of gzip that could not be unpacked. */
export function gzipFault(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'Z_BUF_ERROR') return 'damaged gzip: the file ends too early, as after an interrupted download';
  return `damaged gzip: ${error instanceof Error ? error.message : String(error)}`;
}
