import { PolicyError } from './policy-error.ts';

/** A valid policy has six levels (document, statements, statement, conditions, operator, values). */
const deepest = 32;

/**
 * True where a JSON text may write a key twice in one object, which `JSON.parse` hides; `value` is what it made of the text. Throws
 * `PolicyError` where the value is nested deeper than any policy.
 */
export function mayRepeatKeys(text: string, value: unknown): boolean {
  return shortestLength(value, 0) !== text.length && keysWritten(text) !== countKeys(value);
}

/**
 * The length of the shortest text of a value: one that is as short has no room for a key that is not in it. NaN where it holds a
 * number, of which there may be a shorter form.
 */
function shortestLength(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return typeof value === 'number' ? Number.NaN : String(value).length;
  if (depth > deepest) throw new PolicyError(`the document is nested more than ${deepest} levels deep; no policy is`);
  let members = 0;
  let length = 1;
  if (Array.isArray(value)) {
    for (const item of value) length += (typeof item === 'string' ? item.length + 2 : shortestLength(item, depth + 1)) + 1;
    return Math.max(length, 2);
  }
  // Own keys only, as parsed: the prototype of a parsed object has none to enumerate.
  for (const key in value) {
    members++;
    length += key.length + 4 + shortestLength((value as { [key: string]: unknown })[key], depth + 1);
  }
  return members === 0 ? 2 : length;
}

/**
 * How many keys the text writes, or NaN where a backslash makes counting unsure. Without backslashes every quote is a
 * delimiter, so a quote followed by a colon ends a key.
 */
function keysWritten(text: string): number {
  if (text.includes('\\')) return Number.NaN;
  let count = 0;
  if (hasSpaceBeforeColon(text)) {
    endOfKey.lastIndex = 0;
    while (endOfKey.test(text)) count++;
    return count;
  }
  // Twice as fast, and most texts put no space before a colon.
  for (let at = text.indexOf('":'); at >= 0; at = text.indexOf('":', at + 2)) count++;
  return count;
}

const endOfKey = /"\s*:/g;

function hasSpaceBeforeColon(text: string): boolean {
  return text.includes(' :') || text.includes('\n:') || text.includes('\t:') || text.includes('\r:');
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += countKeys(item);
    return count;
  }
  for (const key in value) {
    count++;
    const member: unknown = (value as { [key: string]: unknown })[key];
    if (typeof member === 'object') count += countKeys(member);
  }
  return count;
}
