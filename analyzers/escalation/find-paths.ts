import { type Grants, type SourcedStatement, unrestricted } from '../../policy/grants.ts';
import { bySeverity, type Severity } from '../../schemas/severity.ts';
import { lowered } from '../severity.ts';
import { candidatePaths, type Holders } from './candidate-paths.ts';
import type { Need } from './needs.ts';
import { mayPassTo } from './passed-to.ts';
import type { Category, EscalationPath } from './paths.ts';
import { grantsHolding, type Reach, reachesOf } from './reach.ts';

/** A path that the grants allow, with what gives each of its permissions. */
export interface OpenPath {
  readonly path: EscalationPath;
  readonly severity: Severity;
  readonly permissions: readonly Reach[];
}

const severityOf: Readonly<Record<Category, Severity>> = {
  'self-escalation': 'critical',
  'principal-access': 'critical',
  'new-passrole': 'high',
  'existing-passrole': 'high',
};

/** Every escalation path that the grants leave open, worst first, then by id. */
export function openPaths(grants: Grants): OpenPath[] {
  const candidates = candidatePaths(grants);
  if (!candidates) return [];
  const free = unrestricted(grants);
  const freely = permissionsIn(free, candidates.holders, ({ restricted }) => !restricted);
  const anyhow = free === grants ? undefined : permissionsIn(grants, candidates.holders, () => true);
  const open: OpenPath[] = [];
  for (const { path, needs } of candidates.paths) {
    const severity = severityOf[path.category];
    const permissions = freely(needs);
    const restricted = permissions ? undefined : anyhow?.(needs);
    if (permissions) open.push({ path, severity, permissions });
    else if (restricted) open.push({ path, severity: lowered(severity), permissions: restricted });
  }
  return open.sort((a, b) => bySeverity(a.severity, b.severity) || (a.path.id < b.path.id ? -1 : 1));
}

/** Answers with the permissions that meet all needs, by statements that count, or undefined; each need is looked for once. */
function permissionsIn(
  grants: Grants,
  holders: Holders,
  counts: (source: SourcedStatement) => boolean,
): (needs: readonly Need[]) => OpenPath['permissions'] | undefined {
  const found = new Map<Need, Reach | undefined>();
  const reachOf = reachesOf();
  const reach = (need: Need): Reach | undefined => {
    const known = found.get(need);
    if (known || found.has(need)) return known;
    const one = reachOf(grantsFor(need, grants, (holders.get(need.position) ?? []).filter(counts)), need);
    found.set(need, one);
    return one;
  };
  return (needs) => {
    const permissions: Reach[] = [];
    for (const need of needs) {
      const one = reach(need);
      if (!one) return undefined;
      permissions.push(one);
    }
    return permissions;
  };
}

/** The grants cut to the statements that hold the action, without those that let no role be passed to the services. */
function grantsFor({ name, services }: Need, grants: Grants, holders: readonly SourcedStatement[]): Grants {
  return grantsHolding(grants, name, services.length === 0 ? holders : holders.filter(({ statement }) => mayPassTo(statement, services)));
}
