import { heldActions, namesService } from './action-set.ts';
import { arnService, arnServicesOf, leavesServiceOpen } from './arn-service.ts';
import { isEmpty } from './bits.ts';
import type { Service } from './catalog/action-catalog.ts';
import { everyResourceOf, type Grants, type SourcedStatement } from './grants.ts';
import type { Pattern } from './pattern.ts';
import { covers, overlaps } from './wildcards.ts';

/** The resources, narrower than all, that the grants of a service name or do not leave out, or that a boundary or a Deny of all but some leaves of them. */
export function namedScopes(grants: Grants, service: Service): Set<string> {
  const scopes = new Set<string>();
  const forms = grants.partitions.flatMap((partition) => everyResourceOf(service, partition));
  const isWide = (glob: string) => forms.every((form) => covers(glob, form));
  const overlapsForm = (pattern: Pattern) => mayBeOf(pattern, service) && forms.some((form) => overlaps(pattern.glob, form));
  const add = ({ statement }: SourcedStatement, named: boolean) => {
    for (const pattern of statement.resource.patterns) {
      if ((named || overlapsForm(pattern)) && !isWide(pattern.glob)) scopes.add(pattern.glob);
    }
  };
  const holds = ({ statement }: SourcedStatement) => !isEmpty(heldActions(statement.action, service));
  const { allows, boundary = [], denies } = grants;
  for (const source of allows) {
    if (!holds(source)) continue;
    if (!source.statement.resource.negated) add(source, names(source, service));
    // A NotResource leaves in the forms that it does not hold whole, and of what it names, all that is no resource of the service.
    else for (const scope of [...forms, ...(names(source, service) ? [anythingElse] : [])]) scopes.add(scope);
  }
  for (const source of boundary) if (!source.statement.resource.negated && holds(source)) add(source, false);
  // A NotResource of a Deny is what it spares.
  for (const source of denies) if (source.statement.resource.negated && holds(source)) add(source, false);
  return scopes;
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
