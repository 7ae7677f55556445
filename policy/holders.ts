import { type ActionSet, allActions, heldActions, noActions } from './action-set.ts';
import { mayHoldForm } from './arn-service.ts';
import { addAll, includesAll, isEmpty, keepOnly, removeAll } from './bits.ts';
import type { Service } from './catalog/action-catalog.ts';
import { type Grants, reaches, type SourcedStatement } from './grants.ts';
import type { PatternElement } from './policy.ts';

/** What a statement holds of a service's actions, which is some at least, and on what. */
export interface Holder {
  readonly source: SourcedStatement;
  readonly resource: PatternElement;
  readonly set: ActionSet;
}

/** The statements that hold some of a service's actions. */
export function holdersIn(statements: readonly SourcedStatement[], service: Service): Holder[] {
  const holders: Holder[] = [];
  for (const source of statements) {
    const { action, resource } = source.statement;
    const set = heldActions(action, service);
    if (!isEmpty(set)) holders.push({ source, resource, set });
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

/** The actions of a service that are held on every one of the forms (each form may have its own statement). Not to be changed. */
export function heldOnAll(holders: readonly Holder[], service: Service, forms: readonly string[]): ActionSet {
  const everywhere = heldOnStar(holders, service);
  const partly = partlyHolding(holders, service).filter(({ set }) => !includesAll(everywhere, set));
  if (partly.length === 0) return everywhere;
  const together = allActions(service).slice();
  for (const form of forms) {
    const here = everywhere.slice();
    for (const { resource, set } of partly) if (reaches(resource, form)) addAll(here, set);
    keepOnly(together, here);
    if (isEmpty(together)) break;
  }
  return together;
}

/** True where the wanted actions of a service are held on every one of the forms. */
export function holdOnAll(holders: readonly Holder[], service: Service, forms: readonly string[], wanted: ActionSet): boolean {
  // Of a service that only reads and lists, nothing may be wanted.
  if (isEmpty(wanted)) return true;
  const everywhere = holders.some(({ resource }) => isStar(resource)) ? heldOnStar(holders, service) : undefined;
  if (everywhere && includesAll(everywhere, wanted)) return true;
  const partly = partlyHolding(holders, service);
  return partly.length > 0 && forms.every((form) => holdOn(partly, form, wanted, everywhere));
}

/** True where the wanted actions are held on a form, with those that are held on `*`. */
function holdOn(partly: readonly Holder[], form: string, wanted: ActionSet, everywhere: ActionSet | undefined): boolean {
  let held: ActionSet | undefined;
  for (const { resource, set } of partly) {
    if (!reaches(resource, form)) continue;
    if (includesAll(set, wanted)) return true;
    if (!held) held = everywhere?.slice();
    if (held) addAll(held, set);
    else held = set.slice();
  }
  return held !== undefined && includesAll(held, wanted);
}

/** Those that hold actions on something less than `*`, where it can be all of a form of the service. */
function partlyHolding(holders: readonly Holder[], service: Service): readonly Holder[] {
  const partly = holders.filter(({ resource }) => !isStar(resource));
  return partly.length > fewHolders ? partly.filter(({ resource }) => mayHoldForm(resource, service)) : partly;
}

/** So few are asked about each form as fast. */
const fewHolders = 8;

/** What is held on `*`, which needs no look at the service's forms. Not to be changed. */
export function heldOnStar(holders: readonly Holder[], service: Service): ActionSet {
  let held: ActionSet | undefined;
  for (const { resource, set } of holders) {
    if (!isStar(resource)) continue;
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
