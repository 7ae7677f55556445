import { actionsOfWide, allActions } from './action-set.ts';
import { arnService, arnServicesOf, leavesServiceOpen, longestWord, mayHaveForm } from './arn-service.ts';
import { includesAll, isEmpty } from './bits.ts';
import { allServices, type Service } from './catalog/action-catalog.ts';
import { everyResourceOf, type Grants, type SourcedStatement } from './grants.ts';
import { forTheLast } from './remembered.ts';
import { overlaps } from './wildcards.ts';

/** The services of the catalog in groups that the grants treat alike: what holds for the first of a group holds for each of it. */
export const alikeServices: (grants: Grants) => readonly (readonly Service[])[] = forTheLast(groupAlike);

function groupAlike(grants: Grants): (readonly Service[])[] {
  const written = writtenIn(grants);
  const alone = new Set<Service>();
  for (const name of written.services) for (const service of servicesCalled().get(name) ?? []) alone.add(service);
  const groups = new Map<number, Service[]>();
  for (const service of allServices()) {
    if (alone.has(service)) continue;
    const treatment = treatmentOf(service, written, grants.partitions);
    const same = treatment === undefined ? undefined : groups.get(treatment);
    if (same) same.push(service);
    else if (treatment === undefined) alone.add(service);
    else groups.set(treatment, [service]);
  }
  return [...[...alone].map((service) => [service]), ...groups.values()];
}

/**
 * Which of the open actions hold all of a service, the others holding nothing of it, and which of the open resources hold something of it, but
 * no form whole: each a bit. Undefined where that does not tell all.
 */
function treatmentOf(service: Service, { actions, resources }: Written, partitions: readonly string[]): number | undefined {
  if (actions.length + resources.length > mostBits) return undefined;
  let bits = 0;
  for (const glob of actions) {
    const held = actionsOfWide(service, glob);
    const isAll = includesAll(held, allActions(service));
    if (!isAll && !isEmpty(held)) return undefined;
    bits = bits * 2 + Number(isAll);
  }
  for (const { glob, word } of resources) {
    if (mayHaveForm(service, word)) return undefined;
    bits = bits * 2 + Number(partitions.some((partition) => everyResourceOf(service, partition).some((form) => overlaps(glob, form))));
  }
  return bits;
}

/** As many as a whole number has for sure. */
const mostBits = 50;

let called: ReadonlyMap<string, readonly Service[]> | undefined;

/** The services by what they are called: their action prefix, and the third parts of their ARNs. */
function servicesCalled(): ReadonlyMap<string, readonly Service[]> {
  if (called) return called;
  const services = new Map<string, Service[]>();
  for (const service of allServices()) {
    for (const name of new Set([service.prefix, ...arnServicesOf(service)])) services.set(name, [...(services.get(name) ?? []), service]);
  }
  called = services;
  return services;
}

/** What statements write of services: the action prefixes and the third parts of ARNs, and the patterns other than `*` that leave them open. */
interface Written {
  readonly services: ReadonlySet<string>;
  readonly actions: readonly string[];
  readonly resources: readonly { readonly glob: string; readonly word: string }[];
}

function writtenIn({ allows, denies, conditionalDenies, boundary = [] }: Grants): Written {
  const [services, actions, resources] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const sources of [allows, denies, conditionalDenies, boundary]) {
    for (const source of sources) addWritten(source, services, actions, resources);
  }
  return { services, actions: [...actions], resources: [...resources].map((glob) => ({ glob, word: longestWord(glob) })) };
}

function addWritten({ statement }: SourcedStatement, services: Set<string>, actions: Set<string>, resources: Set<string>): void {
  for (const { service, patterns } of statement.action.runs) {
    if (service !== undefined) services.add(service);
    else for (const { glob } of patterns) if (glob !== '*') actions.add(glob);
  }
  for (const { glob, wild } of statement.resource.patterns) {
    if (glob === '*') continue;
    if (!leavesServiceOpen(glob)) services.add(arnService(glob));
    else if (wild) resources.add(glob);
  }
}
