import type { Service } from './catalog/action-catalog.ts';
import type { PatternElement } from './policy.ts';
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
  return wanted.every((word, w) => (word & ~(set[w] ?? 0)) === 0);
}

/** True where `set` has nothing. */
export function isEmpty(set: ActionSet): boolean {
  return set.every((word) => word === 0);
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

/** Sets already worked out, for each service by glob. Policies repeat the same few thousand patterns. */
const known = new WeakMap<Service, Map<string, ActionSet>>();
const mostKnown = 2_000;

function actionsOfGlob(service: Service, glob: string): ActionSet {
  if (glob === '*') return allActions(service);
  const byGlob = known.get(service) ?? new Map<string, ActionSet>();
  const hit = byGlob.get(glob);
  if (hit) return hit;
  const colon = glob.indexOf(':');
  const prefix = glob.slice(0, colon);
  const named = colon > 0 && !/[*?]/.test(prefix);
  const name = named ? glob.slice(colon + 1) : '';
  const set = named
    ? actionsWhere(service, (i) => covers(name, service.lowerNames[i] ?? ''))
    : actionsWhere(service, (i) => covers(glob, `${service.prefix}:${service.lowerNames[i]}`));
  if (byGlob.size >= mostKnown) byGlob.clear();
  byGlob.set(glob, set);
  known.set(service, byGlob);
  return set;
}

/** True where a pattern can hold actions of a service: it names it, or its prefix has a wildcard (IAM would refuse that; it is read at its widest). */
export function concerns(glob: string, prefix: string): boolean {
  if (glob.startsWith(`${prefix}:`)) return true;
  return /^[^:]*[*?]/.test(glob);
}

/** The actions of a service that an `Action` or `NotAction` element holds. */
export function actionsOf(element: PatternElement, service: Service): ActionSet {
  const set = noActions(service);
  for (const { glob } of element.patterns) if (concerns(glob, service.prefix)) addAll(set, actionsOfGlob(service, glob));
  if (!element.negated) return set;
  const rest = allActions(service).slice();
  removeAll(rest, set);
  return rest;
}
