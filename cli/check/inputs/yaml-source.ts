import type { Document, LineCounter, Node, Pair, YAMLParseError } from 'yaml';
import type { Position } from '../../../policy/json-tree.ts';
import { SourceFault, type SourceTree } from './source-tree.ts';
import { pointerParts } from './values.ts';

/** The parser, which takes longer to load than most files to read. */
type Yaml = typeof import('yaml');

/** Deeper than any template that CloudFormation takes. */
const deepest = 100;

/**
 * Reads a YAML file: its value, scalars as the text that was written (CloudFormation makes text of them too), aliases and
 * merge keys resolved. Undefined where it holds several documents, as no template does, or none. Throws `SourceFault` with
 * the place where it is broken or has duplicate keys.
 */
export async function yamlSource(text: string): Promise<SourceTree | undefined> {
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const [document, ...others] = parsed(yaml, text, lines);
  if (!document || others.length > 0) return undefined;
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new SourceFault(describe(error), { line, column: col });
  }
  const reader = createReader(yaml, document, lines);
  return { value: reader.value(document.contents, 0), placeOf: (pointer) => reader.place(pointer) };
}

function parsed(yaml: Yaml, text: string, lineCounter: LineCounter): readonly Document[] {
  const options = { schema: 'failsafe', uniqueKeys: true, prettyErrors: false, logLevel: 'silent', lineCounter } as const;
  try {
    return yaml.parseAllDocuments(text, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SourceFault('the file is nested too deeply to be read');
  }
}

function describe({ code, message }: YAMLParseError): string {
  if (code === 'DUPLICATE_KEY') return 'duplicate key: keep one of them';
  if (/alias cannot be an empty/i.test(message)) return 'a `*` must be in quotes: YAML takes it for an alias';
  if (/call stack/i.test(message)) return 'the file is nested too deeply to be read';
  const [first = ''] = message.split('\n');
  return `the file is not YAML: ${first.charAt(0).toLowerCase() + first.slice(1).replace(/[.:]$/, '')}`;
}

function createReader(yaml: Yaml, document: Document, lines: LineCounter) {
  // An alias gives the very value of its anchor: a bomb of aliases stays as small as it is written.
  const values = new Map<Node, unknown>();
  const open = new Set<Node>();

  function resolved(node: unknown): Node | undefined {
    if (!yaml.isAlias(node)) return yaml.isNode(node) ? node : undefined;
    const target = node.resolve(document);
    if (!target) throw new SourceFault(`the alias \`*${node.source}\` names no anchor`, placeOf(node));
    return target;
  }

  function value(written: unknown, depth: number): unknown {
    const node = resolved(written);
    if (!node) return '';
    if (values.has(node)) return values.get(node);
    if (open.has(node)) throw new SourceFault('an alias stands inside its own anchor', placeOf(node));
    if (depth > deepest) throw new SourceFault(`the file is nested more than ${deepest} levels deep`, placeOf(node));
    open.add(node);
    const plain = untagged(node, depth);
    const whole = shortForm(node) === undefined ? plain : { [shortForm(node) ?? '']: plain };
    open.delete(node);
    values.set(node, whole);
    return whole;
  }

  function untagged(node: Node, depth: number): unknown {
    if (yaml.isSeq(node)) return node.items.map((item) => value(item, depth + 1));
    // `fromEntries` makes `__proto__` a key like any other.
    if (yaml.isMap(node)) return Object.fromEntries([...pairsOf(node)].map(([key, at]) => [key, value(at, depth + 1)]));
    return yaml.isScalar(node) ? String(node.value ?? '') : '';
  }

  function pairsOf(node: Node): Map<string, unknown> {
    const pairs = new Map<string, unknown>();
    if (!yaml.isMap(node)) return pairs;
    const own = node.items.filter((pair) => keyOf(pair) !== '<<');
    const merged = node.items.filter((pair) => keyOf(pair) === '<<').map((pair) => resolved(pair.value));
    for (const from of merged) {
      for (const item of yaml.isSeq(from) ? from.items : [from]) {
        const other = resolved(item);
        if (!other || open.has(other)) continue;
        open.add(other);
        for (const [key, at] of pairsOf(other)) if (!pairs.has(key)) pairs.set(key, at);
        open.delete(other);
      }
    }
    for (const pair of own) pairs.set(keyOf(pair), pair.value);
    return pairs;
  }

  function keyOf({ key }: Pair): string {
    const node = resolved(key);
    return yaml.isScalar(node) ? String(node.value ?? '') : '';
  }

  function placeOf(node: Node): Position {
    const { line, col } = lines.linePos(node.range?.[0] ?? 0);
    return { line, column: col };
  }

  function place(pointer: string): Position | undefined {
    let node = resolved(document.contents);
    let last = node;
    let tagRead = false;
    for (const part of pointerParts(pointer)) {
      if (!node) break;
      if (!tagRead && shortForm(node) === part) {
        tagRead = true;
        continue;
      }
      const child: unknown = yaml.isSeq(node) ? node.items[Number(part)] : pairsOf(node).get(part);
      node = resolved(child);
      tagRead = false;
      last = node ?? last;
    }
    return last && placeOf(last);
  }

  return { value, place };
}

/** `Fn::Sub` for a node tagged `!Sub`; undefined where no local tag is. */
function shortForm({ tag }: Node): string | undefined {
  if (!tag || !/^![^!]/.test(tag)) return undefined;
  const name = tag.slice(1);
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
}
