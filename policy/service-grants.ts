import { type ActionSet, actionsOf, addAll, allActions, isEmpty, keepOnly, noActions, removeAll, size } from './action-set.ts';
import { allServices, type Service, serviceCount, serviceOf } from './catalog/action-catalog.ts';
import { everyResourceOf, type Grants, reaches, type SourcedStatement } from './grants.ts';
import { covers, overlaps } from './wildcards.ts';

/** The actions of a service that some of the statements hold on every one of the scopes (each scope may have its own statement). */
function heldOnAll(statements: readonly SourcedStatement[], service: Service, scopes: readonly string[]): ActionSet {
  const all = allActions(service).slice();
  for (const scope of scopes) {
    const here = noActions(service);
    for (const { statement } of statements) {
      if (reaches(statement.resource, scope)) addAll(here, actionsOf(statement.action, service));
    }
    keepOnly(all, here);
  }
  return all;
}

/** The actions of a service that are allowed on all of the scopes together: no Deny covers them, and the boundary, if any, lets them through. */
function allowedOnAll(grants: Grants, service: Service, scopes: readonly string[]): ActionSet {
  const set = heldOnAll(grants.allows, service, scopes);
  if (isEmpty(set)) return set;
  if (grants.denies.length > 0) removeAll(set, heldOnAll(grants.denies, service, scopes));
  if (grants.boundary) keepOnly(set, heldOnAll(grants.boundary, service, scopes));
  return set;
}

/** The actions of a service that are allowed on every resource of it, in one partition at least. */
export function allowedEverywhere(grants: Grants, service: Service): ActionSet {
  const set = noActions(service);
  for (const partition of grants.partitions) addAll(set, allowedOnAll(grants, service, everyResourceOf(service, partition)));
  return set;
}

/** The actions of a service that are allowed on at least one thing that a statement names, however narrow. */
export function allowedSomewhere(grants: Grants, service: Service): ActionSet {
  const set = allowedEverywhere(grants, service);
  for (const scope of scopesFor(grants, service)) addAll(set, allowedOnAll(grants, service, [scope]));
  return set;
}

/** The resources, narrower than all, that the grants of a service name. */
function scopesFor(grants: Grants, service: Service): Set<string> {
  const scopes = new Set<string>();
  const arns = grants.partitions.flatMap((partition) => everyResourceOf(service, partition));
  const isWide = (glob: string) => arns.every((arn) => covers(glob, arn));
  for (const { statement } of grants.allows) {
    if (statement.resource.negated || isEmpty(actionsOf(statement.action, service))) continue;
    const named = namesService(statement.action.patterns, service.prefix) && !statement.action.negated;
    for (const { glob } of statement.resource.patterns) {
      if (!isWide(glob) && (named || arns.some((arn) => overlaps(glob, arn)))) scopes.add(glob);
    }
  }
  return scopes;
}

function namesService(patterns: readonly { readonly glob: string }[], prefix: string): boolean {
  return patterns.some(({ glob }) => glob.startsWith(`${prefix}:`));
}

/** Names of at least so many services must be in a policy before it can grant everything without a wildcard for the service. */
const manyServices = serviceCount / 2;

/** True where the grants may reach every service. A cheap look: it never misses one that does. */
export function mayReachEveryService(grants: Grants): boolean {
  return grants.allows.some(isWide) || prefixesIn(grants).size > manyServices;
}

/** Services that may be granted whole, with those named `service:*`. A cheap look: it never misses one that is. */
export function wholeServiceCandidates(grants: Grants): Service[] {
  const written = writtenServices(grants);
  if (grants.allows.some(isWide)) {
    const known = allServices();
    return [...known, ...[...written].map(serviceOf).filter((service) => !known.includes(service))];
  }
  return [...prefixesIn(grants)]
    .map(serviceOf)
    .filter((service) => written.has(service.prefix) || countIn(grants, service) >= service.names.length);
}

/** Prefixes of the services that an Allow names whole, as `service:*` or with a longer run of wildcards. */
export function writtenServices(grants: Grants): Set<string> {
  const written = new Set<string>();
  for (const { statement } of grants.allows) {
    if (statement.action.negated) continue;
    for (const { glob } of statement.action.patterns) {
      const prefix = /^([^:*?]+):[*?]*\*[*?]*$/.exec(glob)?.[1];
      if (prefix) written.add(prefix);
    }
  }
  return written;
}

/** True where an Allow can hold actions of any service: by what it leaves out, or by a wildcard before the colon. */
function isWide({ statement: { action } }: SourcedStatement): boolean {
  return action.negated || action.patterns.some(({ glob }) => /^[^:]*[*?]/.test(glob));
}

function prefixesIn(grants: Grants): Set<string> {
  return new Set(
    grants.allows.flatMap(({ statement }) => statement.action.patterns.map(({ glob }) => glob.slice(0, Math.max(glob.indexOf(':'), 0)))),
  );
}

/** An upper bound of how many actions of a service are named. */
function countIn(grants: Grants, service: Service): number {
  return grants.allows.reduce((count, { statement }) => count + size(actionsOf(statement.action, service)), 0);
}
