import { type ActionSet, heldActions, holdsSome } from '../policy/action-set.ts';
import { includesAll, isEmpty, removeAll, sizeOfShared } from '../policy/bits.ts';
import type { Service } from '../policy/catalog/action-catalog.ts';
import { type Grants, reaches, type SourcedStatement } from '../policy/grants.ts';

/** A part of a grant: some actions of a service, on each of some scopes (patterns), or on anything where `scopes` is undefined. */
export interface GrantPart {
  readonly service: Service;
  readonly wanted: ActionSet;
  readonly scopes?: readonly string[];
}

/** The fewest statements, chosen greedily, that together make every part of a grant. */
export function fewestGranters(grants: Grants, parts: readonly GrantPart[]): SourcedStatement[] {
  const alone = grants.allows.find((source) => parts.every((part) => makesAlone(source, part)));
  return alone ? [alone] : chooseGranters(grants, parts);
}

function makesAlone({ statement }: SourcedStatement, { service, wanted, scopes }: GrantPart): boolean {
  if (!includesAll(heldActions(statement.action, service), wanted)) return false;
  return scopes === undefined || scopes.every((scope) => reaches(statement.resource, scope));
}

/** Some actions of a service, wanted on one scope or on anything. */
interface Piece {
  readonly service: Service;
  readonly wanted: ActionSet;
  readonly scope: string | undefined;
}

/** What a statement holds of each piece's service on its scope; undefined where it is not on it. */
type Holding = readonly (ActionSet | undefined)[];

function chooseGranters(grants: Grants, parts: readonly GrantPart[]): SourcedStatement[] {
  const pieces = parts.flatMap(({ service, wanted, scopes = [undefined] }) => scopes.map((scope): Piece => ({ service, wanted, scope })));
  const missing = pieces.map(({ wanted }) => wanted.slice());
  const candidates = new Map(grants.allows.map((source) => [source, pieces.map((piece) => heldBy(source, piece))] as const));
  const chosen = new Map<SourcedStatement, Holding>();
  for (;;) {
    let best: { source: SourcedStatement; held: Holding; gain: number } | undefined;
    for (const [source, held] of candidates) {
      const gain = gainOf(held, missing);
      if (gain > (best?.gain ?? 0)) best = { source, held, gain };
    }
    if (!best) break;
    chosen.set(best.source, best.held);
    candidates.delete(best.source);
    for (const [i, set] of best.held.entries()) takeFrom(missing[i], set);
  }
  if (chosen.size > 2 && chosen.size <= mostSifted) dropSpare(chosen, pieces);
  return grants.allows.filter((source) => chosen.has(source));
}

/** Of more statements than this, one too many is no matter, and finding it takes long. */
const mostSifted = 8;

/** Takes away each statement that the others can do without: one that gave most when it was chosen may give nothing in the end. */
function dropSpare(chosen: Map<SourcedStatement, Holding>, pieces: readonly Piece[]): void {
  for (const source of chosen.keys()) {
    const others = [...chosen].filter(([other]) => other !== source);
    const suffice = pieces.every(({ wanted }, i) => {
      const lacking = wanted.slice();
      for (const [, held] of others) takeFrom(lacking, held[i]);
      return isEmpty(lacking);
    });
    if (suffice) chosen.delete(source);
  }
}

function takeFrom(missing: ActionSet | undefined, held: ActionSet | undefined): void {
  if (missing && held) removeAll(missing, held);
}

function heldBy({ statement }: SourcedStatement, { service, scope }: Piece): ActionSet | undefined {
  return scope === undefined || reaches(statement.resource, scope) ? heldActions(statement.action, service) : undefined;
}

function gainOf(held: Holding, missing: readonly ActionSet[]): number {
  let gain = 0;
  for (let i = 0; i < missing.length; i++) {
    const [part, set] = [missing[i], held[i]];
    if (part && set) gain += sizeOfShared(part, set);
  }
  return gain;
}

/** True where a statement holds some of the actions that the parts want. */
export function touches({ statement }: SourcedStatement, parts: readonly GrantPart[]): boolean {
  return parts.some(({ service, wanted }) => holdsSome(statement.action, service, wanted));
}
