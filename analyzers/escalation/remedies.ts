import type { OpenPath } from './find-paths.ts';
import type { Category, EscalationPath } from './paths.ts';
import { formsIn, targetsOf } from './targets.ts';

/** Statements that close paths, those of the worst category first: one or two for each category. */
export function remediesFor(open: readonly OpenPath[]): string[] {
  const byCategory = new Map<Category, EscalationPath[]>();
  for (const { path } of open) {
    const paths = byCategory.get(path.category);
    if (paths) paths.push(path);
    else byCategory.set(path.category, [path]);
  }
  return [...byCategory].flatMap(([category, paths]) => remedies[category](paths));
}

interface Remedy {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const write = (remedy: Remedy): string => JSON.stringify(remedy);

const remedies: Readonly<Record<Category, (paths: readonly EscalationPath[]) => readonly string[]>> = {
  // Whoever changes what applies to itself is stopped by no scope: the actions go.
  'self-escalation': (paths) => [write({ Effect: 'Deny', Action: actionsOf(paths), Resource: ['*'] })],
  'principal-access': (paths) => {
    const actions = actionsOf(paths);
    const own = actions.filter((action) => ownActions.has(action));
    const roles = actions.filter((action) => roleActions.has(action));
    return [
      ...(own.length > 0 ? [write({ Effect: 'Allow', Action: own, Resource: ['arn:aws:iam::*:user/${aws:username}'] })] : []),
      ...(roles.length > 0 ? [write({ Effect: 'Allow', Action: roles, Resource: [namedRole] })] : []),
    ];
  },
  'new-passrole': (paths) => once(paths.find(({ passesTo }) => passesTo.length > 0) ?? paths[0]),
  'existing-passrole': ([first]) => once(first),
};

const written = new Map<EscalationPath, readonly string[]>();

/** The remedy for one path about a role; each is written once. */
function once(path: EscalationPath | undefined): readonly string[] {
  if (!path) return [];
  const known = written.get(path);
  if (known) return known;
  const [service] = path.passesTo;
  const texts = [write(service === undefined ? usingOne(path) : passingOne(service))];
  written.set(path, texts);
  return texts;
}

const namedRole = 'arn:aws:iam::ACCOUNT:role/ROLE';

/** On the caller's own user these give it nothing that it has not. */
const ownActions = new Set(['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile']);
const roleActions = new Set(['iam:UpdateAssumeRolePolicy', 'sts:AssumeRole']);

function passingOne(service: string): Remedy {
  return {
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource: [namedRole],
    Condition: { StringEquals: { 'iam:PassedToService': service } },
  };
}

/** A path's permissions, on one resource. */
function usingOne(path: EscalationPath): Remedy {
  const onResources = path.requires.filter((action) => targetsOf(action, path).every(({ whole }) => !whole));
  const forms = onResources.flatMap((action) =>
    targetsOf(action, path).flatMap((target) => formsIn(target, action.slice(0, action.indexOf(':')), 'aws').slice(0, 1)),
  );
  return { Effect: 'Allow', Action: onResources, Resource: [...new Set(forms.map(named))] };
}

/** `arn:aws:ec2:REGION:ACCOUNT:instance/NAME` of an ARN form. */
function named(form: string): string {
  const [head, partition, service, region = '', account = '', ...rest] = form.split(':');
  const place = [region === '' ? '' : 'REGION', account === '' ? '' : 'ACCOUNT'];
  return [head, partition, service, ...place, rest.join(':').replace('?*', 'NAME').replace('/?*', '/*')].join(':');
}

function actionsOf(paths: readonly EscalationPath[]): string[] {
  return [...new Set(paths.flatMap(({ requires }) => requires))];
}
