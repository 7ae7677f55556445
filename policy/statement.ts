import { actionPattern, type Pattern, resourcePattern } from './pattern.ts';
import type { Condition, PatternElement, PatternElementName, Run, Statement } from './policy.ts';
import { PolicyError } from './policy-error.ts';

/** A JSON object as it was parsed. `__proto__` is a key like any other here, and is never read. */
export type JsonObject = { readonly [key: string]: unknown };

/** True for a JSON object: not a list, not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads one statement of an identity policy. Throws `PolicyError`, naming the statement, where IAM's grammar is broken. */
export function readStatement(value: unknown, index: number, pointer: string, version: string): Statement {
  if (!isObject(value)) throw new PolicyError(`statement ${index} is not an object`, { pointer });
  if (value.Principal !== undefined || value.NotPrincipal !== undefined) {
    throw new PolicyError(
      `statement ${index} has a \`Principal\`: this is a resource or trust policy, and only identity policies are judged`,
      { pointer },
    );
  }
  const { Effect: effect, Sid: sid } = value;
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new PolicyError(`statement ${index} needs an \`Effect\` of \`Allow\` or \`Deny\`, in this case`, { pointer });
  }
  const action = readElement(value, 'Action', 'NotAction', index, pointer, (text, _negated, before) => actionPattern(text, before));
  const runs = runsIn(action.patterns);
  const allows = effect === 'Allow';
  const resource = readElement(value, 'Resource', 'NotResource', index, pointer, (text, negated) =>
    resourcePattern(text, version, allows !== negated),
  );
  const conditions = value.Condition === undefined ? unconditional : readConditions(value.Condition, index, `${pointer}/Condition`);
  return typeof sid === 'string'
    ? { index, pointer, sid, effect, action, runs, resource, conditions }
    : { index, pointer, effect, action, runs, resource, conditions };
}

/** The patterns of an `Action` or `NotAction` element by service. */
export function runsIn(patterns: readonly Pattern[]): Run[] {
  const runs: Run[] = [];
  for (let start = 0, end = 0; start < patterns.length; start = end) {
    const service = patterns[start]?.service;
    let wild = 0;
    for (; end < patterns.length; end++) {
      const pattern = patterns[end];
      if (pattern?.service !== service) break;
      if (pattern?.wild) wild++;
    }
    runs.push({ service, start, end, wild });
  }
  return runs;
}

const unconditional: readonly Condition[] = [];

function readElement(
  statement: JsonObject,
  plainName: PatternElementName,
  negatedName: PatternElementName,
  index: number,
  pointer: string,
  compile: (text: string, negated: boolean, before?: Pattern) => Pattern,
): PatternElement {
  const plain = statement[plainName];
  const negated = plain === undefined;
  const value = negated ? statement[negatedName] : plain;
  if (!negated && statement[negatedName] !== undefined) {
    throw new PolicyError(`statement ${index} has both \`${plainName}\` and \`${negatedName}\`: keep one`, { pointer });
  }
  const name = negated ? negatedName : plainName;
  if (typeof value === 'string') return { name, negated, scalar: true, patterns: [compile(value, negated)] };
  if (value === undefined)
    throw new PolicyError(`statement ${index} has no \`${plainName}\` (element names are case-sensitive)`, { pointer });
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  const patterns: Pattern[] = [];
  let before: Pattern | undefined;
  for (const text of texts) {
    if (typeof text !== 'string')
      throw new PolicyError(`statement ${index} has a value in \`${name}\` that is not text`, { pointer: `${pointer}/${name}` });
    before = compile(text, negated, before);
    patterns.push(before);
  }
  return { name, negated, scalar: false, patterns };
}

function readConditions(block: unknown, index: number, pointer: string): Condition[] {
  if (!isObject(block)) throw new PolicyError(`statement ${index} has a \`Condition\` that is not an object`, { pointer });
  const conditions: Condition[] = [];
  // Own keys only, as parsed: the prototype of a parsed object has none to enumerate.
  for (const operator in block) {
    const keys = block[operator];
    if (!isObject(keys)) throw new PolicyError(`statement ${index} has a condition \`${operator}\` that is not an object`, { pointer });
    for (const key in keys) conditions.push({ operator, key, values: readValues(keys[key], index, key, pointer) });
  }
  return conditions;
}

function readValues(values: unknown, index: number, key: string, pointer: string): string[] {
  if (typeof values === 'string') return [values];
  return (Array.isArray(values) ? values : [values]).map((value) => {
    if (typeof value === 'object')
      throw new PolicyError(`statement ${index}, condition \`${key}\` has a value that is not text, a number or true or false`, {
        pointer,
      });
    return String(value);
  });
}
