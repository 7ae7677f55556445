import { actionsWhere } from '../../policy/action-set.ts';
import { serviceOf } from '../../policy/catalog/action-catalog.ts';
import type { Grants, SourcedStatement } from '../../policy/grants.ts';
import type { Pattern } from '../../policy/pattern.ts';
import { onceForEach } from '../../policy/remembered.ts';
import { covers } from '../../policy/wildcards.ts';
import type { Evidence } from '../../schemas/finding.ts';
import { type OpenPath, openPaths } from '../escalation/find-paths.ts';
import { givenBy } from '../escalation/given-by.ts';
import type { Need } from '../escalation/needs.ts';
import type { Category } from '../escalation/paths.ts';
import type { Reach } from '../escalation/reach.ts';
import { remediesFor } from '../escalation/remedies.ts';
import { evidenceOf } from '../evidence.ts';
import type { GrantPart } from '../granters.ts';
import { mitigationsOf } from '../mitigations.ts';
import type { Flag, Rule } from '../rule.ts';

/** Permissions that together give more than they say. */
export const privilegeEscalation: Rule = {
  id: 'privilege-escalation',
  title: 'Privilege escalation',
  severity: 'critical',
  rationale:
    'Some permissions are worth more than they say: whoever may attach a policy to itself, make a key for another user or hand a role to a function that it writes can give itself everything that those have. A leaked key of such a user is as good as an administrator’s.',
  remediation: {
    summary:
      'Take away what lets the caller change its own permissions, its own user included; name the users and roles that it may act as; pass one role, to one service (iam:PassedToService); name the function, instance or stack that it may change',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
  },
  references: [
    'https://pathfinding.cloud',
    'https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
  ],
  controls: {
    'MITRE ATT&CK': ['T1098.003', 'T1548.005'],
  },
  check: {
    policy: (grants) => {
      const open = openPaths(grants);
      const [worst] = open;
      return worst ? [flag(grants, open, worst)] : [];
    },
  },
};

const ways: Readonly<Record<Category, string>> = {
  'self-escalation': 'changing what applies to the caller itself',
  'principal-access': 'acting as another user or role',
  'new-passrole': 'passing a role to what the caller makes',
  'existing-passrole': 'running code where a role already is',
};

function flag(grants: Grants, open: readonly OpenPath[], worst: OpenPath): Flag {
  const given = givenBy(open);
  const granters = grants.allows.filter((source) => given.has(source));
  const by = `${ways[worst.path.category]} with ${joined(worst.path.requires)}`;
  return {
    severity: worst.severity,
    message:
      open.length === 1 ? `allows privilege escalation by ${by}` : `allows ${open.length} ways to escalate privileges, the worst by ${by}`,
    paths: open.map(({ path }) => path.id),
    evidence: granters.flatMap((source) => evidenceIn(source, given.get(source) ?? [])),
    mitigations: mitigationsOf(
      grants,
      granters,
      [...given.values()].flat().map(({ need }) => actionOf(need)),
    ),
    remedies: remediesFor(open, grants.partitions[0]),
  };
}

/** Pointers to the patterns of a statement that hold the actions, and to the resources that hold the scopes. */
function evidenceIn(source: SourcedStatement, reaches: readonly Reach[]): Evidence[] {
  const holdsSome = (pattern: Pattern) => reaches.some(({ need }) => isHeld(need.name, pattern));
  return evidenceOf(source, {
    actionsOf: (service) => (service === undefined || reaches.some(({ need }) => need.service === service) ? holdsSome : undefined),
    resource: (pattern) => reaches.some(({ scope }) => isHeld(scope, pattern)),
  });
}

function isHeld(text: string, { glob, wild }: Pattern): boolean {
  return glob === text || (wild && covers(glob, text));
}

/** The action that a path needs, wherever it reaches. */
const actionOf = onceForEach((need: Need): GrantPart => {
  const service = serviceOf(need.service);
  return { service, wanted: actionsWhere(service, (position) => `${need.service}:${service.lowerNames[position]}` === need.name) };
});

/** `a, b and c`. */
function joined(items: readonly string[]): string {
  return items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
