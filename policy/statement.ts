import { actionPattern, type Pattern, resourcePattern } from './pattern.ts';
import type { Condition, PatternElement, PatternElementName, Statement } from './policy.ts';
import { PolicyError } from './policy-error.ts';

/** A JSON object as it was parsed. `__proto__` is a key like any other here, and is never read. */
export type JsonObject = { readonly [key: string]: unknown };

/** True for a JSON object: not a list, not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads one statement of an identity policy. Throws `PolicyError`, naming the statement, where IAM's grammar is broken. */
export function readStatement(value: unknown, index: number, pointer: string, version: string): Statement {
  const place = `statement ${index}`;
  if (!isObject(value)) throw new PolicyError(`${place} is not an object`);
  if ('Principal' in value || 'NotPrincipal' in value) {
    throw new PolicyError(`${place} has a \`Principal\`: this is a resource or trust policy, and only identity policies are judged`);
  }
  const { Effect: effect, Sid: sid } = value;
  if (effect !== 'Allow' && effect !== 'Deny') throw new PolicyError(`${place} needs an \`Effect\` of \`Allow\` or \`Deny\`, in this case`);
  return {
    index,
    pointer,
    effect,
    ...(typeof sid === 'string' ? { sid } : {}),
    action: readElement(value, 'Action', place, actionPattern),
    resource: readElement(value, 'Resource', place, (text, negated) => resourcePattern(text, version, (effect === 'Allow') !== negated)),
    conditions: readConditions(value.Condition, place),
  };
}

function readElement(
  statement: JsonObject,
  base: 'Action' | 'Resource',
  place: string,
  compile: (text: string, negated: boolean) => Pattern,
): PatternElement {
  const negatedName = `Not${base}` as const;
  const [plain, negated] = [statement[base], statement[negatedName]];
  if (plain !== undefined && negated !== undefined) throw new PolicyError(`${place} has both \`${base}\` and \`${negatedName}\`: keep one`);
  const name: PatternElementName = negated === undefined ? base : negatedName;
  const value = plain ?? negated;
  if (value === undefined) throw new PolicyError(`${place} has no \`${base}\` (element names are case-sensitive)`);
  const texts = Array.isArray(value) ? value : [value];
  return {
    name,
    negated: negated !== undefined,
    scalar: !Array.isArray(value),
    patterns: texts.map((text) => {
      if (typeof text !== 'string') throw new PolicyError(`${place} has a value in \`${name}\` that is not text`);
      return compile(text, negated !== undefined);
    }),
  };
}

function readConditions(block: unknown, place: string): Condition[] {
  if (block === undefined) return [];
  if (!isObject(block)) throw new PolicyError(`${place} has a \`Condition\` that is not an object`);
  return Object.entries(block).flatMap(([operator, keys]) => {
    if (!isObject(keys)) throw new PolicyError(`${place} has a condition \`${operator}\` that is not an object`);
    return Object.entries(keys).map(([key, values]) => ({ operator, key, values: readValues(values, `${place}, condition \`${key}\``) }));
  });
}

function readValues(values: unknown, place: string): string[] {
  return (Array.isArray(values) ? values : [values]).map((value) => {
    if (typeof value === 'object') throw new PolicyError(`${place} has a value that is not text, a number or true or false`);
    return String(value);
  });
}
