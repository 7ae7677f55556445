import { type ActionSet, allActions, heldActions, noActions } from './action-set.ts';
import { alikeServices } from './alike.ts';
import { mayName } from './arn-service.ts';
import { addAll, includesAll, includesSome } from './bits.ts';
import { isKnownService, type Service, serviceOf } from './catalog/action-catalog.ts';
import { everyResourceOf, type Grants, type SourcedStatement } from './grants.ts';
import { allowedOn, allowedOnAll, type HeldOf, heldOf, heldOnAll, heldOnStar, holdOnAll, holdsOnStar } from './holders.ts';
import { namedScopes, namesNarrower } from './named-scopes.ts';
import { outlineOf } from './outline.ts';

/** The statement that alone allows all the wanted actions of a service on `*`, where nothing could take a part away. */
export function allowsAlone({ allows, boundary, denies }: Grants, service: Service, wanted: ActionSet): SourcedStatement | undefined {
  if (denies.length > 0 || boundary) return undefined;
  return allows.find((source) => holdsOnStar(source, service, wanted));
}

/** True where all the wanted actions of a service are allowed on every resource of it in a partition. */
export function allowsEverywhere({ service, allows, denies, boundary }: HeldOf, partition: string, wanted: ActionSet): boolean {
  const forms = everyResourceOf(service, partition);
  if (!holdOnAll(allows, service, forms, wanted)) return false;
  if (denies.length > 0 && includesSome(heldOnAll(denies, service, forms), wanted)) return false;
  return boundary === undefined || holdOnAll(boundary, service, forms, wanted);
}

/** The actions of a service that are allowed on every resource of it, in one partition at least. */
export function allowedEverywhere(grants: Grants, service: Service): ActionSet {
  return allowedInSome(grants.partitions, heldOf(grants, service));
}

function allowedInSome(partitions: readonly string[], held: HeldOf): ActionSet {
  const set = noActions(held.service);
  for (const partition of partitions) addAll(set, allowedOnAll(held, everyResourceOf(held.service, partition)));
  return set;
}

/** The actions of a service that are allowed on at least one thing that a statement names, however narrow. */
export function allowedSomewhere(grants: Grants, service: Service): ActionSet {
  const held = heldOf(grants, service);
  const set = allowedInSome(grants.partitions, held);
  for (const scope of new Set(namedScopes(held, grants.partitions))) addAll(set, allowedOn(held, scope));
  return set;
}

/** True where each of the wanted actions of a service is allowed on at least one thing that a statement names; `held` is what the grants hold of it. */
export function allowsSomewhere(grants: Grants, held: HeldOf, wanted: ActionSet): boolean {
  const { service } = held;
  if (
    !areHeld(
      held.allows.map(({ set }) => set),
      service,
      wanted,
    )
  )
    return false;
  if (isPlainlyHeld(held, grants.partitions, wanted)) return true;
  if (includesSome(heldOnStar(held.denies, service), wanted)) return false;
  const set = noActions(service);
  const tried = new Set<string>();
  for (const scope of namedScopes(held, grants.partitions)) {
    if (tried.has(scope)) continue;
    tried.add(scope);
    addAll(set, allowedOn(held, scope));
    if (includesAll(set, wanted)) return true;
  }
  addAll(set, allowedInSome(grants.partitions, held));
  return includesAll(set, wanted);
}

/** True where a statement alone holds the wanted actions on something that it names, and nothing could take them away. */
function isPlainlyHeld({ service, allows, denies, boundary }: HeldOf, partitions: readonly string[], wanted: ActionSet): boolean {
  if (denies.length > 0 || boundary) return false;
  const first = allows.find(({ resource, set }) => !resource.negated && includesAll(set, wanted));
  return first !== undefined && namesNarrower(first.source, service, partitions);
}

/**
 * Services of `least` actions or more that may be granted whole, with those named `service:*`, in groups of which the first stands for
 * all. A cheap look: it never misses one that is.
 */
export function wholeServiceCandidates(grants: Grants, least: number): (readonly Service[])[] {
  const { wide, named } = outlineOf(grants);
  const candidates: (readonly Service[])[] = [];
  for (const [prefix, { written, count }] of named) {
    if (wide ? written && !isKnownService(prefix) : written || (count >= least && count >= serviceOf(prefix).names.length))
      candidates.push([serviceOf(prefix)]);
  }
  if (!wide) return candidates;
  const isWhole = (service: Service) => {
    const known = named.get(service.prefix);
    if (known?.written) return true;
    // What a statement grants of a service on others' resources counts where one names the service beside them.
    const counting = known ? grants.allows : grants.allows.filter(({ statement }) => mayName(statement.resource, service.arns));
    const sets = counting.map(({ statement }) => heldActions(statement.action, service));
    return areHeld(sets, service, allActions(service));
  };
  return [...candidates, ...alikeServices(grants).filter(([first]) => first && isWhole(first))];
}

/** True where some sets of a service's actions hold the wanted ones between them. */
function areHeld(sets: readonly ActionSet[], service: Service, wanted: ActionSet): boolean {
  if (sets.some((set) => includesAll(set, wanted))) return true;
  const held = noActions(service);
  for (const set of sets) addAll(held, set);
  return includesAll(held, wanted);
}
