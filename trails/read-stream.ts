import { isUtf8 } from 'node:buffer';
import { gzipFault, noText } from './decode-text.ts';
import { plainBytes } from './plain-bytes.ts';
import { holdsNoRecords } from './read-text.ts';
import type { ItemSink } from './trail-item.ts';
import { createLineReader, createListReader, type WindowReader } from './window-readers.ts';

/** What is read at a time, in bytes. JSON lines are told by what is in the first. */
const firstWindow = 16 << 20;

/** The largest record, or line, in bytes: a trail's records have some kilobytes, and at most 256. */
const largestWindow = 128 << 20;

/**
 * Reads what is too large to be read at once, in bounded memory: plain or gzip, a list of records or JSON lines. A fault anywhere takes
 * back all that was given before, as it does where a file is read at once. Gives the number of bytes, unpacked.
 */
export async function readStream(source: string, chunks: AsyncIterable<Uint8Array>, service: string, sink: ItemSink): Promise<number> {
  let window: Buffer = Buffer.allocUnsafeSlow(firstWindow);
  let [filled, total, consumed] = [0, 0, 0];
  let reader: WindowReader | undefined;
  const fail = (message: string): number => {
    sink.restart();
    sink.item({ kind: 'problem', source, message });
    return total;
  };
  const skip = (why: string): number => {
    sink.restart();
    sink.item({ kind: 'skipped', source, why });
    return total;
  };

  /** Splits what is in the window; a text where that is the end of it. */
  function take(isLast: boolean): { readonly fault: string } | { readonly noTrail: string } | undefined {
    const bytes = window.subarray(0, filled);
    reader ??= createListReader(source, service, sink);
    let at = reader.split(bytes, 0, filled, isLast);
    if (typeof at === 'string' && at !== 'malformed' && consumed === 0) {
      sink.restart();
      reader = createLineReader(source, service, sink);
      at = reader.split(bytes, 0, filled, isLast);
    }
    if (at === 'other') return { noTrail: holdsNoRecords };
    if (at === 'more') return { fault: 'malformed JSON: something follows the list of records' };
    if (at === 'malformed') return { fault: `malformed JSON ${reader.place}${isLast ? ', where the text ends' : ''}` };
    if (!isUtf8(bytes.subarray(0, at))) return { fault: noText };
    window.copyWithin(0, at, filled);
    filled -= at;
    consumed += at;
    const noTrail = isLast ? reader.finish() : undefined;
    return noTrail === undefined ? undefined : { noTrail };
  }

  try {
    for await (const chunk of plainBytes(chunks)) {
      total += chunk.length;
      for (let from = 0; from < chunk.length; ) {
        const room = Math.min(window.length - filled, chunk.length - from);
        window.set(chunk.subarray(from, from + room), filled);
        filled += room;
        from += room;
        if (filled < window.length) continue;
        const ended = take(false);
        if (ended !== undefined) return 'fault' in ended ? fail(ended.fault) : skip(ended.noTrail);
        if (filled < window.length) continue;
        if (window.length >= largestWindow) return fail(`a record is larger than ${largestWindow >> 20} MB`);
        window = Buffer.concat([window], window.length * 2);
      }
    }
    const ended = take(true);
    if (ended === undefined) return total;
    return 'fault' in ended ? fail(ended.fault) : skip(ended.noTrail);
  } catch (error) {
    return fail(isZlibFault(error) ? gzipFault(error) : error instanceof TypeError ? noText : messageOf(error));
  }
}

function isZlibFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_/.test(String(error.code));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
