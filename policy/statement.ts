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
  const members = membersOf(value);
  if (members.Principal !== undefined) {
    throw new PolicyError(
      `statement ${index} has a \`Principal\`: this is a resource or trust policy, and only identity policies are judged`,
      { pointer },
    );
  }
  const { Effect: effect, Sid: sid, Condition: condition } = members;
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new PolicyError(`statement ${index} needs an \`Effect\` of \`Allow\` or \`Deny\`, in this case`, { pointer });
  }
  const actions = readElement(members.Action, members.NotAction, 'Action', 'NotAction', index, pointer);
  const resources = readElement(members.Resource, members.NotResource, 'Resource', 'NotResource', index, pointer);
  const action = actionElement(actions);
  const resource = resourceElement(resources, version, (effect === 'Allow') !== resources.negated);
  const conditions = condition === undefined ? unconditional : readConditions(condition, index, `${pointer}/Condition`);
  return typeof sid === 'string'
    ? { index, pointer, sid, effect, action, resource, conditions }
    : { index, pointer, effect, action, resource, conditions };
}

const unconditional: readonly Condition[] = [];

/** The members of a statement that are judged; `Principal` stands for `NotPrincipal` too, as both are refused. */
interface Members {
  Sid: unknown;
  Effect: unknown;
  Action: unknown;
  NotAction: unknown;
  Resource: unknown;
  NotResource: unknown;
  Condition: unknown;
  Principal: unknown;
}

// Read in one pass: looking up each name in objects of as many shapes as there are policies is a tenth of reading a policy.
function membersOf(statement: JsonObject): Members {
  const members: Members = {
    Sid: undefined,
    Effect: undefined,
    Action: undefined,
    NotAction: undefined,
    Resource: undefined,
    NotResource: undefined,
    Condition: undefined,
    Principal: undefined,
  };
  for (const name in statement) {
    const member = statement[name];
    if (name === 'Sid') members.Sid = member;
    else if (name === 'Effect') members.Effect = member;
    else if (name === 'Action') members.Action = member;
    else if (name === 'NotAction') members.NotAction = member;
    else if (name === 'Resource') members.Resource = member;
    else if (name === 'NotResource') members.NotResource = member;
    else if (name === 'Condition') members.Condition = member;
    else if (name === 'Principal' || name === 'NotPrincipal') members.Principal = member;
  }
  return members;
}

function readElement(
  plain: unknown,
  negatedValue: unknown,
  plainName: PatternElementName,
  negatedName: PatternElementName,
  index: number,
  pointer: string,
): WrittenElement {
  const negated = plain === undefined;
  const value = negated ? negatedValue : plain;
  if (!negated && negatedValue !== undefined) {
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
