import { gunzipSync } from 'node:zlib';

/** The largest text that is read at once: near the longest string that V8 can hold. */
const mostBytes = 0x1fff_0000;

/** The bytes of a file as text, or why they can't be. `binary` is true where nothing hints at a trail. */
export type Decoded = { readonly text: string } | { readonly why: string; readonly binary: boolean };

/**
 * Turns a file's bytes into text: gzip is known by its magic bytes, UTF-16 by its byte order mark (Windows PowerShell
 * writes it), everything else must be UTF-8.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return decodeBytes(bytes);
  try {
    // With the default chunk size a log file takes nearly three times as long
    return decodeBytes(gunzipSync(bytes, { chunkSize: 1 << 20, maxOutputLength: mostBytes }));
  } catch (error) {
    return { why: `damaged gzip: ${gzipFault(error)}`, binary: false };
  }
}

function decodeBytes(bytes: Uint8Array): Decoded {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) return { why: 'too large to be read at once: split it', binary: false };
    const looksLikeJson = bytes[0] === 0x7b || bytes[0] === 0x5b;
    return { why: 'neither text nor gzip', binary: !looksLikeJson };
  }
}

function gzipFault(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'Z_BUF_ERROR') return 'the file ends too early, as after an interrupted download';
  if (code === 'ERR_BUFFER_TOO_LARGE') return 'it unpacks to more than 512 MB';
  return error instanceof Error ? error.message : String(error);
}
