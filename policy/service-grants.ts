import { type ActionSet, addAll, allActions, heldActions, includesAll, isEmpty, keepOnly, noActions, removeAll } from './action-set.ts';
import { allServices, isKnownService, type Service, serviceCount, serviceOf } from './catalog/action-catalog.ts';
import { globsByService } from './globs-by-service.ts';
import { everyResourceOf, type Grants, reaches, type SourcedStatement } from './grants.ts';
import { covers, overlaps } from './wildcards.ts';

/** The actions of a service that some of the statements hold on every one of the scopes (each scope may have its own statement). */
function heldOnAll(statements: readonly SourcedStatement[], service: Service, scopes: readonly string[]): ActionSet {
  const all = allActions(service).slice();
  for (const scope of scopes) {
    const here = noActions(service);
    for (const { statement } of statements) {
      if (reaches(statement.resource, scope)) addAll(here, heldActions(statement.action, service));
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

/** The actions of a service that are allowed on every resource of it in a partition. */
export function allowedInPartition(grants: Grants, service: Service, partition: string): ActionSet {
  return allowedOnAll(grants, service, everyResourceOf(service, partition));
}

/** The actions of a service that are allowed on every resource of it, in one partition at least. */
export function allowedEverywhere(grants: Grants, service: Service): ActionSet {
  const set = noActions(service);
  for (const partition of grants.partitions) addAll(set, allowedInPartition(grants, service, partition));
  return set;
}

/** The actions of a service that are allowed on at least one thing that a statement names, however narrow. */
export function allowedSomewhere(grants: Grants, service: Service): ActionSet {
  const set = allowedEverywhere(grants, service);
  for (const scope of scopesFor(grants, service)) addAll(set, allowedOnAll(grants, service, [scope]));
  return set;
}

/** The resources, narrower than all, that the grants of a service name, or that a boundary or a Deny of all but some leaves of them. */
function scopesFor(grants: Grants, service: Service): Set<string> {
  const scopes = new Set<string>();
  const arns = grants.partitions.flatMap((partition) => everyResourceOf(service, partition));
  const isWide = (glob: string) => arns.every((arn) => covers(glob, arn));
  for (const { statement } of narrowing(grants)) {
    if (isEmpty(heldActions(statement.action, service))) continue;
    // What an Allow grants of a service that it names counts on any resource, also on one that is not the service's.
    const named = statement.effect === 'Allow' && !statement.action.negated && globsByService(statement.action).named.has(service.prefix);
    for (const { glob } of statement.resource.patterns) {
      if (!isWide(glob) && (named || arns.some((arn) => overlaps(glob, arn)))) scopes.add(glob);
    }
  }
  return scopes;
}

/** The statements whose resources are what is allowed in the end: a NotResource of a Deny is what it spares. */
function narrowing(grants: Grants): SourcedStatement[] {
  const positive = [...grants.allows, ...(grants.boundary ?? [])].filter(({ statement }) => !statement.resource.negated);
  return [...positive, ...grants.denies.filter(({ statement }) => statement.resource.negated)];
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
  const wide = grants.allows.some(isWide);
  const known = wide ? allServices() : [...prefixesIn(grants)].map(serviceOf);
  const unknown = wide ? [...written].filter((prefix) => !isKnownService(prefix)).map(serviceOf) : [];
  return [...known, ...unknown].filter((service) => written.has(service.prefix) || mayBeWhole(grants, service, wide));
}

/** Prefixes of the services that an Allow names whole, as `service:*` or with a longer run of wildcards. */
export function writtenServices(grants: Grants): Set<string> {
  const written = new Set<string>();
  for (const { statement } of grants.allows) {
    if (statement.action.negated) continue;
    for (const [prefix, globs] of globsByService(statement.action).named) {
      if (globs.some((glob) => isRunWithStar(glob, prefix.length + 1))) written.add(prefix);
    }
  }
  return written;
}

function isRunWithStar(glob: string, start: number): boolean {
  const first = glob[start];
  return (first === '*' || first === '?') && /^[*?]*\*[*?]*$/.test(glob.slice(start));
}

/** True where an Allow can hold actions of any service: by what it leaves out, or by a wildcard before the colon. */
function isWide({ statement: { action } }: SourcedStatement): boolean {
  return action.negated || globsByService(action).wide.length > 0;
}

function prefixesIn(grants: Grants): Set<string> {
  const prefixes = new Set<string>();
  for (const { statement } of grants.allows) for (const prefix of globsByService(statement.action).named.keys()) prefixes.add(prefix);
  return prefixes;
}

/** False where the Allow statements, wherever they reach, do not hold all of a service between them. */
function mayBeWhole(grants: Grants, service: Service, wide: boolean): boolean {
  if (!wide && !mayNameAll(grants, service)) return false;
  const held = noActions(service);
  for (const { statement } of grants.allows) addAll(held, heldActions(statement.action, service));
  return includesAll(held, allActions(service));
}

/** False where fewer actions of a service are named than it has, and none by a wildcard: no set needs to be made to see that. */
function mayNameAll(grants: Grants, service: Service): boolean {
  let count = 0;
  for (const { statement } of grants.allows) {
    for (const glob of globsByService(statement.action).named.get(service.prefix) ?? []) {
      if (glob.includes('*') || glob.includes('?') || ++count >= service.names.length) return true;
    }
  }
  return false;
}
