import { type Grants, holdsAction, reaches, type SourcedStatement } from '../../policy/grants.ts';
import type { Pattern } from '../../policy/pattern.ts';
import { covers } from '../../policy/wildcards.ts';
import { overlapWith } from './arn-scopes.ts';
import { formsIn, type Target } from './targets.ts';

/** How a permission is granted where it counts: on a scope (a pattern), by any one of some Allow statements. */
export interface Reach {
  readonly action: string;
  readonly scope: string;
  readonly granters: readonly SourcedStatement[];
}

/** The grants cut to the statements that hold an action, of which the Allow statements are known. */
export function grantsHolding(grants: Grants, action: string, allows: readonly SourcedStatement[]): Grants {
  const { boundary, denies } = grants;
  if (denies.length === 0 && !boundary) return { ...grants, allows };
  const name = action.toLowerCase();
  const holds = ({ statement }: SourcedStatement) => holdsAction(statement.action, name);
  return { ...grants, allows, denies: denies.filter(holds), ...(boundary ? { boundary: boundary.filter(holds) } : {}) };
}

/** A scope on which an action is of use for a target; undefined where there is none. All statements of `grants` hold the action. */
export function reachOf(grants: Grants, action: string, target: Target): Reach | undefined {
  if (grants.allows.length === 0) return undefined;
  const service = action.slice(0, action.indexOf(':'));
  for (const partition of grants.partitions) {
    const forms = formsIn(target, service, partition);
    const found = target.whole ? onAll(grants, forms) : onSome(grants, forms, target);
    if (found) return { ...found, action };
  }
  return undefined;
}

type Scoped = Omit<Reach, 'action'>;

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
  const tried = new Set<string>();
  for (const scope of scopesIn(grants, forms, target)) {
    if (tried.has(scope)) continue;
    const granters = grantersOn(grants, scope);
    if (granters) return { scope, granters };
    tried.add(scope);
  }
  return undefined;
}

/** The scopes worth asking about: the forms that statements hold whole, and what is of use of those that they hold in part. */
function* scopesIn({ allows, boundary, denies }: Grants, forms: readonly string[], target: Target): Generator<string> {
  // Most that is on any form is on all.
  yield* forms.slice(0, 1);
  for (const { statement } of allows) {
    // What a NotResource leaves in is every form.
    if (statement.resource.negated) yield* forms;
    else for (const pattern of statement.resource.patterns) yield* withinForms(pattern, forms, target);
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
    if (covers(glob, form)) yield form;
    else partly = true;
  }
  if (partly && target.serves(glob)) yield glob;
}

/** Each pattern is taken apart once, and asked about by many paths. */
const overlapByPattern = new WeakMap<Pattern, (form: string) => boolean>();

function overlapOf(pattern: Pattern): (form: string) => boolean {
  const known = overlapByPattern.get(pattern);
  if (known) return known;
  const overlap = overlapWith(pattern.glob);
  overlapByPattern.set(pattern, overlap);
  return overlap;
}
