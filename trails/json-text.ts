import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';

/** Where and why a text is not JSON. Lines and columns start at 1. */
export interface MalformedJson {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** The value of a JSON text, or undefined (which no JSON text means) where it is malformed. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Where a text that `readJson` refused stops being JSON. The message never echoes the text, which may be hostile.
 * JSON.parse names a place only for some errors, and not in every version of Node; this slower parser always does.
 */
export function locateMalformed(text: string): MalformedJson {
  const first = firstError(text);
  const before = text.slice(0, first.offset).split('\n');
  return { message: `malformed JSON: ${first.reason}`, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function firstError(text: string): { readonly offset: number; readonly reason: string } {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    // The parser recurses, so a text nested thousands deep exhausts its stack
    if (!(error instanceof RangeError)) throw error;
    return { offset: 0, reason: 'nested too deeply to say where' };
  }
  const first = errors.sort((a, b) => a.offset - b.offset)[0];
  if (first === undefined) return { offset: 0, reason: 'not one JSON value' };
  if (text.slice(first.offset).trim() === '') return { offset: text.length, reason: 'the text ends too early' };
  const words = printParseErrorCode(first.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return { offset: first.offset, reason: words };
}
