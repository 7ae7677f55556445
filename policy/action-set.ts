import type { Service } from './catalog/action-catalog.ts';
import { type ActionElement, globsByService } from './globs-by-service.ts';
import { covers } from './wildcards.ts';

/** Some actions of one service: bit `i` stands for `service.names[i]`. */
export type ActionSet = Uint32Array;

/** The set of none of a service's actions. */
export function noActions(service: Service): ActionSet {
  return new Uint32Array((service.names.length + 31) >>> 5);
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
  for (let word of set) for (; word !== 0; word &= word - 1) count++;
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

function actionsOfNamed(service: Service, glob: string): ActionSet {
  const hit = known.get(glob);
  if (hit) return hit;
  const name = glob.slice(service.prefix.length + 1);
  const set = /[*?]/.test(name)
    ? actionsWhere(service, (i) => covers(name, service.lowerNames[i] ?? ''))
    : actionsWhere(service, (i) => service.lowerNames[i] === name);
  if (known.size >= mostKnown) known.clear();
  if (glob.length <= longestKnown) known.set(glob, set);
  return set;
}

/** A longer glob is a stranger's: keeping it would let him fill the memory. */
const longestKnown = 100;

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

/** True where a pattern can hold actions of a service: it names it, or its prefix has a wildcard (IAM would refuse that; it is read at its widest). */
export function concerns(glob: string, prefix: string): boolean {
  if (glob.startsWith(`${prefix}:`)) return true;
  return /^[^:]*[*?]/.test(glob);
}

/** What elements hold, for each element by service prefix: worked out once, and dropped with its policy. */
const held = new WeakMap<ActionElement, Map<string, ActionSet>>();

/** The actions of a service that an `Action` or `NotAction` element holds. A set of the caller's own. */
export function actionsOf(element: ActionElement, service: Service): ActionSet {
  return heldActions(element, service).slice();
}

/** As `actionsOf`, without the copy: not to be changed. */
export function heldActions(element: ActionElement, service: Service): ActionSet {
  const byService = held.get(element) ?? new Map<string, ActionSet>();
  const known = byService.get(service.prefix);
  if (known) return known;
  const set = readActions(element, service);
  held.set(element, byService.set(service.prefix, set));
  return set;
}

function readActions(element: ActionElement, service: Service): ActionSet {
  const { named, wide } = globsByService(element);
  const set = noActions(service);
  for (const glob of named.get(service.prefix) ?? []) addAll(set, actionsOfNamed(service, glob));
  for (const glob of wide) addAll(set, actionsOfWide(service, glob));
  if (!element.negated) return set;
  const rest = allActions(service).slice();
  removeAll(rest, set);
  return rest;
}
