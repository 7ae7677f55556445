import { namesService } from './action-set.ts';
import { arnService, arnServicesOf, leavesServiceOpen } from './arn-service.ts';
import type { Service } from './catalog/action-catalog.ts';
import { everyResourceOf, type SourcedStatement } from './grants.ts';
import type { HeldOf } from './holders.ts';
import type { Pattern } from './pattern.ts';
import type { PatternElement } from './policy.ts';
import { overlaps } from './wildcards.ts';

/**
 * The resources, narrower than all, that the grants of a service name or do not leave out, or that a boundary or a Deny of all but some leaves of
 * them. Looked for as they are asked for: mostly the first answers.
 */
export function* namedScopes({ service, allows, boundary = [], denies }: HeldOf, partitions: readonly string[]): Generator<string> {
  const forms = formsIn(partitions, service);
  for (const { source, resource } of allows) {
    const named = names(source, service);
    if (!resource.negated) yield* narrowerIn(resource, service, forms, named);
    // A NotResource leaves in the forms that it does not hold whole, and of what it names, all that is no resource of the service.
    else yield* [...forms, ...(named ? [anythingElse] : [])];
  }
  for (const { resource } of boundary) if (!resource.negated) yield* narrowerIn(resource, service, forms, false);
  // A NotResource of a Deny is what it spares.
  for (const { resource } of denies) if (resource.negated) yield* narrowerIn(resource, service, forms, false);
}

/** True where a statement that holds something of a service names a resource, narrower than all, of it or with it. */
export function namesNarrower(source: SourcedStatement, service: Service, partitions: readonly string[]): boolean {
  const [forms, named] = [formsIn(partitions, service), names(source, service)];
  return source.statement.resource.patterns.some((pattern) => isNarrower(pattern, service, forms, named));
}

function formsIn(partitions: readonly string[], service: Service): readonly string[] {
  const [only = ''] = partitions;
  return partitions.length === 1 ? everyResourceOf(service, only) : partitions.flatMap((partition) => everyResourceOf(service, partition));
}

/** Those of some resources that hold something of a service, or are named with it, but not all of it. */
function* narrowerIn({ patterns }: PatternElement, service: Service, forms: readonly string[], named: boolean): Generator<string> {
  for (const pattern of patterns) if (isNarrower(pattern, service, forms, named)) yield pattern.glob;
}

function isNarrower(pattern: Pattern, service: Service, forms: readonly string[], named: boolean): boolean {
  const { glob } = pattern;
  const holdsSome = named || (mayBeOf(pattern, service) && forms.some((form) => overlaps(glob, form)));
  return holdsSome && !forms.every((form) => pattern.covers(form));
}

/** Stands for a resource that no pattern but `*` names. */
const anythingElse = '\u{E003}';

/** What an Allow grants of a service that it names counts on any resource, also on one that is not the service's. */
function names({ statement: { action } }: SourcedStatement, service: Service): boolean {
  return !action.negated && namesService(action, service);
}

/** False where the third part of the ARN alone tells that a resource is another service's. */
function mayBeOf({ glob }: Pattern, service: Service): boolean {
  return leavesServiceOpen(glob) || arnServicesOf(service).includes(arnService(glob));
}
