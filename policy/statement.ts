import { actionElement, resourceElement, type WrittenElement } from './elements.ts';
import type { Condition, PatternElementName, Statement } from './policy.ts';
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
  const actions = readElement(value, 'Action', 'NotAction', index, pointer);
  const resources = readElement(value, 'Resource', 'NotResource', index, pointer);
  const action = actionElement(actions);
  const resource = resourceElement(resources, version, (effect === 'Allow') !== resources.negated);
  const conditions = value.Condition === undefined ? unconditional : readConditions(value.Condition, index, `${pointer}/Condition`);
  return typeof sid === 'string'
    ? { index, pointer, sid, effect, action, resource, conditions }
    : { index, pointer, effect, action, resource, conditions };
}

const unconditional: readonly Condition[] = [];

function readElement(
  statement: JsonObject,
  plainName: PatternElementName,
  negatedName: PatternElementName,
  index: number,
  pointer: string,
): WrittenElement {
  const plain = statement[plainName];
  const negated = plain === undefined;
  const value = negated ? statement[negatedName] : plain;
  if (!negated && statement[negatedName] !== undefined) {
    throw new PolicyError(`statement ${index} has both \`${plainName}\` and \`${negatedName}\`: keep one`, { pointer });
  }
  const name = negated ? negatedName : plainName;
  if (typeof value === 'string') return { name, negated, scalar: true, texts: [value] };
  if (value === undefined)
    throw new PolicyError(`statement ${index} has no \`${plainName}\` (element names are case-sensitive)`, { pointer });
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!areTexts(texts))
    throw new PolicyError(`statement ${index} has a value in \`${name}\` that is not text`, { pointer: `${pointer}/${name}` });
  return { name, negated, scalar: false, texts };
}

function areTexts(values: readonly unknown[]): values is readonly string[] {
  for (const value of values) if (typeof value !== 'string') return false;
  return true;
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
