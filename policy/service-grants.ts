import {
  type ActionSet,
  addAll,
  allActions,
  countOfNamed,
  heldActions,
  includesAll,
  isEmpty,
  keepOnly,
  noActions,
  removeAll,
} from './action-set.ts';
import { allServices, isKnownService, type Service, serviceCount, serviceOf } from './catalog/action-catalog.ts';
import { everyResourceOf, type Grants, reaches, type SourcedStatement } from './grants.ts';
import type { PatternElement } from './policy.ts';
import { covers, overlaps } from './wildcards.ts';

/**
 * The actions of a service that some of the statements hold on every one of the scopes (each scope may have its own
 * statement). Not to be changed: it may be shared.
 */
function heldOnAll(statements: readonly SourcedStatement[], service: Service, scopes: readonly string[]): ActionSet {
  const everywhere = noActions(service);
  const partly: SourcedStatement[] = [];
  for (const source of statements) {
    const set = heldActions(source.statement.action, service);
    if (isEmpty(set)) continue;
    const reached = countReached(source.statement.resource, scopes);
    if (reached === scopes.length) addAll(everywhere, set);
    else if (reached > 0) partly.push(source);
  }
  if (partly.length === 0) return everywhere;
  const together = allActions(service).slice();
  for (const scope of scopes) {
    const here = everywhere.slice();
    for (const { statement } of partly) if (reaches(statement.resource, scope)) addAll(here, heldActions(statement.action, service));
    keepOnly(together, here);
  }
  return together;
}

function countReached(resource: PatternElement, scopes: readonly string[]): number {
  let count = 0;
  for (const scope of scopes) if (reaches(resource, scope)) count++;
  return count;
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
    const named =
      statement.effect === 'Allow' &&
      !statement.action.negated &&
      statement.action.patterns.some((pattern) => pattern.service === service.prefix);
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

/** What the Allow statements name, at a glance: enough to see that most policies can't grant any service whole. */
interface Outline {
  /** True where an Allow can hold actions of any service: by what it leaves out, or by a wildcard before the colon. */
  readonly wide: boolean;
  readonly named: ReadonlyMap<string, NamedService>;
}

/** A service named by Allow statements: how many of its actions at the most, and whether all in one word (`service:*`). */
interface NamedService {
  count: number;
  written: boolean;
}

/** Rules ask in turn about the same grants, so the last outline is nearly always the one asked for. */
let last: { readonly of: Grants; readonly outline: Outline } | undefined;

function outlineOf(grants: Grants): Outline {
  if (last?.of !== grants) last = { of: grants, outline: readOutline(grants) };
  return last.outline;
}

function readOutline({ allows }: Grants): Outline {
  const named = new Map<string, NamedService>();
  let wide = false;
  // Policies list a service's actions together, so the last service is nearly always the next.
  let lastService = '';
  let current: NamedService = { count: 0, written: false };
  for (const { statement } of allows) {
    const { negated, patterns } = statement.action;
    wide ||= negated;
    if (negated) continue;
    for (const { service, glob } of patterns) {
      if (service === undefined) {
        wide = true;
        continue;
      }
      if (service !== lastService) {
        current = named.get(service) ?? { count: 0, written: false };
        named.set(service, current);
        lastService = service;
      }
      current.count += countOfNamed(service, glob);
      current.written ||= isRunWithStar(glob, service.length + 1);
    }
  }
  return { wide, named };
}

function isRunWithStar(glob: string, start: number): boolean {
  if (!glob.endsWith('*') && !glob.endsWith('?')) return false;
  const first = glob[start];
  return (first === '*' || first === '?') && /^[*?]*\*[*?]*$/.test(glob.slice(start));
}

/** Names of at least so many services must be in a policy before it can grant everything without a wildcard for the service. */
const manyServices = serviceCount / 2;

/** True where the grants may reach every service. A cheap look: it never misses one that does. */
export function mayReachEveryService(grants: Grants): boolean {
  const { wide, named } = outlineOf(grants);
  return wide || named.size > manyServices;
}

/** Prefixes of the services that an Allow names whole, as `service:*` or with a longer run of wildcards. */
export function writtenServices(grants: Grants): Set<string> {
  return new Set([...outlineOf(grants).named].flatMap(([prefix, { written }]) => (written ? [prefix] : [])));
}

/** Services that may be granted whole, with those named `service:*`. A cheap look: it never misses one that is. */
export function wholeServiceCandidates(grants: Grants): Service[] {
  const { wide, named } = outlineOf(grants);
  const candidates: Service[] = [];
  for (const [prefix, { written, count }] of named) {
    if (wide ? written && !isKnownService(prefix) : written || count >= serviceOf(prefix).names.length) candidates.push(serviceOf(prefix));
  }
  if (!wide) return candidates;
  return [...candidates, ...allServices().filter((service) => named.get(service.prefix)?.written || isHeldWhole(grants, service))];
}

/** True where the Allow statements, wherever they reach, hold all of a service between them. */
function isHeldWhole(grants: Grants, service: Service): boolean {
  const held = noActions(service);
  for (const { statement } of grants.allows) addAll(held, heldActions(statement.action, service));
  return includesAll(held, allActions(service));
}
