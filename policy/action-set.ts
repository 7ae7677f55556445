import { addAll, addBit, type Bits, bitsWhere, includesSome, noBits, removeAll, size } from './bits.ts';
import { type Service, serviceOf } from './catalog/action-catalog.ts';
import type { Pattern } from './pattern.ts';
import type { ActionElement, Run } from './policy.ts';
import { onceForEach, onceOn, remembered } from './remembered.ts';
import { matcherOf } from './wildcards.ts';

/** Some actions of one service: bit `i` stands for `service.names[i]`. */
export type ActionSet = Bits;

/** The set of none of a service's actions. */
export function noActions(service: Service): ActionSet {
  return noBits(service.names.length);
}

/** The set of the actions that a test accepts, by their position. */
export function actionsWhere(service: Service, accepts: (position: number) => boolean): ActionSet {
  return bitsWhere(service.names.length, accepts);
}

/** No action of a service. Not to be changed: it is shared, like all that is made once for each service. */
const nothing: (service: Service) => ActionSet = onceForEach(noActions);

/** All actions of a service. */
export const allActions: (service: Service) => ActionSet = onceForEach((service) => actionsWhere(service, () => true));

/** The actions of a service that do more than read or list: what makes full access to it matter. */
export const consequentialActions: (service: Service) => ActionSet = onceForEach((service) =>
  actionsWhere(service, (i) => service.levels[i] !== 'Read' && service.levels[i] !== 'List'),
);

/** The actions that a glob which names its service holds. Not to be changed. */
function actionsOfNamed(service: Service, glob: string): ActionSet {
  const isAll = glob.length === service.prefix.length + 2 && glob.endsWith(':*');
  return isAll ? allActions(service) : actionsOfPattern(glob);
}

const actionsOfPattern = remembered((glob) => {
  const colon = glob.indexOf(':');
  const service = serviceOf(colon < 0 ? glob : glob.slice(0, colon));
  const pattern = glob.slice(service.prefix.length + 1);
  const matches = matcherOf(pattern);
  const { lowerNames } = service;
  if (lowerNames.length < manyNames) return actionsWhere(service, (i) => matches(lowerNames[i] ?? ''));
  const set = noActions(service);
  for (const i of namesWith(service, longestPlain(pattern))) if (matches(lowerNames[i] ?? '')) addBit(set, i);
  return set;
}, 5_000);

/** Fewer names are matched one by one as fast. */
const manyNames = 100;

/** The longest stretch of a pattern that has no wildcard: every name that it matches holds it. */
function longestPlain(pattern: string): string {
  return pattern.split(/[*?]+/).reduce((longest, text) => (text.length > longest.length ? text : longest));
}

/** The names of a service in one text, a line each, and where each line begins. */
const lines = onceForEach(({ lowerNames }: Service) => {
  const starts = [0];
  for (const name of lowerNames) starts.push((starts.at(-1) ?? 0) + name.length + 1);
  return { text: lowerNames.join('\n'), starts };
});

/** The positions of the names that hold a text. Finding it in one long text is quicker than in each name. */
function* namesWith(service: Service, text: string): Generator<number> {
  const { text: all, starts } = lines(service);
  let next = 0;
  for (let at = all.indexOf(text); at >= 0 && at < all.length; at = all.indexOf(text, starts[next])) {
    while ((starts[next] ?? all.length) <= at) next++;
    yield next - 1;
  }
}

/** How many actions a glob with a wildcard, which names its service, holds of those that the catalog knows. */
export function countOfNamed(glob: string): number {
  return size(actionsOfPattern(glob));
}

/** `service:name` of each action in lower case, and all of them in one text. */
const qualified = onceForEach(({ prefix, lowerNames }: Service) => {
  const names = lowerNames.map((name) => `${prefix}:${name}`);
  return { names, text: names.join('\n') };
});

/** The actions that a glob holds of a service which it does not name. Not to be changed. */
export function actionsOfWide(service: Service, glob: string): ActionSet {
  if (glob === '*') return allActions(service);
  const { plain, matches, sets } = wideGlob(glob);
  const known = sets.get(service);
  if (known) return known;
  const { names, text } = qualified(service);
  const set = text.includes(plain) ? actionsWhere(service, (i) => matches(names[i] ?? '')) : nothing(service);
  sets.set(service, set);
  return set;
}

const wideGlob = remembered((glob) => ({ plain: longestPlain(glob), matches: matcherOf(glob), sets: new Map<Service, ActionSet>() }), 100);

/** Up to so many runs are read again faster than an answer is looked up. */
const fewRuns = 16;

/** What long elements hold, for each element by service prefix. */
const held = onceOn((_: ActionElement) => new Map<string, ActionSet>());

/** The actions of a service that an `Action` or `NotAction` element holds. Not to be changed: others share it. */
export function heldActions(element: ActionElement, service: Service): ActionSet {
  if (element.isStar) return element.negated ? nothing(service) : allActions(service);
  if (element.runs.length <= fewRuns) return readActions(element, service);
  const answers = held(element);
  const known = answers.get(service.prefix);
  if (known) return known;
  const set = readActions(element, service);
  answers.set(service.prefix, set);
  return set;
}

/** The runs of long elements by the service that they name. */
const byService = onceOn(({ runs }: ActionElement) => {
  const grouped = new Map<string | undefined, Run[]>();
  for (const run of runs) {
    const same = grouped.get(run.service);
    if (same) same.push(run);
    else grouped.set(run.service, [run]);
  }
  return grouped;
});

/** True where an element names a service, rather than holding its actions by a wildcard. */
export function namesService(element: ActionElement, { prefix }: Service): boolean {
  return element.runs.length <= fewRuns ? element.runs.some(({ service }) => service === prefix) : byService(element).has(prefix);
}

function runsFor(element: ActionElement, { prefix }: Service): readonly Run[] {
  if (element.runs.length <= fewRuns) return element.runs;
  const grouped = byService(element);
  return [...(grouped.get(prefix) ?? []), ...(grouped.get(undefined) ?? [])];
}

function readActions(element: ActionElement, service: Service): ActionSet {
  const { negated } = element;
  const all = allActions(service);
  let only: ActionSet | undefined;
  let set: ActionSet | undefined;
  for (const run of runsFor(element, service)) {
    const named = run.service;
    if (named !== undefined && named !== service.prefix) continue;
    for (const { glob } of run.patterns) {
      const more = named === undefined ? actionsOfWide(service, glob) : actionsOfNamed(service, glob);
      if (more === all) return negated ? nothing(service) : all;
      if (only === undefined) {
        only = more;
      } else {
        set ??= only.slice();
        addAll(set, more);
      }
    }
  }
  const read = set ?? only;
  if (read === undefined) return negated ? all : nothing(service);
  if (!negated) return read;
  const rest = all.slice();
  removeAll(rest, read);
  return rest;
}

/** True where an element holds some of the wanted actions of a service. */
export function holdsSome(element: ActionElement, service: Service, wanted: ActionSet): boolean {
  return includesSome(heldActions(element, service), wanted);
}

/** True where a pattern alone holds some of the wanted actions of a service. */
export function patternHoldsSome({ service: named, glob }: Pattern, service: Service, wanted: ActionSet): boolean {
  if (named === undefined) return includesSome(actionsOfWide(service, glob), wanted);
  return named === service.prefix && includesSome(actionsOfNamed(service, glob), wanted);
}
