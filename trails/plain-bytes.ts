import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isGzip, isUtf16, markLength } from './decode-text.ts';

/** The bytes without gzip, and in UTF-8 without its mark. */
export async function* plainBytes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
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
