import { mayName } from '../../policy/arn-service.ts';
import { type Grants, holdsAction, reaches, type SourcedStatement } from '../../policy/grants.ts';
import type { Pattern } from '../../policy/pattern.ts';
import { onceOn } from '../../policy/remembered.ts';
import { overlapWith } from './arn-scopes.ts';
import type { Need } from './needs.ts';
import { formsIn, type Target } from './targets.ts';

/** How a permission is granted where it counts: on a scope (a pattern), by any one of some Allow statements. */
export interface Reach {
  readonly need: Need;
  readonly scope: string;
  readonly granters: readonly SourcedStatement[];
}

/** The grants cut to the statements that hold an action (in lower case), of which the Allow statements are known. */
export function grantsHolding(
  { boundary, conditionalDenies, denies, partitions }: Grants,
  name: string,
  allows: readonly SourcedStatement[],
): Grants {
  if (denies.length === 0 && !boundary) return { allows, denies, conditionalDenies, partitions };
  const holds = ({ statement }: SourcedStatement) => holdsAction(statement.action, name);
  const cut = { allows, denies: denies.filter(holds), conditionalDenies, partitions };
  return boundary ? { ...cut, boundary: boundary.filter(holds) } : cut;
}

/**
 * A scope on which an action is of use for a target; undefined where there is none. All statements of `grants` hold the action. What many
 * actions ask of the same statements is looked for once.
 */
export function reachesOf(): (grants: Grants, need: Need) => Reach | undefined {
  const asked: Asked[] = [];
  return (grants, need) => {
    if (grants.allows.length === 0) return undefined;
    const { service, target } = need;
    const before = asked.find((one) => one.target === target && one.service === service && areSame(one.grants, grants));
    const found = before ? before.found : scopedOn(grants, service, target);
    if (!before) asked.push({ grants, target, service, found });
    return found && { need, scope: found.scope, granters: found.granters };
  };
}

interface Asked {
  readonly grants: Grants;
  readonly target: Target;
  readonly service: string;
  readonly found: Scoped | undefined;
}

function areSame(a: Grants, b: Grants): boolean {
  return haveSame(a.allows, b.allows) && haveSame(a.denies, b.denies) && haveSame(a.boundary ?? [], b.boundary ?? []);
}

function haveSame(a: readonly SourcedStatement[], b: readonly SourcedStatement[]): boolean {
  return a === b || (a.length === b.length && a.every((source, index) => source === b[index]));
}

type Scoped = Omit<Reach, 'need'>;

function scopedOn(grants: Grants, service: string, target: Target): Scoped | undefined {
  for (const partition of grants.partitions) {
    const forms = formsIn(target, service, partition);
    const found = target.whole ? onAll(grants, forms) : onSome(grants, forms, target);
    if (found) return found;
  }
  return undefined;
}

function onAll(grants: Grants, forms: readonly string[]): Scoped | undefined {
  let first: Scoped | undefined;
  for (const scope of forms) {
    const granters = grantersOn(grants, scope);
    if (!granters) return undefined;
    first ??= { scope, granters };
    // Nothing takes a part away from `*`.
    if (grants.denies.length === 0 && !grants.boundary && granters.some(isOnEverything)) return first;
  }
  return first;
}

/** As `grantersOf`, of grants that hold the action. */
function grantersOn({ allows, denies, boundary }: Grants, scope: string): readonly SourcedStatement[] | undefined {
  const onScope = ({ statement }: SourcedStatement) => reaches(statement.resource, scope);
  if (denies.some(onScope) || (boundary && !boundary.some(onScope))) return undefined;
  const granters = allows.filter(onScope);
  return granters.length > 0 ? granters : undefined;
}

function isOnEverything({ statement }: SourcedStatement): boolean {
  return !statement.resource.negated && statement.resource.patterns.some(({ glob }) => glob === '*');
}

function onSome(grants: Grants, forms: readonly string[], target: Target): Scoped | undefined {
  const [first] = forms;
  // Most that is on any form is on all.
  const onFirst = first === undefined ? undefined : grantersOn(grants, first);
  if (first !== undefined && onFirst) return { scope: first, granters: onFirst };
  const tried = new Set<string>();
  for (const scope of scopesIn(grants, forms, target)) {
    if (tried.has(scope)) continue;
    const granters = grantersOn(grants, scope);
    if (granters) return { scope, granters };
    tried.add(scope);
  }
  return undefined;
}

/** So few are compared with the forms as fast. */
const fewPatterns = 8;

/** The scopes worth asking about: the forms that statements hold whole, and what is of use of those that they hold in part. */
function* scopesIn({ allows, boundary, denies }: Grants, forms: readonly string[], target: Target): Generator<string> {
  for (const { statement } of allows) {
    // What a NotResource leaves in is every form.
    if (statement.resource.negated) yield* forms;
    else if (allows.length * statement.resource.patterns.length <= fewPatterns || mayName(statement.resource, forms))
      for (const pattern of statement.resource.patterns) yield* withinForms(pattern, forms, target);
  }
  // What a Deny of all but some leaves is those.
  for (const { statement } of denies) {
    if (statement.resource.negated) for (const pattern of statement.resource.patterns) yield* withinForms(pattern, forms, target);
  }
  for (const { statement } of boundary ?? []) {
    for (const pattern of statement.resource.patterns) {
      yield* withinForms(pattern, forms, target);
      // A boundary of one account leaves of `role/*` the roles of that account, which nobody wrote down.
      const [account] = /(?<=:)\d{12}(?=:)/.exec(pattern.glob) ?? [];
      if (account) for (const form of forms) yield form.replace('?'.repeat(12), account);
    }
  }
}

function* withinForms(pattern: Pattern, forms: readonly string[], target: Target): Generator<string> {
  const { glob } = pattern;
  const overlapsForm = overlapOf(pattern);
  let partly = false;
  for (const form of forms) {
    if (!overlapsForm(form)) continue;
    if (pattern.covers(form)) yield form;
    else partly = true;
  }
  if (partly && target.serves(glob)) yield glob;
}

/** Each pattern is taken apart once, and asked about by many paths. */
const overlapOf = onceOn(({ glob }: Pattern) => overlapWith(glob));
