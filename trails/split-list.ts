import { createElementScanner } from './element-scanner.ts';
import type { ListKind } from './records-in.ts';
import { scanValue, skipSpace } from './scan-json.ts';
import { malformed, unfinished } from './scan-scalar.ts';

const [quote, comma, colon, openList, closeList, openObject, closeObject] = [34, 44, 58, 91, 93, 123, 125];

/** Told of each element that may be a record of the service, where it lies in the bytes at hand. Those of other services are only counted. */
export type OnElement = (kind: ListKind, index: number, bytes: Uint8Array, start: number, end: number) => void;

/**
 * Why a text could not be split: it is no JSON; it is another JSON value than a list of records (or holds two of them); or something
 * follows that value.
 */
export type Unsplit = 'malformed' | 'other' | 'more';

/** Cuts a list of records into its elements, from as many bytes at a time as there are. */
export interface ListSplitter {
  /**
   * Splits what is at hand, and gives the place up to which it is done with; the rest is given again, with what follows it. `isLast`: nothing
   * follows. Where it gives an `Unsplit`, the elements told of before do not count.
   */
  split(bytes: Uint8Array, from: number, to: number, isLast: boolean): number | Unsplit;
  /** Whether any element was a record of another service. */
  readonly sawForeign: boolean;
  /** The elements passed so far. */
  readonly elements: number;
}

/** A splitter of one JSON value that holds a list of records: a log file, the answer of lookup-events, or a bare list. */
export function createListSplitter(service: string, onElement: OnElement): ListSplitter {
  const scanner = createElementScanner(service);
  let state: 'start' | 'member' | 'element' | 'next element' | 'next member' | 'end' = 'start';
  let kind: ListKind = 'bare';
  let lists = 0;
  let elements = 0;
  let sawForeign = false;

  /** One step from a place that is no white space: the place behind it. */
  function step(bytes: Uint8Array, at: number, to: number): number | Unsplit {
    const byte = bytes[at];
    switch (state) {
      case 'start':
        if (byte === openList) {
          lists = 1;
          state = 'element';
        } else if (byte === openObject) state = 'member';
        else return 'other';
        return at + 1;
      case 'member':
        return byte === closeObject && lists === 0 ? 'other' : member(bytes, at, to);
      case 'next member':
        if (byte !== comma && byte !== closeObject) return 'malformed';
        state = byte === comma ? 'member' : 'end';
        return state === 'end' && lists === 0 ? 'other' : at + 1;
      case 'element':
        if (byte !== closeList || elements > 0) return element(bytes, at, to);
        state = kind === 'bare' ? 'end' : 'next member';
        return at + 1;
      case 'next element':
        if (byte === comma) state = 'element';
        else if (byte === closeList) state = kind === 'bare' ? 'end' : 'next member';
        else return 'malformed';
        return at + 1;
      case 'end':
        return 'more';
    }
  }

  function member(bytes: Uint8Array, at: number, to: number): number | Unsplit {
    if (bytes[at] !== quote) return 'malformed';
    const keyEnd = scanValue(bytes, at, to);
    if (keyEnd < 0) return keyEnd === malformed ? 'malformed' : unfinished;
    const separator = skipSpace(bytes, keyEnd, to);
    const value = skipSpace(bytes, separator + 1, to);
    if (value >= to) return unfinished;
    if (bytes[separator] !== colon) return 'malformed';
    const key: unknown = JSON.parse(Buffer.from(bytes.subarray(at, keyEnd)).toString());
    if (key === 'Records' || key === 'Events') {
      lists += 1;
      // Which of two counts is for the exact reading to say
      if (bytes[value] !== openList || lists > 1) return 'other';
      kind = key;
      state = 'element';
      return value + 1;
    }
    const end = scanValue(bytes, value, to);
    if (end < 0) return end === malformed ? 'malformed' : unfinished;
    state = 'next member';
    return end;
  }

  function element(bytes: Uint8Array, at: number, to: number): number | Unsplit {
    const end = scanner.scan(bytes, at, to);
    if (end < 0) return end === malformed ? 'malformed' : unfinished;
    // A number may go on in what follows
    if (end === to) return unfinished;
    if (kind !== 'Events' && scanner.isForeign()) sawForeign = true;
    else onElement(kind, elements, bytes, at, end);
    elements += 1;
    state = 'next element';
    return end;
  }

  return {
    split(bytes, from, to, isLast) {
      let at = from;
      for (;;) {
        at = skipSpace(bytes, at, to);
        if (at >= to) break;
        const place = step(bytes, at, to);
        if (place === unfinished) break;
        if (typeof place === 'string') return place;
        at = place;
      }
      return isLast && (state !== 'end' || at < to) ? 'malformed' : at;
    },
    get sawForeign() {
      return sawForeign;
    },
    get elements() {
      return elements;
    },
  };
}
