/** A statement as it is written into a hostile document. */
export type StatementText = Readonly<Record<string, unknown>>;

/**
 * A document that someone could write to make judging it slow. `text` gives it anew for each round, with other names where it can, so
 * that nothing remembered from an earlier round makes it look cheap.
 */
export interface HostileDocument {
  readonly name: string;
  readonly text: (round: number) => string;
}

/** IAM's limit for a managed policy, in characters without white space. */
export const managed = 6144;
/** IAM's limit for all inline policies of a user. */
export const inlineOfUser = 2048;
/** IAM's limit for all inline policies of a role. */
export const inlineOfRole = 10_240;

/** A policy without white space. */
export function document(statements: readonly StatementText[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** The longest text of at most `size` characters that `build` gives for a count, which makes it longer as it grows. */
export function fitted(size: number, build: (count: number) => string): string {
  let [low, high] = [1, size];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (build(middle).length <= size) low = middle;
    else high = middle - 1;
  }
  return build(low);
}

/** A name of so many letters for each index: `aa`, `ab`, … */
export function names(index: number, letters: number): string {
  let text = '';
  for (let left = index, i = 0; i < letters; i++, left = Math.floor(left / 26)) text = String.fromCharCode(97 + (left % 26)) + text;
  return text;
}

/** So many items, each by its index. */
export function list<T>(count: number, item: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => item(index));
}

/** An Allow statement. */
export function allow(Action: unknown, Resource: unknown = '*'): StatementText {
  return { Effect: 'Allow', Action, Resource };
}

/** A Deny statement. */
export function deny(Action: unknown, Resource: unknown = '*'): StatementText {
  return { Effect: 'Deny', Action, Resource };
}

/** The longest document of a size, of statements that grow with a count. */
export function grown(size: number, build: (count: number, round: number) => readonly StatementText[]): (round: number) => string {
  return (round) => fitted(size, (count) => document(build(count, round)));
}

/** A short text that no other round has. */
export function tag(round: number): string {
  return round.toString(36).padStart(3, '0');
}

/** An account id for each index. */
export function number12(index: number): string {
  return String(100_000_000_000 + index);
}

/** `aa-a-1`, `ab-a-1` …: what reads like a Region, as short as can be. */
export function shortRegion(index: number): string {
  return `${names(index, 2)}-${names(Math.floor(index / 676), 1)}-1`;
}
