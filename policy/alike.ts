import { actionsOfWide, allActions } from './action-set.ts';
import { arnService, arnServicesOf, leavesServiceOpen, longestWord, mayHaveForm, servicesWith } from './arn-service.ts';
import { includesAll, isEmpty } from './bits.ts';
import { allServices, type Service } from './catalog/action-catalog.ts';
import { everyResourceOf, type Grants, type SourcedStatement } from './grants.ts';
import { forTheLast, onceForEach } from './remembered.ts';
import { matcherOf, overlaps } from './wildcards.ts';

/** The services of the catalog in groups that the grants treat alike: what holds for the first of a group holds for each of it. */
export const alikeServices: (grants: Grants) => readonly (readonly Service[])[] = forTheLast((grants: Grants) => {
  const written = writtenIn(grants);
  const alone = servicesApart(written);
  const treatmentOf = treatmentBy(written, grants.partitions);
  const groups = new Map<string, Service[]>();
  for (const service of allServices()) {
    if (alone.has(service)) continue;
    const treatment = treatmentOf(service);
    if (treatment === undefined) {
      alone.add(service);
      continue;
    }
    const same = groups.get(treatment);
    if (same) same.push(service);
    else groups.set(treatment, [service]);
  }
  return [...[...alone].map((service) => [service]), ...groups.values()];
});

/** The services that statements write out. */
function servicesApart({ services }: Written): Set<Service> {
  const apart = new Set<Service>();
  for (const name of services) for (const service of servicesCalled().get(name) ?? []) apart.add(service);
  return apart;
}

/** More resources than this have no place in a word of bits. */
const mostTold = 32;

/**
 * Tells of a service how open patterns treat it, as one text; undefined where one holds some of its actions but not all. It matters which
 * actions hold all of it, which resources hold something of it, and which of them together hold a form of its ARNs whole, whatever the form.
 */
function treatmentBy({ actions, resources }: Written, partitions: readonly string[]): (service: Service) => string | undefined {
  if (actions.length + resources.length === 0) return () => '';
  const words = resources.map(longestWord);
  const telling = resources.filter((glob) => !overlapsEvery(glob, partitions));
  const wholeFormsOf = wholeForms(resources, words, partitions);
  return (service) => {
    if (resources.length > mostTold && mayHaveForm(service, words)) return undefined;
    let treatment = '';
    for (const glob of actions) {
      const held = actionsOfWide(service, glob);
      const holdsAll = includesAll(held, allActions(service));
      if (!holdsAll && !isEmpty(held)) return undefined;
      treatment += holdsAll;
    }
    for (const glob of hasOpenForm(service) ? telling : resources)
      treatment += partitions.some((partition) => everyResourceOf(service, partition).some((form) => overlaps(glob, form)));
    return resources.length === 0 ? treatment : treatment + wholeFormsOf(service);
  };
}

/** Tells of a service which resources hold one of its forms whole, and with which others, by partition. */
function wholeForms(resources: readonly string[], words: readonly string[], partitions: readonly string[]): (service: Service) => string {
  const patterns = resources.map((glob, index) => ({
    services: servicesWith(words[index] ?? ''),
    bit: 1 << index,
    holds: matcherOf(glob),
  }));
  return (service) => {
    const likely = patterns.filter(({ services }) => services.has(service));
    return partitions.map((partition) => listed(heldTogether(likely, everyResourceOf(service, partition)))).join(';');
  };
}
function listed(sets: ReadonlySet<number>): string {
  return sets.size === 1 ? [...sets].join() : [...sets].sort().join();
}

interface Told {
  readonly bit: number;
  readonly holds: (form: string) => boolean;
}

/** The sets of patterns, each a word of bits, that hold one of the forms between them. */
function heldTogether(patterns: readonly Told[], forms: readonly string[]): Set<number> {
  if (patterns.length === 0) return noneHeld;
  const sets = new Set<number>();
  for (const form of forms) {
    let set = 0;
    for (const { bit, holds } of patterns) if (holds(form)) set |= bit;
    sets.add(set);
    // There are no others.
    if (sets.size === 2 ** patterns.length) break;
  }
  return sets;
}

const noneHeld = new Set([0]);

/** True of most open resources: one that is open from the partition on at the latest, and to its end, holds something of each form with a star. */
function overlapsEvery(glob: string, partitions: readonly string[]): boolean {
  const head = glob.slice(0, glob.indexOf('*'));
  return glob.endsWith('*') && partitions.some((partition) => `arn:${partition}:`.startsWith(head));
}

/** True of a service of which a form has a star. */
const hasOpenForm = onceForEach(({ arns }: Service) => arns.some((arn) => arn.includes('*')));

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
  readonly resources: readonly string[];
}

function writtenIn({ allows, denies, conditionalDenies, boundary = [] }: Grants): Written {
  const [services, actions, resources] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const sources of [allows, denies, conditionalDenies, boundary]) {
    for (const source of sources) addWritten(source, services, actions, resources);
  }
  return { services, actions: [...actions], resources: [...resources] };
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
