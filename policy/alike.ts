import { arnService, arnServicesOf, leavesServiceOpen } from './arn-service.ts';
import { allServices, type Service } from './catalog/action-catalog.ts';
import type { Grants, SourcedStatement } from './grants.ts';

/** The services of the catalog in groups that the grants treat alike: what holds for the first of a group holds for each of it. */
export function alikeServices(grants: Grants): readonly (readonly Service[])[] {
  const named = servicesNamed(grants);
  if (!named) return eachAlone();
  const alone = new Set<Service>();
  for (const name of named) for (const service of servicesCalled().get(name) ?? []) alone.add(service);
  const rest = allServices().filter((service) => !alone.has(service));
  const groups = [...alone].map((service) => [service]);
  return rest.length === 0 ? groups : [...groups, rest];
}

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

let singles: readonly (readonly Service[])[] | undefined;

function eachAlone(): readonly (readonly Service[])[] {
  singles ??= allServices().map((service) => [service]);
  return singles;
}

/** The action prefixes and the third parts of ARNs that statements write; undefined where a wildcard other than `*` stands for one. */
function servicesNamed({ allows, denies, conditionalDenies, boundary = [] }: Grants): Set<string> | undefined {
  const named = new Set<string>();
  for (const sources of [allows, denies, conditionalDenies, boundary]) {
    for (const source of sources) if (!addNamed(source, named)) return undefined;
  }
  return named;
}

function addNamed({ statement: { action, resource } }: SourcedStatement, named: Set<string>): boolean {
  for (const { service, glob } of action.patterns) {
    if (service !== undefined) named.add(service);
    else if (glob !== '*') return false;
  }
  for (const { glob, wild } of resource.patterns) {
    if (glob === '*') continue;
    if (!leavesServiceOpen(glob)) named.add(arnService(glob));
    else if (wild) return false;
  }
  return true;
}
