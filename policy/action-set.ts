import { type Service, serviceOf } from './catalog/action-catalog.ts';
import type { PatternElement } from './policy.ts';
import { covers } from './wildcards.ts';

/** Some actions of one service: bit `i` stands for `service.names[i]`. */
export type ActionSet = Uint32Array;

/** The set of none of a service's actions. */
export function noActions(service: Service): ActionSet {
  return new Uint32Array((service.names.length + 31) >>> 5);
}

const empty = new WeakMap<Service, ActionSet>();

/** The set of none of a service's actions, shared: not to be changed. */
function nothing(service: Service): ActionSet {
  const known = empty.get(service);
  if (known) return known;
  const set = noActions(service);
  empty.set(service, set);
  return set;
}

/** The set of the actions that a test accepts, by their position. */
export function actionsWhere(service: Service, accepts: (position: number) => boolean): ActionSet {
  const set = noActions(service);
  for (let i = 0; i < service.names.length; i++) if (accepts(i)) set[i >>> 5] = (set[i >>> 5] ?? 0) | (1 << (i & 31));
  return set;
}

/** Adds to `into` all of `set`. */
export function addAll(into: ActionSet, set: ActionSet): void {
  for (let w = 0; w < into.length; w++) into[w] = (into[w] ?? 0) | (set[w] ?? 0);
}

/** Keeps in `into` only what `set` has. */
export function keepOnly(into: ActionSet, set: ActionSet): void {
  for (let w = 0; w < into.length; w++) into[w] = (into[w] ?? 0) & (set[w] ?? 0);
}

/** Takes all of `set` out of `from`. */
export function removeAll(from: ActionSet, set: ActionSet): void {
  for (let w = 0; w < from.length; w++) from[w] = (from[w] ?? 0) & ~(set[w] ?? 0);
}

/** True where `set` has everything that `wanted` has. */
export function includesAll(set: ActionSet, wanted: ActionSet): boolean {
  for (let w = 0; w < wanted.length; w++) if (((wanted[w] ?? 0) & ~(set[w] ?? 0)) !== 0) return false;
  return true;
}

/** True where `set` has nothing. */
export function isEmpty(set: ActionSet): boolean {
  for (let w = 0; w < set.length; w++) if (set[w] !== 0) return false;
  return true;
}

/** How many actions the set has. */
export function size(set: ActionSet): number {
  let count = 0;
  for (const word of set) count += bitCount(word);
  return count;
}

/** How many bits of a word are set. */
export function bitCount(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

const everyAction = new WeakMap<Service, ActionSet>();

/** All actions of a service. */
export function allActions(service: Service): ActionSet {
  const known = everyAction.get(service);
  if (known) return known;
  const set = actionsWhere(service, () => true);
  everyAction.set(service, set);
  return set;
}

const consequential = new WeakMap<Service, ActionSet>();

/** The actions of a service that do more than read or list: what makes full access to it matter. */
export function consequentialActions(service: Service): ActionSet {
  const known = consequential.get(service);
  if (known) return known;
  const set = actionsWhere(service, (i) => service.levels[i] !== 'Read' && service.levels[i] !== 'List');
  consequential.set(service, set);
  return set;
}

/** Sets already worked out for globs that name a service. Policies repeat the same few thousand. */
const known = new Map<string, ActionSet>();
const mostKnown = 5_000;
/** A longer glob is a stranger's: keeping it would let him fill the memory. */
const longestKnown = 100;

/** The actions that a glob which names the service holds. Not to be changed. */
function actionsOfNamed(service: Service, glob: string): ActionSet {
  const hit = known.get(glob);
  if (hit) return hit;
  const name = glob.slice(service.prefix.length + 1);
  const set = hasWildcard(name)
    ? actionsWhere(service, (i) => covers(name, service.lowerNames[i] ?? ''))
    : actionsWhere(service, (i) => service.lowerNames[i] === name);
  if (known.size >= mostKnown) known.clear();
  if (glob.length <= longestKnown) known.set(glob, set);
  return set;
}

const counts = new Map<string, number>();

/** How many actions of a service a glob that names it can hold at the most: one where it has no wildcard, known or not. */
export function countOfNamed(prefix: string, glob: string): number {
  if (!hasWildcard(glob)) return 1;
  const hit = counts.get(glob);
  if (hit !== undefined) return hit;
  const count = size(actionsOfNamed(serviceOf(prefix), glob));
  if (counts.size >= mostKnown) counts.clear();
  if (glob.length <= longestKnown) counts.set(glob, count);
  return count;
}

function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

const qualified = new WeakMap<Service, readonly string[]>();

/** `service:name` of each action, in lower case. */
function qualifiedNames(service: Service): readonly string[] {
  const known = qualified.get(service);
  if (known) return known;
  const names = service.lowerNames.map((name) => `${service.prefix}:${name}`);
  qualified.set(service, names);
  return names;
}

function actionsOfWide(service: Service, glob: string): ActionSet {
  if (glob === '*') return allActions(service);
  const names = qualifiedNames(service);
  return actionsWhere(service, (i) => covers(glob, names[i] ?? ''));
}

/** What matters of an `Action` or `NotAction` element here. */
export type ActionElement = Pick<PatternElement, 'patterns' | 'negated'>;

/** Up to so many patterns are read again faster than an answer is looked up. */
const fewPatterns = 16;

/** What long elements hold, for each element by service prefix: worked out once, and dropped with its policy. */
const held = new WeakMap<ActionElement, Map<string, ActionSet>>();

/** The actions of a service that an `Action` or `NotAction` element holds. Not to be changed: others share it. */
export function heldActions(element: ActionElement, service: Service): ActionSet {
  const [only] = element.patterns;
  if (element.patterns.length === 1 && only?.glob === '*') return element.negated ? nothing(service) : allActions(service);
  if (element.patterns.length <= fewPatterns) return readActions(element, service);
  const byService = held.get(element) ?? new Map<string, ActionSet>();
  const known = byService.get(service.prefix);
  if (known) return known;
  const set = readActions(element, service);
  held.set(element, byService.set(service.prefix, set));
  return set;
}

function readActions({ patterns, negated }: ActionElement, service: Service): ActionSet {
  let set: ActionSet | undefined;
  for (const { service: named, glob } of patterns) {
    if (named !== undefined && named !== service.prefix) continue;
    const more = named === undefined ? actionsOfWide(service, glob) : actionsOfNamed(service, glob);
    if (set === undefined && patterns.length === 1 && !negated) return more;
    set ??= noActions(service);
    addAll(set, more);
  }
  if (set === undefined) return negated ? allActions(service) : nothing(service);
  if (!negated) return set;
  const rest = allActions(service).slice();
  removeAll(rest, set);
  return rest;
}

/** True where an element holds some of the wanted actions of a service. */
export function holdsSome(element: ActionElement, service: Service, wanted: ActionSet): boolean {
  const set = heldActions(element, service);
  for (let w = 0; w < wanted.length; w++) if (((set[w] ?? 0) & (wanted[w] ?? 0)) !== 0) return true;
  return false;
}
