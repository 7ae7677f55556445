import { addAll, addBit, type Bits, bitsWhere, includesSome, noBits, removeAll, size } from './bits.ts';
import { type Service, serviceOf } from './catalog/action-catalog.ts';
import type { Pattern } from './pattern.ts';
import type { PatternElement } from './policy.ts';
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
const actionsOfNamed = remembered((glob) => {
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
  return size(actionsOfNamed(glob));
}

/** `service:name` of each action, in lower case. */
const qualifiedNames = onceForEach(({ prefix, lowerNames }: Service) => lowerNames.map((name) => `${prefix}:${name}`));

/** The actions that a glob holds of a service which it does not name. Not to be changed. */
function actionsOfWide(service: Service, glob: string): ActionSet {
  if (glob === '*') return allActions(service);
  const byService = wideSets(glob);
  const known = byService.get(service);
  if (known) return known;
  const names = qualifiedNames(service);
  const matches = matcherOf(glob);
  const set = actionsWhere(service, (i) => matches(names[i] ?? ''));
  byService.set(service, set);
  return set;
}

const wideSets = remembered((_glob) => new Map<Service, ActionSet>(), 100);

/** What matters of an `Action` or `NotAction` element here. */
export type ActionElement = Pick<PatternElement, 'patterns' | 'negated'>;

/** Up to so many patterns are read again faster than an answer is looked up. */
const fewPatterns = 16;

/** What long elements hold, for each element by service prefix. */
const held = onceOn((_: ActionElement) => new Map<string, ActionSet>());

/** The actions of a service that an `Action` or `NotAction` element holds. Not to be changed: others share it. */
export function heldActions(element: ActionElement, service: Service): ActionSet {
  const [only] = element.patterns;
  if (element.patterns.length === 1 && only?.glob === '*') return element.negated ? nothing(service) : allActions(service);
  if (element.patterns.length <= fewPatterns) return readActions(element, service);
  const answers = held(element);
  const known = answers.get(service.prefix);
  if (known) return known;
  const set = readActions(element, service);
  answers.set(service.prefix, set);
  return set;
}

/** The patterns of long elements by the service that they name. */
const byService = onceOn(({ patterns }: ActionElement) => {
  const grouped = new Map<string | undefined, Pattern[]>();
  for (const pattern of patterns) {
    const same = grouped.get(pattern.service);
    if (same) same.push(pattern);
    else grouped.set(pattern.service, [pattern]);
  }
  return grouped;
});

/** True where an element names a service, rather than holding its actions by a wildcard. */
export function namesService(element: ActionElement, { prefix }: Service): boolean {
  return element.patterns.length <= fewPatterns
    ? element.patterns.some(({ service }) => service === prefix)
    : byService(element).has(prefix);
}

function patternsFor(element: ActionElement, { prefix }: Service): readonly Pattern[] {
  if (element.patterns.length <= fewPatterns) return element.patterns;
  const grouped = byService(element);
  return [...(grouped.get(prefix) ?? []), ...(grouped.get(undefined) ?? [])];
}

function readActions(element: ActionElement, service: Service): ActionSet {
  const { negated } = element;
  const patterns = patternsFor(element, service);
  let set: ActionSet | undefined;
  for (const pattern of patterns) {
    const named = pattern.service;
    if (named !== undefined && named !== service.prefix) continue;
    const more = named === undefined ? actionsOfWide(service, pattern.glob) : actionsOfNamed(pattern.glob);
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
  return includesSome(heldActions(element, service), wanted);
}

/** True where a pattern alone holds some of the wanted actions of a service. */
export function patternHoldsSome({ service: named, glob }: Pattern, service: Service, wanted: ActionSet): boolean {
  if (named === undefined) return includesSome(actionsOfWide(service, glob), wanted);
  return named === service.prefix && includesSome(actionsOfNamed(glob), wanted);
}
