import { type Service, serviceOf } from './catalog/action-catalog.ts';
import { conditionEffect } from './conditions.ts';
import { partitionsIn } from './partitions.ts';
import type { ActionElement, PatternElement, Policy, Statement } from './policy.ts';
import { forTheLast, onceForEachPair, onceOn } from './remembered.ts';
import { covers } from './wildcards.ts';

/** A policy among those judged together. `name` tells whose evidence is whose where there are several. */
export interface JudgedPolicy {
  readonly policy: Policy;
  readonly name?: string;
}

/** A statement with the policy that it comes from. */
export interface SourcedStatement {
  readonly statement: Statement;
  readonly policyName?: string;
  /** True where a condition narrows it, so that what it grants counts as lowered. */
  readonly restricted: boolean;
}

/** What is judged: the Allow and Deny statements of all policies, within the boundary's where there is one. */
export interface Grants {
  readonly allows: readonly SourcedStatement[];
  /** Unconditional ones only: these take away what they cover. */
  readonly denies: readonly SourcedStatement[];
  /** Denies with a condition: they are listed as mitigations, and take nothing away. */
  readonly conditionalDenies: readonly SourcedStatement[];
  /** The Allow statements of a permissions boundary: what none of them allows is not allowed. */
  readonly boundary?: readonly SourcedStatement[];
  /** Partitions that "every resource" is judged in; an account lives in one. */
  readonly partitions: readonly string[];
}

/**
 * All that a set of policies allows, judged together. A boundary grants nothing; its denies count like any other.
 * `partition` is the account's where it is known; otherwise it is read off the documents' ARNs.
 */
export function collectGrants(policies: readonly JudgedPolicy[], boundary?: JudgedPolicy, partition?: string): Grants {
  const own = sorted(policies);
  if (!boundary) return { ...own, partitions: partition ? [partition] : partitionsIn(policies) };
  const outer = sorted([boundary]);
  return {
    allows: own.allows,
    denies: [...own.denies, ...outer.denies],
    conditionalDenies: [...own.conditionalDenies, ...outer.conditionalDenies],
    boundary: outer.allows,
    partitions: partition ? [partition] : partitionsIn([...policies, boundary]),
  };
}

/** The same grants without those that a condition narrows; the very same where none is. */
export const unrestricted: (grants: Grants) => Grants = forTheLast((grants: Grants) =>
  grants.allows.some(({ restricted }) => restricted)
    ? { ...grants, allows: grants.allows.filter(({ restricted }) => !restricted) }
    : grants,
);

/** A class, since most statements are of no account, and nobody asks what their conditions do. */
class Source implements SourcedStatement {
  readonly statement: Statement;
  readonly policyName?: string;
  private narrowed: boolean | undefined;

  constructor(statement: Statement, policyName: string | undefined) {
    this.statement = statement;
    if (policyName !== undefined) this.policyName = policyName;
  }

  get restricted(): boolean {
    const { conditions } = this.statement;
    this.narrowed ??= conditions.length > 0 && conditions.some((condition) => conditionEffect(condition) === 'restricting');
    return this.narrowed;
  }
}

/** The statements of policies by what they do to a grant. */
function sorted(policies: readonly JudgedPolicy[]): Pick<Grants, 'allows' | 'denies' | 'conditionalDenies'> {
  const allows: SourcedStatement[] = [];
  const denies: SourcedStatement[] = [];
  const conditionalDenies: SourcedStatement[] = [];
  for (const { policy, name } of policies) {
    for (const statement of policy.statements) {
      if (!saysSomething(statement)) continue;
      const source = new Source(statement, name);
      if (statement.effect === 'Allow') allows.push(source);
      else if (statement.conditions.length === 0) denies.push(source);
      else conditionalDenies.push(source);
    }
  }
  return { allows, denies, conditionalDenies };
}

/** False for a statement with an empty list, which IAM refuses: it neither grants nor denies, and is never read as `*`. */
function saysSomething({ action, resource }: Statement): boolean {
  return action.texts.length > 0 && resource.texts.length > 0;
}

/**
 * True where a resource element holds all of a scope (a pattern): one of `Resource` covers it, or none of `NotResource`
 * does. A `NotResource` that leaves out a part of the scope leaves the scope: it is a hole, not a wall.
 */
export function reaches(resource: PatternElement, scope: string): boolean {
  if (resource.isStar) return !resource.negated;
  if (resource.texts.length <= fewPatterns && scope.length <= longestScope) return reachesAfresh(resource, scope);
  const byScope = reached(resource);
  const known = byScope.get(scope);
  if (known !== undefined) return known;
  const answer = reachesAfresh(resource, scope);
  byScope.set(scope, answer);
  return answer;
}

function reachesAfresh({ negated, patterns }: PatternElement, scope: string): boolean {
  for (const pattern of patterns) if (pattern.covers(scope)) return !negated;
  return negated;
}

/** Up to so many patterns are compared again faster than an answer is looked up. */
const fewPatterns = 8;

/** Comparing a longer scope takes longer than looking up. */
const longestScope = 200;

/** Each scope is compared with a long element once, however many services ask: what a hostile document costs stays bounded by its size. */
const reached = onceOn((_: PatternElement) => new Map<string, boolean>());

/** True where an action element holds an action, given in lower case as `service:name`. */
export function holdsAction({ isStar, negated, runs }: ActionElement, name: string): boolean {
  if (isStar) return !negated;
  for (const run of runs) {
    if (run.service !== undefined && !name.startsWith(run.service)) continue;
    for (const { glob, wild } of run.patterns) if (wild ? covers(glob, name) : glob === name) return !negated;
  }
  return negated;
}

/** What makes a single action possible on a scope: the Allow statements that reach it, or undefined where none does or a Deny covers it. */
export function grantersOf(grants: Grants, action: string, scope: string): readonly SourcedStatement[] | undefined {
  const holds = ({ statement }: SourcedStatement) => reaches(statement.resource, scope) && holdsAction(statement.action, action);
  const granters = grants.allows.filter(holds);
  if (granters.length === 0 || grants.denies.some(holds)) return undefined;
  return grants.boundary && !grants.boundary.some(holds) ? undefined : granters;
}

const formsOf = onceForEachPair(({ arns }: Service, partition): readonly string[] => arns.map((arn) => arn.replace('{p}', partition)));

/** The scopes that together are every resource of a service in a partition. */
export function everyResourceOf(service: Service | string, partition: string): readonly string[] {
  return formsOf(typeof service === 'string' ? serviceOf(service) : service, partition);
}
