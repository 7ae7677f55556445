import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { PolicyError } from './policy-error.ts';

/** A place in a text. Both start at 1; a column counts UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** For a text, a function from an offset to its line and column. The text is read through once. */
export function positionsIn(text: string): (offset: number) => Position {
  const breaks: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) breaks.push(at);
  return (offset) => {
    let [low, high] = [0, breaks.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((breaks[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return { line: low + 1, column: offset - (breaks[low - 1] ?? -1) };
  };
}

/** The tree of a text that `JSON.parse` accepts, with offsets and with every duplicate key kept. */
export function jsonTree(text: string): Node | undefined {
  return shallow(() => parseTree(text));
}

/** Runs a recursive walk of a document; one that is too deep for it is refused, whoever wrote it. */
export function shallow<T>(walk: () => T): T {
  try {
    return walk();
  } catch (error) {
    if (error instanceof RangeError) throw new PolicyError('the document is nested too deeply to be read');
    throw error;
  }
}

/** Why and where a text is not JSON, as an error that names the place. For texts that `JSON.parse` refused. */
export function syntaxError(text: string): PolicyError {
  if (text.trim() === '') return new PolicyError('the document is empty');
  const errors: ParseError[] = [];
  shallow(() => parseTree(text, errors, { disallowComments: true }));
  const [first] = errors;
  if (!first) return new PolicyError('the document is not JSON');
  const { line, column } = positionsIn(text)(first.offset);
  return new PolicyError(`the document is not JSON: ${describe(printParseErrorCode(first.error))}`, { line, column });
}

/** `PropertyNameExpected` as a person would say it. */
function describe(code: string): string {
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
