import { patternHoldsSome } from '../policy/action-set.ts';
import type { SourcedStatement } from '../policy/grants.ts';
import type { Pattern } from '../policy/pattern.ts';
import type { PatternElement } from '../policy/policy.ts';
import { covers } from '../policy/wildcards.ts';
import type { Evidence } from '../schemas/finding.ts';
import type { GrantPart } from './granters.ts';

/** Above this, an element is pointed to whole. */
const mostPatterns = 10;

/** Above this, values are not compared with each other: what a long list costs stays bounded by its length. */
const mostCompared = 100;

/** Which values of a statement's action and resource elements make the grant. */
export interface Contribution {
  readonly action: (pattern: Pattern) => boolean;
  readonly resource: (pattern: Pattern) => boolean;
}

/** Pointers to what in the granting statements makes the parts: the patterns that hold their actions, the resources that reach their scopes. */
export function evidenceFor(granters: readonly SourcedStatement[], parts: readonly GrantPart[]): Evidence[] {
  const ofService = byService(parts);
  const holdsPart = (pattern: Pattern) =>
    (pattern.service === undefined ? parts : (ofService.get(pattern.service) ?? [])).some(({ service, wanted }) =>
      patternHoldsSome(pattern, service, wanted),
    );
  const isOnAnything = parts.every(({ scopes }) => scopes === undefined);
  const reachesScope = ({ glob }: Pattern) => isOnAnything || parts.some(({ scopes }) => scopes?.some((scope) => covers(glob, scope)));
  return granters.flatMap((source) => evidenceOf(source, { action: holdsPart, resource: reachesScope }));
}

function byService(parts: readonly GrantPart[]): ReadonlyMap<string, readonly GrantPart[]> {
  const grouped = new Map<string, GrantPart[]>();
  for (const part of parts) {
    const same = grouped.get(part.service.prefix);
    if (same) same.push(part);
    else grouped.set(part.service.prefix, [part]);
  }
  return grouped;
}

/** Pointers to the elements of a statement that make a grant. */
export function evidenceOf({ statement, policyName }: SourcedStatement, contributes: Contribution): Evidence[] {
  const pointers = [
    ...pointersTo(statement.action, statement.pointer, contributes.action),
    ...pointersTo(statement.resource, statement.pointer, contributes.resource),
  ];
  return pointers.map((pointer) => ({
    ...(policyName === undefined ? {} : { policy: policyName }),
    statement: statement.index,
    ...(statement.sid === undefined ? {} : { sid: statement.sid }),
    pointer,
  }));
}

/** A negated element grants by what it leaves out, so it is pointed to whole. */
function pointersTo(element: PatternElement, statement: string, contributes: (pattern: Pattern) => boolean): string[] {
  const whole = `${statement}/${element.name}`;
  if (element.negated || element.scalar) return [whole];
  if (element.patterns.length === 1) return [`${whole}/0`];
  const making: number[] = [];
  for (const [index, pattern] of element.patterns.entries()) if (contributes(pattern)) making.push(index);
  if (making.length > mostCompared) return [whole];
  const widest = making.length > 1 ? making.filter((index) => !isHeldByOther(element.patterns, index, making)) : making;
  return widest.length === 0 || widest.length > mostPatterns ? [whole] : widest.map((index) => `${whole}/${index}`);
}

/** What a wider value beside it holds anyway is not to blame. */
function isHeldByOther(patterns: readonly Pattern[], index: number, making: readonly number[]): boolean {
  const glob = patterns[index]?.glob ?? '';
  return making.some((other) => {
    const by = patterns[other];
    return by?.wild && other !== index && by.glob !== glob && covers(by.glob, glob);
  });
}
