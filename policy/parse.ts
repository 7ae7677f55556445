import { decodeDocument } from './decode.ts';
import { readWorst } from './duplicates.ts';
import { syntaxError } from './json-tree.ts';
import { locate } from './locate.ts';
import { withFewOpenPatterns } from './open-patterns.ts';
import type { Policy } from './policy.ts';
import { PolicyError } from './policy-error.ts';
import { isObject, type JsonObject, readStatement } from './statement.ts';

export { PolicyError } from './policy-error.ts';

/** A valid policy has six levels (document, statements, statement, conditions, operator, values). */
const deepest = 32;

/**
 * Reads an identity policy from its text, plain or URL-encoded, as IAM would: element names and effects in exact case,
 * scalars for lists. Duplicate keys, which IAM refuses and `JSON.parse` hides, are listed as problems and read at their
 * worst. Throws `PolicyError` where the text is not JSON or not an identity policy.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(text: string): Policy {
  const plain = decodeDocument(text);
  const document = parseJson(plain);
  const keys = countKeys(document, 0);
  if (!isObject(document)) throw new PolicyError('a policy is a JSON object with a `Statement`');
  try {
    const policy = keysWritten(plain) === keys ? readPolicy(document) : (readWorst(plain) ?? readPolicy(document));
    return withFewOpenPatterns(policy, plain);
  } catch (error) {
    throw error instanceof PolicyError ? placed(error, plain) : error;
  }
}

/** The error with the line and column of the element that it is about. */
function placed(error: PolicyError, text: string): PolicyError {
  const place = error.pointer === undefined ? undefined : locate(text)(error.pointer);
  return place ? new PolicyError(error.message, place) : error;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw syntaxError(text);
    throw error;
  }
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

function countKeys(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth > deepest) throw new PolicyError(`the document is nested more than ${deepest} levels deep; no policy is`);
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += countKeys(item, depth + 1);
    return count;
  }
  // Own keys only, as parsed: the prototype of a parsed object has none to enumerate.
  for (const key in value) {
    count++;
    const member: unknown = (value as JsonObject)[key];
    if (typeof member === 'object') count += countKeys(member, depth + 1);
  }
  return count;
}

function readPolicy(document: JsonObject): Policy {
  const { Version: version = '2008-10-17' } = document;
  if (typeof version !== 'string') throw new PolicyError('the document has a `Version` that is not text');
  const list = document.Statement;
  if (list === undefined) throw new PolicyError('the document has no `Statement`: it is no policy (element names are case-sensitive)');
  const statements = Array.isArray(list)
    ? list.map((item, index) => readStatement(item, index, `/Statement/${index}`, version))
    : [readStatement(list, 0, '/Statement', version)];
  return { version, statements, problems: [] };
}
