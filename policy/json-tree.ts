import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { PolicyError } from './policy-error.ts';

/** A place in a text. Both start at 1; a column counts UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The line and column of an offset. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  let line = 1;
  for (const character of before) if (character === '\n') line++;
  return { line, column: offset - lastBreak };
}

/** The tree of a text that `JSON.parse` accepts, with offsets and with every duplicate key kept. */
export function jsonTree(text: string): Node | undefined {
  return parseTree(text, [], { disallowComments: true });
}

/** Why and where a text is not JSON, as an error that names the place. For texts that `JSON.parse` refused. */
export function syntaxError(text: string): PolicyError {
  if (text.trim() === '') return new PolicyError('the document is empty');
  const errors: ParseError[] = [];
  try {
    parseTree(text, errors, { disallowComments: true });
  } catch (error) {
    if (error instanceof RangeError) return new PolicyError('the document is not JSON, and nested too deeply to say where');
    throw error;
  }
  const [first] = errors;
  if (!first) return new PolicyError('the document is not JSON');
  const { line, column } = positionAt(text, first.offset);
  return new PolicyError(`the document is not JSON: ${describe(printParseErrorCode(first.error))}`, line, column);
}

/** `PropertyNameExpected` as a person would say it. */
function describe(code: string): string {
  return code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
