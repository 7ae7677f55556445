import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { gzipFault, isGzip, unpack } from './decode-text.ts';
import { faultOf } from './list-files.ts';
import { readBytes } from './read-bytes.ts';
import { readStream } from './read-stream.ts';
import type { ItemSink } from './trail-item.ts';

/** One input to read: a file, bytes at hand, or bytes that come. `name` is how it is named on the terminal; a file's is its path. */
export type TrailInput =
  | { readonly name: string }
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly name: string; readonly chunks: AsyncIterable<Uint8Array> };

/** What is unpacked and read at once, in bytes; what is larger is read in pieces. Log files of CloudTrail have some megabytes. */
const mostAtOnce = 24 << 20;

/** Reads the records of one service, and what is wrong with an input, into a sink. Gives the number of bytes, unpacked. Never rejects. */
export async function readInput(input: TrailInput, service: string, sink: ItemSink): Promise<number> {
  if ('chunks' in input) return readChunks(input.name, input.chunks, service, sink);
  if ('bytes' in input) return readWhole(input.name, input.bytes, service, sink);
  let bytes: Uint8Array | undefined;
  try {
    bytes = readSmallFile(input.name);
  } catch (error) {
    sink.item({ kind: 'problem', source: input.name, message: faultOf(error) });
    return 0;
  }
  return bytes === undefined
    ? readStream(input.name, createReadStream(input.name, { highWaterMark: 1 << 20 }), service, sink)
    : readWhole(input.name, bytes, service, sink);
}

/** A file's bytes, or undefined where there are too many. Without waiting: in a thread that only reads, a promise for each small file costs more than the file. */
function readSmallFile(path: string): Uint8Array | undefined {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size > mostAtOnce) return undefined;
    // A pipe has no size; a file may grow
    let bytes = Buffer.allocUnsafe(Math.max(size + 1, 1 << 12));
    for (let filled = 0; ; ) {
      const count = readSync(file, bytes, filled, bytes.length - filled, null);
      filled += count;
      if (count === 0) return bytes.subarray(0, filled);
      if (filled === bytes.length) bytes = Buffer.concat([bytes], bytes.length * 2);
    }
  } finally {
    closeSync(file);
  }
}

async function readWhole(source: string, bytes: Uint8Array, service: string, sink: ItemSink): Promise<number> {
  const all = async function* () {
    yield bytes;
  };
  let text: Uint8Array | undefined;
  try {
    text = isGzip(bytes) ? unpack(bytes, mostAtOnce) : bytes;
  } catch (error) {
    sink.item({ kind: 'problem', source, message: gzipFault(error) });
    return 0;
  }
  if (text === undefined || text.length > mostAtOnce) return readStream(source, all(), service, sink);
  readBytes(source, text, service, sink);
  return text.length;
}

/** What comes in pieces is read at once too where it is small. */
async function readChunks(source: string, chunks: AsyncIterable<Uint8Array>, service: string, sink: ItemSink): Promise<number> {
  const iterator = chunks[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let size = 0;
  try {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      held.push(next.value);
      size += next.value.length;
      if (size > mostAtOnce) break;
    }
  } catch (error) {
    sink.item({ kind: 'problem', source, message: faultOf(error) });
    return 0;
  }
  if (size <= mostAtOnce) return readWhole(source, Buffer.concat(held), service, sink);
  const all = async function* () {
    yield* held.splice(0);
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  };
  return readStream(source, all(), service, sink);
}
