import { PolicyError } from '../../../policy/parse.ts';
import { intrinsicOf } from './intrinsics.ts';
import type { Part, Reader } from './readings.ts';
import { below, isObject, type JsonObject, pointerParts } from './values.ts';

/** A document of a template as IAM would get it, as far as the template tells. */
export interface ResolvedDocument {
  readonly text: string;
  /** A pointer into `text` as a pointer into the file. */
  fileAt(pointer: string): string;
}

/**
 * Resolves the intrinsic functions in a policy document, at its worst where the template leaves it open: of an Allow
 * statement every way that its `Fn::If`s can turn out counts, a Deny that hangs on one is not relied on, an unknown effect
 * is Allow, and what is unknown of a resource or action is a text of its own, never a wildcard. Throws `PolicyError` where
 * statements are not in the template at all.
 */
export function resolveDocument(value: unknown, pointer: string, reader: Reader): ResolvedDocument {
  if (!isObject(value) || intrinsicOf(value)) return resolveText(value, pointer, reader);
  const members = new Map<string, Part>();
  for (const [key, member] of Object.entries(value)) {
    if (key.startsWith('Fn::')) throw notInTemplate(key);
    const at = below(pointer, key);
    const part = key === 'Statement' ? { pointer: at, value: statementsOf(member, at, reader) } : reader.readings(member, at).ways[0];
    if (part) members.set(key, part);
  }
  const root: Part = { pointer, value: members };
  return { text: JSON.stringify(plain(root)), fileAt: (inText) => writtenAt(root, inText) };
}

/** CloudFormation takes a document as JSON text too. */
function resolveText(value: unknown, pointer: string, reader: Reader): ResolvedDocument {
  const text = reader
    .readings(value, pointer)
    .ways.find((way) => typeof way?.value === 'string' && way.value.trim().startsWith('{'))?.value;
  if (typeof text !== 'string' || isPlaceholder(text)) throw notInTemplate(intrinsicOf(value)?.name ?? 'a value');
  return { text, fileAt: () => pointer };
}

function isPlaceholder(text: string): boolean {
  return /^\{[\w.-]*\}$/.test(text.trim());
}

function statementsOf(value: unknown, pointer: string, reader: Reader): Part[] {
  return reader.branches(value, pointer).flatMap((list) => {
    if (!Array.isArray(list.value)) return readStatement(list.value, list.pointer, list.conditional, reader);
    return list.value.flatMap((item, index) =>
      reader
        .branches(item, below(list.pointer, index))
        .flatMap((branch) => readStatement(branch.value, branch.pointer, list.conditional || branch.conditional, reader)),
    );
  });
}

function readStatement(value: unknown, pointer: string, hangsOnIf: boolean, reader: Reader): Part[] {
  const call = intrinsicOf(value);
  if (call) throw notInTemplate(call.name);
  if (!isObject(value)) return [{ pointer, value: String(value) }];
  const { members, conditional } = membersOf(value, pointer, reader);
  return members
    .map((each) => relied({ pointer, value: each }))
    .filter((part) => part !== undefined)
    .filter((part) => !((hangsOnIf || conditional) && isDeny(part)));
}

/** Every way to read a statement. Of a list of actions or resources the union is the worst; the others are told apart. */
function membersOf(value: JsonObject, pointer: string, reader: Reader) {
  let conditional = false;
  const united = new Map<string, Part>();
  const others: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (key.startsWith('Fn::')) throw notInTemplate(key);
    if (key === 'Action' || key === 'Resource') {
      const union = reader.union(member, below(pointer, key));
      conditional ||= union.conditional;
      if (union.part) united.set(key, union.part);
    } else {
      others[key] = member;
    }
  }
  const rest = reader.readings(others, pointer);
  const members = rest.ways.map((way) => new Map([...(way?.value instanceof Map ? way.value : []), ...united]));
  return { members, conditional: conditional || rest.conditional };
}

/** What of a statement can be relied on: no condition that is unknown, and no Deny of all but something unknown. */
function relied(statement: Part): Part | undefined {
  const members = new Map(statement.value as ReadonlyMap<string, Part>);
  const effect = members.get('Effect');
  if (effect?.unknown) members.set('Effect', { pointer: effect.pointer, value: 'Allow' });
  const condition = members.get('Condition');
  const clear = condition && withoutUnknown(condition);
  if (clear) members.set('Condition', clear);
  else members.delete('Condition');
  const isVague = clear !== condition || ['NotAction', 'NotResource'].some((key) => hasUnknown(members.get(key)));
  const read = { ...statement, value: members };
  return isVague && isDeny(read) ? undefined : read;
}

/** A condition without the operators whose keys are not in the template; the very same where there are none. */
function withoutUnknown(condition: Part): Part | undefined {
  if (condition.unknown) return undefined;
  const { value } = condition;
  if (!(value instanceof Map) || ![...value.values()].some(({ unknown }) => unknown)) return condition;
  const known = [...value].filter(([, keys]) => !keys.unknown);
  return known.length > 0 ? { ...condition, value: new Map(known) } : undefined;
}

function hasUnknown(part: Part | undefined): boolean {
  if (!part) return false;
  if (part.unknown) return true;
  return typeof part.value !== 'string' && [...part.value.values()].some(hasUnknown);
}

function isDeny({ value }: Part): boolean {
  return value instanceof Map && value.get('Effect')?.value === 'Deny';
}

function plain({ value }: Part): unknown {
  if (typeof value === 'string') return value;
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, part]) => [key, plain(part)]));
  return [...(value as readonly Part[])].map(plain);
}

function writtenAt(root: Part, pointer: string): string {
  let part = root;
  for (const name of pointerParts(pointer)) {
    const { value } = part;
    if (typeof value === 'string') break;
    const next = value instanceof Map ? value.get(name) : (value as readonly Part[])[Number(name)];
    if (!next) break;
    part = next;
  }
  return part.pointer;
}

function notInTemplate(name: string): PolicyError {
  return new PolicyError(`the statements are not in the template (\`${name}\`), so they could not be judged`);
}
