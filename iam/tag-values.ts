import { remembered } from '../policy/remembered.ts';

/** The most characters of a tag's value. https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html */
const longestValue = 256;
const longestKey = 128;
const mostCounted = 1_000_000;

/** What a findings tag lists: a rule and the ids of the services or escalation paths it found. */
export interface TaggedFinding {
  readonly rule: string;
  readonly services?: readonly string[];
  readonly paths?: readonly string[];
}

/** A key that IAM takes, whatever the text: other characters become `_`, and it is cut at 128 characters. */
export function tagKey(text: string): string {
  return cut(clean(text), longestKey) || '_';
}

/** A value that IAM takes, whatever the text: other characters become `_`, and it is cut at 256 characters. */
export function tagValue(text: string): string {
  return cut(clean(text), longestValue);
}

/**
 * The value of a `findings` tag: rule ids, each service or path id after a colon, space-separated
 * (`admin-access service-admin:s3:ec2`). Findings of one rule share its entry. What does not fit is left out, whole ids
 * only, and counted at the end (`+7`): services and paths before rules, so that the tag names every rule it can.
 */
export function findingsTag(findings: readonly TaggedFinding[]): string {
  const rules = new Map<string, Set<string>>();
  for (const { rule, services = [], paths = [] } of findings) {
    const ids = rules.get(toId(rule)) ?? new Set<string>();
    for (const id of [...services, ...paths]) ids.add(toId(id));
    rules.set(toId(rule), ids);
  }
  const tokens = [...rules].flatMap(([rule, ids]) => [` ${rule}`, ...[...ids].map((id) => `:${id}`)]);
  return tokens.join('').length <= longestValue + 1 ? fill(tokens) : shortened(rules, tokens.length);
}

/** The rules, and of their ids as many as fit, the first rule's first. */
function shortened(rules: ReadonlyMap<string, ReadonlySet<string>>, total: number): string {
  const kept = [...rules].map(([rule, ids]) => ({ text: ` ${rule}`, ids: [...ids] }));
  let room = longestValue + 1 - ` +${total}`.length - kept.reduce((length, { text }) => length + text.length, 0);
  if (room < 0)
    return fill(
      kept.map(({ text }) => text),
      total - kept.length,
    );
  let count = kept.length;
  for (const entry of kept) {
    for (const id of entry.ids) {
      if (id.length + 1 > room) break;
      entry.text += `:${id}`;
      room -= id.length + 1;
      count++;
    }
  }
  return `${kept.map(({ text }) => text).join('')} +${total - count}`.slice(1);
}

/**
 * A value that lists names, space-separated (`trailguard:authored`). What does not fit is left out and counted (`+7`),
 * together with the `alreadyCut` names that an earlier value had left out.
 */
export function namesTag(names: readonly string[], alreadyCut = 0): string {
  return fill(
    [...new Set(names.map(toId))].map((name) => ` ${name}`),
    alreadyCut,
  );
}

/** Reads what `namesTag` wrote. `cut` is how many names were left out. */
export function parseNamesTag(value: string): { readonly names: readonly string[]; readonly cut: number } {
  const { entries, cut } = readEntries(value);
  return { names: entries, cut };
}

/** Reads what `findingsTag` wrote. `cut` is true where ids were left out. */
export function parseFindingsTag(value: string): { readonly rules: Map<string, Set<string>>; readonly cut: boolean } {
  const { entries, cut } = readEntries(value);
  const rules = new Map<string, Set<string>>();
  for (const entry of entries) {
    const [rule = '', ...ids] = entry.split(':');
    rules.set(rule, new Set([...(rules.get(rule) ?? []), ...ids]));
  }
  return { rules, cut: cut > 0 };
}

// Somebody else may have written the value: a count beyond all reason stays one that can be written as digits.
function readEntries(value: string): { readonly entries: readonly string[]; readonly cut: number } {
  const entries = value.split(' ').filter((entry) => entry !== '');
  const count = /^\+(\d+)$/.exec(entries.at(-1) ?? '')?.[1];
  return count === undefined ? { entries, cut: 0 } : { entries: entries.slice(0, -1), cut: Math.min(Number(count), mostCounted) };
}

// Each token brings its own separator; the first space falls away. The count at the end is made room for.
function fill(tokens: readonly string[], alreadyCut = 0): string {
  const all = [...tokens, ...(alreadyCut > 0 ? [` +${alreadyCut}`] : [])].join('').slice(1);
  if (all.length <= longestValue) return all;
  const room = longestValue - ` +${tokens.length + alreadyCut}`.length;
  let kept = '';
  let count = 0;
  for (const token of tokens) {
    if (kept.length + token.length > room + 1) break;
    kept += token;
    count++;
  }
  return `${kept} +${tokens.length - count + alreadyCut}`.slice(1);
}

// An id holds none of the characters that separate ids, and can't be taken for the count at the end.
const toId = remembered(
  (text) =>
    clean(text)
      .replace(/[\p{Z}:]/gu, '_')
      .replace(/^(?=\+|$)/, '_'),
  5_000,
);

// `aws:` is kept for AWS, in keys and values, in any case.
const clean = remembered((text) => text.replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '_').replace(/^(aws):/i, '$1_'), 5_000);

// Whole code points within so many UTF-16 units: right whichever of the two IAM counts.
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > most) break;
    kept += character;
  }
  return kept;
}
