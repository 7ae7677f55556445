import { onceForEachPair } from '../../policy/remembered.ts';
import type { OpenPath } from './find-paths.ts';
import type { Category, EscalationPath } from './paths.ts';
import { formsIn, targetsOf } from './targets.ts';

/** Statements that close paths, those of the worst category first: one or two for each category. Their ARNs are of the partition. */
export function remediesFor(open: readonly OpenPath[], partition = 'aws'): string[] {
  const byCategory = new Map<Category, EscalationPath[]>();
  for (const { path } of open) {
    const paths = byCategory.get(path.category);
    if (paths) paths.push(path);
    else byCategory.set(path.category, [path]);
  }
  return [...byCategory].flatMap(([category, paths]) => remedies[category](paths, partition));
}

interface Remedy {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const write = (remedy: Remedy): string => JSON.stringify(remedy);

const remedies: Readonly<Record<Category, (paths: readonly EscalationPath[], partition: string) => readonly string[]>> = {
  // Whoever changes what applies to itself is stopped by no scope: the actions go.
  'self-escalation': (paths) => [write({ Effect: 'Deny', Action: actionsOf(paths), Resource: ['*'] })],
  'principal-access': (paths, partition) => {
    const actions = actionsOf(paths);
    const own = actions.filter((action) => ownActions.has(action));
    const roles = actions.filter((action) => roleActions.has(action));
    return [
      ...(own.length > 0 ? [write({ Effect: 'Allow', Action: own, Resource: [`arn:${partition}:iam::*:user/\${aws:username}`] })] : []),
      ...(roles.length > 0 ? [write({ Effect: 'Allow', Action: roles, Resource: [namedRole(partition)] })] : []),
    ];
  },
  'new-passrole': (paths, partition) => ofOne(paths.find(({ passesTo }) => passesTo.length > 0) ?? paths[0], partition),
  'existing-passrole': ([first], partition) => ofOne(first, partition),
};

/** The remedy for one path about a role; each is written once in a partition. */
const written = onceForEachPair((path: EscalationPath, partition): readonly string[] => {
  const [service] = path.passesTo;
  return [write(service === undefined ? usingOne(path, partition) : passingOne(service, partition))];
});

function ofOne(path: EscalationPath | undefined, partition: string): readonly string[] {
  return path ? written(path, partition) : [];
}

const namedRole = (partition: string) => `arn:${partition}:iam::ACCOUNT:role/ROLE`;

/** On the caller's own user these give it nothing that it has not. */
const ownActions = new Set(['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile']);
const roleActions = new Set(['iam:UpdateAssumeRolePolicy', 'sts:AssumeRole']);

function passingOne(service: string, partition: string): Remedy {
  return {
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource: [namedRole(partition)],
    Condition: { StringEquals: { 'iam:PassedToService': service } },
  };
}

/** A path's permissions, on one resource. */
function usingOne(path: EscalationPath, partition: string): Remedy {
  const onResources = path.requires.filter((action) => targetsOf(action, path).every(({ whole }) => !whole));
  const forms = onResources.flatMap((action) =>
    targetsOf(action, path).flatMap((target) => formsIn(target, action.slice(0, action.indexOf(':')), partition).slice(0, 1)),
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
