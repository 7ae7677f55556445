import { findNodeAtLocation } from 'jsonc-parser';
import { decodeDocument } from './decode.ts';
import { jsonTree, type Position, positionAt } from './json-tree.ts';

/** For a document's text, a function from an RFC 6901 pointer to its place; undefined where nothing stands there. */
export function locate(text: string): (pointer: string) => Position | undefined {
  const plain = decodeDocument(text);
  const root = jsonTree(plain);
  return (pointer) => {
    if (!root) return undefined;
    const path = pointer
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    const node = findNodeAtLocation(root, path);
    return node && positionAt(plain, node.offset);
  };
}
