import { type Grants, unrestricted } from '../../policy/grants.ts';
import { bySeverity, type Severity } from '../../schemas/severity.ts';
import { lowered } from '../severity.ts';
import { type Candidates, candidatePaths } from './candidate-paths.ts';
import { mayPassTo } from './passed-to.ts';
import type { Category, EscalationPath } from './paths.ts';
import { grantsHolding, type Reach, reachOf } from './reach.ts';
import { type Target, targetsOf } from './targets.ts';

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

const passRole = 'iam:PassRole';

/** Every escalation path that the grants leave open, worst first, then by id. */
export function openPaths(grants: Grants): OpenPath[] {
  const candidates = candidatePaths(grants);
  if (!candidates || candidates.paths.length === 0) return [];
  const anyhow = permissionsIn(grants, candidates.holders);
  const free = unrestricted(grants);
  const freely =
    free === grants ? anyhow : permissionsIn(free, (action) => candidates.holders(action).filter(({ restricted }) => !restricted));
  const open: OpenPath[] = [];
  for (const path of candidates.paths) {
    const restricted = anyhow(path);
    if (!restricted) continue;
    const permissions = freely(path);
    const severity = severityOf[path.category];
    open.push(permissions ? { path, severity, permissions } : { path, severity: lowered(severity), permissions: restricted });
  }
  return open.sort((a, b) => bySeverity(a.severity, b.severity) || (a.path.id < b.path.id ? -1 : 1));
}

/** Answers which permissions make a path possible, or undefined; each permission is looked for once. */
function permissionsIn(grants: Grants, holders: Candidates['holders']): (path: EscalationPath) => OpenPath['permissions'] | undefined {
  const holding = new Map<string, Grants>();
  const reaches = new Map<Target, Map<string, Reach | undefined>>();
  const reach = (action: string, target: Target, services: readonly string[]): Reach | undefined => {
    const held = once(holding, action, () => grantsHolding(grants, action, holders(action.toLowerCase())));
    const byAction = once(reaches, target, () => new Map());
    return once(byAction, services.length === 0 ? action : services.join(), () => reachOf(passingTo(held, services), action, target));
  };
  return (path) => {
    const permissions = [];
    for (const action of path.requires) {
      for (const target of targetsOf(action, path)) {
        const found = reach(action, target, action === passRole ? path.passesTo : []);
        if (!found) return undefined;
        permissions.push(found);
      }
    }
    return permissions;
  };
}

/** The grants without the statements that let no role be passed to the services; all of them where no service is asked for. */
function passingTo(grants: Grants, services: readonly string[]): Grants {
  if (services.length === 0) return grants;
  return { ...grants, allows: grants.allows.filter(({ statement }) => mayPassTo(statement, services)) };
}

function once<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  const hit = known.get(key);
  if (hit !== undefined || known.has(key)) return hit as V;
  const value = find();
  known.set(key, value);
  return value;
}
