import { decodeDocument } from './decode.ts';
import { readWorst } from './duplicates.ts';
import { syntaxError } from './json-tree.ts';
import { locate } from './locate.ts';
import { withFewOpenPatterns } from './open-patterns.ts';
import type { Policy } from './policy.ts';
import { PolicyError } from './policy-error.ts';
import { mayRepeatKeys } from './repeated-keys.ts';
import { isObject, type JsonObject, readStatement } from './statement.ts';

export { PolicyError } from './policy-error.ts';

/**
 * Reads an identity policy from its text, plain or URL-encoded, as IAM would: element names and effects in exact case,
 * scalars for lists. Duplicate keys, which IAM refuses and `JSON.parse` hides, are listed as problems and read at their
 * worst. Throws `PolicyError` where the text is not JSON or not an identity policy.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(text: string): Policy {
  const plain = decodeDocument(text);
  const document = parseJson(plain);
  const mayRepeat = mayRepeatKeys(plain, document);
  if (!isObject(document)) throw new PolicyError('a policy is a JSON object with a `Statement`');
  try {
    const policy = mayRepeat ? (readWorst(plain) ?? readPolicy(document)) : readPolicy(document);
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
