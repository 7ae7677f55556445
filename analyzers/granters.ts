import { type ActionSet, actionsOf, concerns, isEmpty, keepOnly, noActions, removeAll, size } from '../policy/action-set.ts';
import type { Service } from '../policy/catalog/action-catalog.ts';
import { type Grants, reaches, type SourcedStatement } from '../policy/grants.ts';
import type { PatternElement } from '../policy/policy.ts';
import { covers } from '../policy/wildcards.ts';
import type { Evidence } from '../schemas/finding.ts';
import { evidenceOf } from './evidence.ts';

/** A part of a grant: some actions of a service, on one scope, or on anything where `scope` is undefined. */
export interface GrantPart {
  readonly service: Service;
  readonly wanted: ActionSet;
  readonly scope?: string;
}

/** The fewest statements, chosen greedily, that together make every part of a grant. */
export function fewestGranters(grants: Grants, parts: readonly GrantPart[]): SourcedStatement[] {
  const missing = parts.map(({ wanted }) => wanted.slice());
  const candidates = new Map(grants.allows.map((source) => [source, parts.map((part) => heldBy(source, part))] as const));
  const chosen: SourcedStatement[] = [];
  for (;;) {
    let best: { source: SourcedStatement; held: ActionSet[]; gain: number } | undefined;
    for (const [source, held] of candidates) {
      const gain = gainOf(held, missing);
      if (gain > (best?.gain ?? 0)) best = { source, held, gain };
    }
    if (!best) return chosen.toSorted((a, b) => grants.allows.indexOf(a) - grants.allows.indexOf(b));
    chosen.push(best.source);
    candidates.delete(best.source);
    for (const [i, part] of missing.entries()) removeAll(part, best.held[i] ?? part);
  }
}

function heldBy({ statement }: SourcedStatement, { service, scope }: GrantPart): ActionSet {
  return scope === undefined || reaches(statement.resource, scope) ? actionsOf(statement.action, service) : noActions(service);
}

function gainOf(held: readonly ActionSet[], missing: readonly ActionSet[]): number {
  let gain = 0;
  for (const [i, part] of missing.entries()) {
    const common = part.slice();
    keepOnly(common, held[i] ?? part);
    gain += size(common);
  }
  return gain;
}

/** Pointers to what in the granting statements makes the parts: the patterns that hold their actions, the resources that reach their scopes. */
export function evidenceFor(granters: readonly SourcedStatement[], parts: readonly GrantPart[]): Evidence[] {
  // Parts of one service on many scopes share one set of actions: each is asked about once.
  const distinct = [...new Map(parts.map((part) => [part.wanted, part] as const)).values()];
  const scopes = parts.flatMap(({ scope }) => (scope === undefined ? [] : [scope]));
  return granters.flatMap((source) =>
    evidenceOf(source, {
      action: (pattern) =>
        distinct.some((part) => concerns(pattern.glob, part.service.prefix) && holdsSome({ patterns: [pattern], negated: false }, part)),
      resource: ({ glob }) => scopes.length === 0 || scopes.some((scope) => covers(glob, scope)),
    }),
  );
}

/** True where a statement holds some of the actions that the parts want. */
export function touches({ statement }: SourcedStatement, parts: readonly GrantPart[]): boolean {
  return parts.some((part) => holdsSome(statement.action, part));
}

function holdsSome(element: Pick<PatternElement, 'patterns' | 'negated'>, { service, wanted }: GrantPart): boolean {
  const common = actionsOf(element, service);
  keepOnly(common, wanted);
  return !isEmpty(common);
}
