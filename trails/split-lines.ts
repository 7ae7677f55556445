import { createElementScanner } from './element-scanner.ts';
import { skipSpace } from './scan-json.ts';

const [newline, openObject] = [10, 123];

/** Told of each line that may hold a record of the service, where it lies in the bytes at hand. `number` counts from 1. */
export type OnLine = (number: number, bytes: Uint8Array, start: number, end: number) => void;

/** Cuts JSON lines, from as many bytes at a time as there are. */
export interface LineSplitter {
  /** Splits what is at hand, and gives the place up to which it is done with. `isLast`: nothing follows. */
  split(bytes: Uint8Array, from: number, to: number, isLast: boolean): number;
  /** Whether any line was a record of another service. */
  readonly sawForeign: boolean;
  /** Lines so far that are not empty. */
  readonly written: number;
  /** Of these, the lines that are one whole JSON object, from their first character on. */
  readonly whole: number;
}

/** A splitter of JSON lines. */
export function createLineSplitter(service: string, onLine: OnLine): LineSplitter {
  const scanner = createElementScanner(service);
  let [number, written, whole] = [0, 0, 0];
  let sawForeign = false;

  function line(bytes: Uint8Array, start: number, end: number): void {
    number += 1;
    const at = skipSpace(bytes, start, end);
    if (at >= end) return;
    written += 1;
    const valueEnd = bytes[start] === openObject ? scanner.scan(bytes, start, end) : -1;
    const isWhole = valueEnd > 0 && skipSpace(bytes, valueEnd, end) === end;
    if (isWhole) whole += 1;
    if (isWhole && scanner.isForeign()) sawForeign = true;
    else onLine(number, bytes, start, end);
  }

  return {
    split(bytes, from, to, isLast) {
      let at = from;
      while (at < to) {
        const found = bytes.indexOf(newline, at);
        const end = found >= 0 && found < to ? found : to;
        if (end === to && !isLast) break;
        line(bytes, at, end);
        at = end + 1;
      }
      return Math.min(at, to);
    },
    get sawForeign() {
      return sawForeign;
    },
    get written() {
      return written;
    },
    get whole() {
      return whole;
    },
  };
}
