import type { Tag } from './change.ts';

/** An object of a record whose values may be missing, null or of any type. */
export type Fields = Readonly<Record<string, unknown>>;

const none: Fields = Object.freeze({});

/** `value` as an object to read fields of: an empty one where it is anything else. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : none;
}

/** A field's text, or undefined where it is missing, empty or no text. */
export function text(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether a field is true: CloudTrail writes some booleans as text. */
export function isTrue(fields: Fields, key: string): boolean {
  const value = fields[key];
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}

/** A field's number, or undefined where it is missing or no number: CloudTrail writes some numbers as text. */
export function number(fields: Fields, key: string): number | undefined {
  const value = fields[key];
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
}

/** The texts of a list, without what is no text in it. */
export function texts(fields: Fields, key: string): readonly string[] {
  return list(fields, key).filter((item) => typeof item === 'string');
}

/** The tags of a list, without those that lack a key. */
export function tags(fields: Fields, key: string): readonly Tag[] {
  return list(fields, key)
    .map(fieldsOf)
    .flatMap((tag) => (typeof tag.key === 'string' ? [{ key: tag.key, value: typeof tag.value === 'string' ? tag.value : '' }] : []));
}

function list(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key];
  return Array.isArray(value) ? value : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
