import type { Node } from 'jsonc-parser';
import { jsonTree, type Position, positionsIn } from '../../../policy/json-tree.ts';
import { locate } from '../../../policy/locate.ts';
import { PolicyError } from '../../../policy/parse.ts';
import { SourceFault, type SourceTree } from './source-tree.ts';

/** Trees take some twenty times the text in memory; above this many characters a finding has no place. */
const longestLocated = 32 * 2 ** 20;

/** A parsed JSON text with its places, which are looked for when the first is asked for. */
export function jsonSource(text: string, value: unknown): SourceTree {
  let find: ((pointer: string) => Position | undefined) | undefined;
  return {
    value,
    placeOf(pointer) {
      if (text.length > longestLocated) return undefined;
      find ??= locate(text);
      for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
        const place = find(at);
        if (place) return place;
      }
      return find('');
    },
  };
}

/** Throws a `SourceFault` at the first key that stands twice in one object: which of them counts is anyone's guess. */
export function refuseDuplicates(text: string): void {
  const root = readable(() => jsonTree(text));
  const twice = root && readable(() => duplicateIn(root));
  if (twice) throw new SourceFault(`duplicate key \`${twice.value}\`: keep one of them`, positionsIn(text)(twice.offset));
}

function duplicateIn(node: Node): Node | undefined {
  const seen = new Set<unknown>();
  for (const child of node.children ?? []) {
    const key = child.type === 'property' ? child.children?.[0] : undefined;
    if (key && seen.has(key.value)) return key;
    if (key) seen.add(key.value);
    const deeper = duplicateIn(child);
    if (deeper) return deeper;
  }
  return undefined;
}

function readable<T>(walk: () => T): T {
  try {
    return walk();
  } catch (error) {
    if (error instanceof RangeError || error instanceof PolicyError) throw new SourceFault('the file is nested too deeply to be read');
    throw error;
  }
}
