import { type ActionSet, allActions, heldActions, noActions } from './action-set.ts';
import { mayHoldForm } from './arn-service.ts';
import { addAll, includesAll, isEmpty, keepOnly, removeAll } from './bits.ts';
import type { Service } from './catalog/action-catalog.ts';
import { type Grants, reaches, type SourcedStatement } from './grants.ts';
import type { PatternElement } from './policy.ts';

/** What a statement holds of a service's actions, which is some at least, and on what. */
export interface Holder {
  readonly resource: PatternElement;
  readonly set: ActionSet;
}

/** The statements that hold some of a service's actions. */
export function holdersIn(statements: readonly SourcedStatement[], service: Service): Holder[] {
  const holders: Holder[] = [];
  for (const { statement } of statements) {
    const set = heldActions(statement.action, service);
    if (!isEmpty(set)) holders.push({ resource: statement.resource, set });
  }
  return holders;
}

/** What grants hold of a service. */
export interface HeldOf {
  readonly service: Service;
  readonly allows: readonly Holder[];
  readonly denies: readonly Holder[];
  readonly boundary: readonly Holder[] | undefined;
}

/** What grants hold of a service, read once however many scopes it is asked about. */
export function heldOf({ allows, denies, boundary }: Grants, service: Service): HeldOf {
  return {
    service,
    allows: holdersIn(allows, service),
    denies: holdersIn(denies, service),
    boundary: boundary && holdersIn(boundary, service),
  };
}

/**
 * The actions of a service that are held on every one of the forms (each form may have its own statement). Where `enough` is asked
 * for: those, once found, or fewer, once they are known not to be held. Not to be changed.
 */
export function heldOnAll(holders: readonly Holder[], service: Service, forms: readonly string[], enough?: ActionSet): ActionSet {
  const everywhere = heldOnStar(holders, service, enough);
  if (enough && includesAll(everywhere, enough)) return everywhere;
  const others = holders.filter(({ resource, set }) => !isStar(resource) && !includesAll(everywhere, set));
  const partly = others.length > fewHolders ? others.filter(({ resource }) => mayHoldForm(resource, service)) : others;
  if (partly.length === 0) return everywhere;
  const together = allActions(service).slice();
  for (const form of forms) {
    const here = everywhere.slice();
    for (const { resource, set } of partly) if (reaches(resource, form)) addAll(here, set);
    keepOnly(together, here);
    if (enough && !includesAll(here, enough)) break;
  }
  return together;
}

/** So few are asked about each form as fast. */
const fewHolders = 8;

/** What is held on `*`, which needs no look at the service's forms. Not to be changed. */
export function heldOnStar(holders: readonly Holder[], service: Service, enough?: ActionSet): ActionSet {
  let held: ActionSet | undefined;
  for (const { resource, set } of holders) {
    if (!isStar(resource)) continue;
    if (enough && includesAll(set, enough)) return set;
    held ??= noActions(service);
    addAll(held, set);
  }
  return held ?? noActions(service);
}

/** True where a statement alone holds the wanted actions of a service on `*`. */
export function holdsOnStar({ statement }: SourcedStatement, service: Service, wanted: ActionSet): boolean {
  return isStar(statement.resource) && includesAll(heldActions(statement.action, service), wanted);
}

function isStar({ negated, isStar }: PatternElement): boolean {
  return !negated && isStar;
}

/** The actions that are allowed on all of the forms together: no Deny covers them, and the boundary, if any, lets them through. */
export function allowedOnAll({ service, allows, denies, boundary }: HeldOf, forms: readonly string[]): ActionSet {
  const allowed = heldOnAll(allows, service, forms);
  if (isEmpty(allowed)) return allowed;
  const set = allowed.slice();
  if (denies.length > 0) removeAll(set, heldOnAll(denies, service, forms));
  if (boundary) keepOnly(set, heldOnAll(boundary, service, forms));
  return set;
}

function heldOn(holders: readonly Holder[], service: Service, scope: string): ActionSet {
  const held = noActions(service);
  for (const { resource, set } of holders) if (reaches(resource, scope)) addAll(held, set);
  return held;
}

/** The actions that are allowed on a scope (a pattern). */
export function allowedOn({ service, allows, denies, boundary }: HeldOf, scope: string): ActionSet {
  // Denies are few, and one of everything ends it.
  const denied = denies.length > 0 ? heldOn(denies, service, scope) : undefined;
  if (denied && includesAll(denied, allActions(service))) return noActions(service);
  const set = heldOn(allows, service, scope);
  if (denied) removeAll(set, denied);
  if (boundary) keepOnly(set, heldOn(boundary, service, scope));
  return set;
}
