import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { decodeDocument } from './decode.ts';
import { jsonTree, type Position, positionsIn } from './json-tree.ts';

/** For a document's text, a function from an RFC 6901 pointer to its place; undefined where nothing stands there. */
export function locate(text: string): (pointer: string) => Position | undefined {
  const plain = decodeDocument(text);
  const root = jsonTree(plain);
  const positionAt = positionsIn(plain);
  return (pointer) => {
    const parts = pointer.split('/').slice(1);
    const node = parts.reduce<Node | undefined>((parent, part) => parent && childOf(parent, part), root);
    return node && positionAt(node.offset);
  };
}

/** Whether `0` is a key or a position depends on what it is looked up in. */
function childOf(parent: Node, part: string): Node | undefined {
  if (parent.type === 'array') return /^\d+$/.test(part) ? findNodeAtLocation(parent, [Number(part)]) : undefined;
  return findNodeAtLocation(parent, [part.replaceAll('~1', '/').replaceAll('~0', '~')]);
}
