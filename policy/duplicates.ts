import type { Node } from 'jsonc-parser';
import { getNodeValue } from 'jsonc-parser';
import { jsonTree, type Position, positionsIn, shallow } from './json-tree.ts';
import type { Policy, Problem, Statement } from './policy.ts';
import { PolicyError } from './policy-error.ts';
import { readStatement } from './statement.ts';

/** More readings of one statement than this, and the document is refused rather than unfolded. */
const mostReadings = 8;

/**
 * Reads a document with duplicate keys at its worst: what any reading of a statement allows is allowed, no Deny that is
 * touched by a duplicate is relied on, and no condition that is touched by one restricts. Undefined where no key is double.
 */
export function readWorst(text: string): Policy | undefined {
  return shallow(() => readTree(text));
}

function readTree(text: string): Policy | undefined {
  const root = jsonTree(text);
  if (!root) return undefined;
  const problems = duplicatesIn(root, positionsIn(text), '');
  if (problems.length === 0) return undefined;
  const top = members(root);
  const versions = top.get('Version') ?? [];
  // A double Version leaves open whether `${…}` are variables: the older reading, plain wildcards, is the wider.
  const version = versions.length === 1 ? String(versions[0]?.value) : '2008-10-17';
  const lists = top.get('Statement');
  if (!lists) throw new PolicyError('the document has no `Statement`: it is no policy (element names are case-sensitive)');
  const statements = lists.flatMap((list) =>
    list.type === 'array'
      ? (list.children ?? []).flatMap((node, index) => readingsOf(node, index, `/Statement/${index}`, version, lists.length > 1))
      : readingsOf(list, 0, '/Statement', version, lists.length > 1),
  );
  return { version, statements, problems };
}

function readingsOf(node: Node, index: number, pointer: string, version: string, parentDoubtful: boolean): Statement[] {
  const doubtful = parentDoubtful || hasDuplicates(node);
  const readings = unfold(node).map((value) => readStatement(value, index, pointer, version));
  if (!doubtful) return readings;
  return readings
    .filter((statement) => statement.effect === 'Allow')
    .map((statement) => ({
      ...statement,
      conditions: statement.conditions.map((condition) => ({ ...condition, doubtful: true as const })),
    }));
}

/** Every object that a statement can mean, one for each choice among the values of its duplicate keys. */
function unfold(node: Node): unknown[] {
  if (node.type !== 'object') return [getNodeValue(node)];
  const readings: [string, unknown][][] = [[]];
  for (const [key, values] of members(node)) {
    const [first, ...others] = values.map((value) => getNodeValue(value));
    if (readings.length * values.length > mostReadings) throw new PolicyError('the document has too many duplicate keys to be read');
    const forks = others.flatMap((other) => readings.map((reading) => [...reading, [key, other] satisfies [string, unknown]]));
    for (const reading of readings) reading.push([key, first]);
    readings.push(...forks);
  }
  // `fromEntries` makes `__proto__` a key like any other.
  return readings.map((reading) => Object.fromEntries(reading));
}

/** The values of each key of an object, in order, duplicates together. */
function members(node: Node): Map<string, Node[]> {
  const byKey = new Map<string, Node[]>();
  if (node.type !== 'object') return byKey;
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (!key || !value) continue;
    const known = byKey.get(String(key.value));
    if (known) known.push(value);
    else byKey.set(String(key.value), [value]);
  }
  return byKey;
}

function hasDuplicates(node: Node): boolean {
  return [...members(node).values()].some((values) => values.length > 1) || (node.children ?? []).some(hasDuplicates);
}

function duplicatesIn(node: Node, positionAt: (offset: number) => Position, pointer: string): Problem[] {
  if (node.type === 'array') return (node.children ?? []).flatMap((child, index) => duplicatesIn(child, positionAt, `${pointer}/${index}`));
  return [...members(node)].flatMap(([key, values]) => {
    const here = `${pointer}/${escapePointer(key)}`;
    const own = values.slice(1).map((value) => {
      const keyNode = value.parent?.children?.[0] ?? value;
      return {
        message: `duplicate key \`${key}\`: IAM refuses it, and it is read at its worst`,
        pointer: here,
        ...positionAt(keyNode.offset),
      };
    });
    return [...own, ...values.flatMap((value) => duplicatesIn(value, positionAt, here))];
  });
}

/** A key as a part of an RFC 6901 pointer. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
