import { type ActionSet, bitCount, heldActions, holdsSome, includesAll, noActions, removeAll } from '../policy/action-set.ts';
import type { Service } from '../policy/catalog/action-catalog.ts';
import { type Grants, reaches, type SourcedStatement } from '../policy/grants.ts';
import type { Pattern } from '../policy/pattern.ts';
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
  const alone = grants.allows.find((source) => parts.every((part) => includesAll(heldBy(source, part), part.wanted)));
  if (alone) return [alone];
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
  return scope === undefined || reaches(statement.resource, scope) ? heldActions(statement.action, service) : noActions(service);
}

function gainOf(held: readonly ActionSet[], missing: readonly ActionSet[]): number {
  let gain = 0;
  for (const [i, part] of missing.entries()) {
    const set = held[i];
    for (let w = 0; w < part.length; w++) gain += bitCount((part[w] ?? 0) & (set?.[w] ?? 0));
  }
  return gain;
}

/** Pointers to what in the granting statements makes the parts: the patterns that hold their actions, the resources that reach their scopes. */
export function evidenceFor(granters: readonly SourcedStatement[], parts: readonly GrantPart[]): Evidence[] {
  // Parts of one service on many scopes share one set of actions: each is asked about once.
  const distinct = [...new Map(parts.map((part) => [part.wanted, part] as const)).values()];
  const scopes = [...new Set(parts.flatMap(({ scope }) => (scope === undefined ? [] : [scope])))];
  const holdsPart = (pattern: Pattern, { service, wanted }: GrantPart) =>
    (pattern.service === undefined || pattern.service === service.prefix) &&
    holdsSome({ patterns: [pattern], negated: false }, service, wanted);
  return granters.flatMap((source) =>
    evidenceOf(source, {
      action: (pattern) => distinct.some((part) => holdsPart(pattern, part)),
      resource: ({ glob }) => scopes.length === 0 || scopes.some((scope) => covers(glob, scope)),
    }),
  );
}

/** True where a statement holds some of the actions that the parts want. */
export function touches({ statement }: SourcedStatement, parts: readonly GrantPart[]): boolean {
  return parts.some(({ service, wanted }) => holdsSome(statement.action, service, wanted));
}
