import { SchemaError, validateRecord } from '../schemas/validate.ts';
import { locateMalformed, readJson } from './json-text.ts';
import { type Found, recordsIn } from './records-in.ts';
import type { TrailItem, TrailProblem } from './trail-item.ts';

/** What a text turned out to be: a trail's items, or why it is no trail at all. */
export type TextRead = { readonly items: TrailItem[] } | { readonly noTrail: string };

/** Why JSON is passed over. */
export const holdsNoRecords = 'JSON that holds no CloudTrail records';

/**
 * Reads the records of one service out of a text in any form a trail comes in: one JSON value, or JSON lines. Records of
 * other services are passed by unexamined.
 */
export function readText(source: string, text: string, service: string): TextRead {
  if (text.trim() === '') return { items: [{ kind: 'problem', source, message: 'the file is empty' }] };
  const whole = readJson(text);
  if (whole !== undefined) {
    const found = recordsIn(whole);
    return found === undefined ? { noTrail: holdsNoRecords } : { items: itemsOf(source, found, service) };
  }
  const lines = text.split('\n');
  if (isJsonLines(lines)) return { items: lines.flatMap((line, index) => itemsOfLine(source, line, index + 1, service)) };
  if (!/^\s*[{[]/.test(text)) return { noTrail: 'not JSON' };
  return { items: [{ kind: 'problem', source, ...locateMalformed(text) }] };
}

/**
 * Whether a text that is not one JSON value is JSON lines, some of them perhaps bad: most lines open an object, and one
 * of them is of a trail. A pretty-printed file that breaks off opens one object only, which no line completes.
 */
function isJsonLines(lines: readonly string[]): boolean {
  const written = lines.filter((line) => line.trim() !== '');
  const opened = written.filter((line) => line.startsWith('{'));
  return opened.length * 2 >= written.length && opened.some((line) => recordsIn(readJson(line)) !== undefined);
}

/** The items of one line of JSON lines; `number` counts from 1. */
export function itemsOfLine(source: string, line: string, number: number, service: string): TrailItem[] {
  if (line.trim() === '') return [];
  const value = readJson(line);
  if (value === undefined) return [{ kind: 'problem', source, ...locateMalformed(line), line: number }];
  const found = recordsIn(value);
  if (found === undefined) return [{ kind: 'problem', source, message: 'holds no CloudTrail record', line: number }];
  return itemsOf(source, found, service).map((item) => (item.kind === 'problem' ? { ...item, line: number } : item));
}

/** What the would-be records of a value are: records of the service, or problems. Those of other services are left out. */
export function itemsOf(source: string, found: readonly Found[], service: string): TrailItem[] {
  return found.flatMap((one): TrailItem[] => {
    if ('passedBy' in one) return [];
    if ('fault' in one) return [problem(source, one.pointer, one.fault)];
    return isOfAnotherService(one.value, service) ? [] : [validated(source, one.pointer, one.value)];
  });
}

function isOfAnotherService(value: unknown, service: string): boolean {
  const eventSource = typeof value === 'object' && value !== null && 'eventSource' in value ? value.eventSource : undefined;
  return typeof eventSource === 'string' && eventSource !== service;
}

function validated(source: string, pointer: string, value: unknown): TrailItem {
  try {
    const record = validateRecord(value);
    if (!Number.isNaN(Date.parse(record.eventTime))) return { kind: 'record', source, record };
    return problem(source, pointer, 'not a CloudTrail record: /eventTime is no time');
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return problem(source, pointer, error.message.replace(/^record:/, 'not a CloudTrail record:'));
  }
}

function problem(source: string, pointer: string, message: string): TrailProblem {
  return { kind: 'problem', source, message, pointer };
}
