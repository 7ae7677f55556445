import { conditionEffect } from '../policy/conditions.ts';
import type { Grants, SourcedStatement } from '../policy/grants.ts';
import type { Condition, Statement } from '../policy/policy.ts';
import type { Mitigation } from '../schemas/finding.ts';
import { type GrantPart, touches } from './granters.ts';

/** What eases a grant: the conditions and holes of its statements, and the denies that touch its actions; one that covered its scopes would leave no grant. */
export function mitigationsOf(grants: Grants, granters: readonly SourcedStatement[], parts: readonly GrantPart[]): Mitigation[] {
  return [
    ...granters.flatMap(({ statement }) => [...conditionsOf(statement), ...holesOf(statement)]),
    ...[...grants.denies, ...grants.conditionalDenies].filter((deny) => touches(deny, parts)).map(({ statement }) => denyOf(statement)),
  ];
}

function conditionsOf(statement: Statement): Mitigation[] {
  return statement.conditions.flatMap((condition): Mitigation[] => {
    const effect = conditionEffect(condition);
    if (effect === 'open') return [];
    if (effect === 'restricting') return [{ kind: 'condition', message: `${labelOf(statement)} holds only under ${textOf(condition)}` }];
    return [
      { kind: 'unknown-condition', message: `${labelOf(statement)} has a condition that is not known to restrict: ${textOf(condition)}` },
    ];
  });
}

function holesOf(statement: Statement): Mitigation[] {
  if (!statement.resource.negated) return [];
  return [
    { kind: 'not-resource', message: `${labelOf(statement)} leaves out ${listed(statement.resource.patterns.map(({ text }) => text))}` },
  ];
}

function denyOf(statement: Statement): Mitigation {
  const resources = listed(statement.resource.patterns.map(({ text }) => text));
  const where = statement.resource.negated ? `all but ${resources}` : resources;
  const when = statement.conditions.length > 0 ? ` under ${statement.conditions.map(textOf).join(' and ')}` : '';
  return { kind: 'deny', message: `${labelOf(statement)} denies a part: on ${where}${when}` };
}

/** How messages name a statement: by its Sid where it has one, by its position otherwise. */
export function labelOf(statement: Statement): string {
  return statement.sid ? `statement ${statement.index} (${statement.sid})` : `statement ${statement.index}`;
}

function textOf({ operator, key, values }: Condition): string {
  return `${operator} ${key} ${listed(values)}`;
}

/** A list as people read it, cut after three. */
export function listed(items: readonly string[], most = 3): string {
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}
