import { patternHoldsSome } from '../policy/action-set.ts';
import type { SourcedStatement } from '../policy/grants.ts';
import type { Pattern } from '../policy/pattern.ts';
import type { ActionElement, PatternElement } from '../policy/policy.ts';
import { covers } from '../policy/wildcards.ts';
import type { Evidence } from '../schemas/finding.ts';
import type { GrantPart } from './granters.ts';

/** Above this, an element is pointed to whole. */
const mostPatterns = 10;

/** Above this, values are not compared with each other: what a long list costs stays bounded by its length. */
const mostCompared = 100;

/** Which values of a statement's action and resource elements make the grant. */
export interface Contribution {
  /** Tells which patterns of a service, or of any where it is undefined, make it; itself undefined where none does. */
  readonly actionsOf: (service: string | undefined) => Makes | undefined;
  readonly resource: Makes;
}

type Makes = (pattern: Pattern) => boolean;

/** Pointers to what in the granting statements makes the parts: the patterns that hold their actions, the resources that reach their scopes. */
export function evidenceFor(granters: readonly SourcedStatement[], parts: readonly GrantPart[]): Evidence[] {
  const named = byService(parts);
  const actionsOf = (prefix: string | undefined): Makes | undefined => {
    const ofService = prefix === undefined ? parts : named.get(prefix);
    return ofService && ((pattern) => ofService.some(({ service, wanted }) => patternHoldsSome(pattern, service, wanted)));
  };
  const isOnAnything = parts.every(({ scopes }) => scopes === undefined);
  const resource: Makes = (pattern) => isOnAnything || parts.some(({ scopes }) => scopes?.some((scope) => pattern.covers(scope)));
  return granters.flatMap((source) => evidenceOf(source, { actionsOf, resource }));
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
  const { action, index, pointer, resource, sid } = statement;
  const evidence = (at: string): Evidence => {
    const place = sid === undefined ? { statement: index, pointer: at } : { statement: index, sid, pointer: at };
    return policyName === undefined ? place : { policy: policyName, ...place };
  };
  const actions = pointersTo(action, pointer, () => actionsMaking(action, contributes));
  const resources = pointersTo(resource, pointer, () => resourcesMaking(resource, contributes));
  return [...actions, ...resources].map(evidence);
}

/** A negated element grants by what it leaves out, so it is pointed to whole. */
function pointersTo(element: PatternElement, statement: string, making: () => readonly Making[]): string[] {
  const whole = `${statement}/${element.name}`;
  if (element.negated || element.scalar) return [whole];
  if (element.texts.length === 1) return [`${whole}/0`];
  const all = making();
  if (all.length > mostCompared) return [whole];
  const widest = all.length > 1 ? all.filter((one) => !isHeldByOther(one, all)) : all;
  return widest.length === 0 || widest.length > mostPatterns ? [whole] : widest.map(({ position }) => `${whole}/${position}`);
}

/** A value that makes the grant, and its position in its element. */
interface Making {
  readonly position: number;
  readonly pattern: Pattern;
}

function actionsMaking({ runs }: ActionElement, { actionsOf }: Contribution): Making[] {
  const making: Making[] = [];
  for (const { service, start, patterns } of runs) {
    const makes = actionsOf(service);
    if (makes) addMaking(making, patterns, start, makes);
  }
  return making;
}

function resourcesMaking({ patterns }: PatternElement, { resource }: Contribution): Making[] {
  const making: Making[] = [];
  addMaking(making, patterns, 0, resource);
  return making;
}

function addMaking(making: Making[], patterns: readonly Pattern[], start: number, makes: Makes): void {
  for (let i = 0; i < patterns.length; i++) {
    const pattern = patterns[i];
    if (pattern && makes(pattern)) making.push({ position: start + i, pattern });
  }
}

/** What a wider value beside it holds anyway is not to blame. */
function isHeldByOther({ position, pattern: { glob } }: Making, all: readonly Making[]): boolean {
  return all.some((other) => {
    const by = other.pattern;
    return by.wild && other.position !== position && by.glob !== glob && covers(by.glob, glob);
  });
}
