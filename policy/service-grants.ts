import { type ActionSet, allActions, heldActions, noActions } from './action-set.ts';
import { addAll, includesAll, includesSome, isEmpty, keepOnly, removeAll } from './bits.ts';
import { allServices, isKnownService, type Service, serviceOf } from './catalog/action-catalog.ts';
import { everyResourceOf, type Grants, reaches, type SourcedStatement } from './grants.ts';
import { namedScopes } from './named-scopes.ts';
import { outlineOf } from './outline.ts';
import type { PatternElement } from './policy.ts';

/**
 * The actions of a service that some of the statements hold on every one of the forms (each form may have its own
 * statement). Where `enough` is asked for: those, once found, or fewer, once they are known not to be held. Not to be changed.
 */
function heldOnAll(statements: readonly SourcedStatement[], service: Service, forms: readonly string[], enough?: ActionSet): ActionSet {
  const everywhere = heldOnStar(statements, service, enough);
  if (enough && includesAll(everywhere, enough)) return everywhere;
  const partly = statements.filter(
    ({ statement: { action, resource } }) => !isStar(resource) && !includesAll(everywhere, heldActions(action, service)),
  );
  if (partly.length === 0) return everywhere;
  const together = allActions(service).slice();
  for (const form of forms) {
    const here = everywhere.slice();
    for (const { statement } of partly) if (reaches(statement.resource, form)) addAll(here, heldActions(statement.action, service));
    keepOnly(together, here);
    if (enough && !includesAll(here, enough)) break;
  }
  return together;
}

/** What is held on `*`, which needs no look at the service's forms. Not to be changed. */
function heldOnStar(statements: readonly SourcedStatement[], service: Service, enough?: ActionSet): ActionSet {
  let held: ActionSet | undefined;
  for (const { statement } of statements) {
    if (!isStar(statement.resource)) continue;
    const set = heldActions(statement.action, service);
    if (enough && includesAll(set, enough)) return set;
    held ??= noActions(service);
    addAll(held, set);
    if (enough && includesAll(held, enough)) return held;
  }
  return held ?? noActions(service);
}

function isStar({ negated, patterns }: PatternElement): boolean {
  return !negated && patterns.length === 1 && patterns[0]?.glob === '*';
}

/** The actions of a service that are allowed on all of the forms together: no Deny covers them, and the boundary, if any, lets them through. */
function allowedOnAll(grants: Grants, service: Service, forms: readonly string[]): ActionSet {
  const allowed = heldOnAll(grants.allows, service, forms);
  if (isEmpty(allowed)) return allowed;
  const set = allowed.slice();
  if (grants.denies.length > 0) removeAll(set, heldOnAll(grants.denies, service, forms));
  if (grants.boundary) keepOnly(set, heldOnAll(grants.boundary, service, forms));
  return set;
}

/** True where all the wanted actions of a service are allowed on every resource of it in a partition. */
export function allowsEverywhere(grants: Grants, service: Service, partition: string, wanted: ActionSet): boolean {
  const { allows, denies, boundary } = grants;
  const forms = everyResourceOf(service, partition);
  if (!includesAll(heldOnAll(allows, service, forms, wanted), wanted)) return false;
  if (denies.length > 0 && includesSome(heldOnAll(denies, service, forms), wanted)) return false;
  return boundary === undefined || includesAll(heldOnAll(boundary, service, forms, wanted), wanted);
}

/** The actions of a service that are allowed on every resource of it, in one partition at least. */
export function allowedEverywhere(grants: Grants, service: Service): ActionSet {
  const set = noActions(service);
  for (const partition of grants.partitions) addAll(set, allowedOnAll(grants, service, everyResourceOf(service, partition)));
  return set;
}

/** The actions that some of the statements hold on a scope (a pattern). */
function heldOn(statements: readonly SourcedStatement[], service: Service, scope: string): ActionSet {
  const held = noActions(service);
  for (const { statement } of statements) if (reaches(statement.resource, scope)) addAll(held, heldActions(statement.action, service));
  return held;
}

/** The actions of a service that are allowed on a scope (a pattern). */
function allowedOn({ allows, denies, boundary }: Grants, service: Service, scope: string): ActionSet {
  const set = heldOn(allows, service, scope);
  if (isEmpty(set)) return set;
  if (denies.length > 0) removeAll(set, heldOn(denies, service, scope));
  if (boundary) keepOnly(set, heldOn(boundary, service, scope));
  return set;
}

/** The actions of a service that are allowed on at least one thing that a statement names, however narrow. */
export function allowedSomewhere(grants: Grants, service: Service): ActionSet {
  const set = allowedEverywhere(grants, service);
  for (const scope of namedScopes(grants, service)) addAll(set, allowedOn(grants, service, scope));
  return set;
}

/** True where each of the wanted actions of a service is allowed on at least one thing that a statement names. */
export function allowsSomewhere(grants: Grants, service: Service, wanted: ActionSet): boolean {
  if (!areHeld(grants, service, wanted)) return false;
  const set = noActions(service);
  for (const scope of namedScopes(grants, service)) {
    addAll(set, allowedOn(grants, service, scope));
    if (includesAll(set, wanted)) return true;
  }
  addAll(set, allowedEverywhere(grants, service));
  return includesAll(set, wanted);
}

/** Services that may be granted whole, with those named `service:*`. A cheap look: it never misses one that is. */
export function wholeServiceCandidates(grants: Grants): Service[] {
  const { wide, named } = outlineOf(grants);
  const candidates: Service[] = [];
  for (const [prefix, { written, count }] of named) {
    if (wide ? written && !isKnownService(prefix) : written || count >= serviceOf(prefix).names.length) candidates.push(serviceOf(prefix));
  }
  if (!wide) return candidates;
  const isWhole = (service: Service) => named.get(service.prefix)?.written || areHeld(grants, service, allActions(service));
  return [...candidates, ...allServices().filter(isWhole)];
}

/** True where the Allow statements, wherever they reach, hold the wanted actions of a service between them. */
function areHeld(grants: Grants, service: Service, wanted: ActionSet): boolean {
  let held: ActionSet | undefined;
  for (const { statement } of grants.allows) {
    const set = heldActions(statement.action, service);
    if (includesAll(set, wanted)) return true;
    held ??= noActions(service);
    addAll(held, set);
    if (includesAll(held, wanted)) return true;
  }
  return false;
}
