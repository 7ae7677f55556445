import { SchemaError, validateRecord } from '../schemas/validate.ts';
import { locateMalformed, readJson } from './json-text.ts';
import { recordsIn } from './records-in.ts';
import type { TrailItem, TrailProblem } from './trail-item.ts';

/** What a text turned out to be: a trail's items, or why it is no trail at all. */
export type TextRead = { readonly items: TrailItem[] } | { readonly noTrail: string };

/**
 * Reads the records of one service out of a text in any form a trail comes in: one JSON value, or JSON lines. Records of
 * other services are passed by unexamined.
 */
export function readText(source: string, text: string, service: string): TextRead {
  if (text.trim() === '') return { items: [{ kind: 'problem', source, message: 'the file is empty' }] };
  const whole = readJson(text);
  if (whole !== undefined) {
    const items = itemsOf(source, whole, service);
    return items === undefined ? { noTrail: 'JSON that holds no CloudTrail records' } : { items };
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

function itemsOfLine(source: string, line: string, number: number, service: string): TrailItem[] {
  if (line.trim() === '') return [];
  const value = readJson(line);
  if (value === undefined) return [{ kind: 'problem', source, ...locateMalformed(line), line: number }];
  const items = itemsOf(source, value, service) ?? [{ kind: 'problem', source, message: 'holds no CloudTrail record' }];
  return items.map((item) => (item.kind === 'problem' ? { ...item, line: number } : item));
}

function itemsOf(source: string, value: unknown, service: string): TrailItem[] | undefined {
  return recordsIn(value)?.flatMap((found): TrailItem[] => {
    if ('passedBy' in found) return [];
    if ('fault' in found) return [problem(source, found.pointer, found.fault)];
    return isOfAnotherService(found.value, service) ? [] : [validated(source, found.pointer, found.value)];
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
