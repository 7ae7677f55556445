import { type ActionSet, allActions, consequentialActions } from '../../policy/action-set.ts';
import { alikeServices } from '../../policy/alike.ts';
import { isEmpty } from '../../policy/bits.ts';
import type { Service } from '../../policy/catalog/action-catalog.ts';
import { everyResourceOf, type Grants, unrestricted } from '../../policy/grants.ts';
import { heldOf } from '../../policy/holders.ts';
import { mayReachEveryService } from '../../policy/outline.ts';
import { allowsEverywhere } from '../../policy/service-grants.ts';
import { evidenceFor } from '../evidence.ts';
import { fewestGranters, type GrantPart } from '../granters.ts';
import { mitigationsOf } from '../mitigations.ts';
import type { Flag, Rule } from '../rule.ts';
import { lowered } from '../severity.ts';

/** Everything, or everything that changes anything. */
export const adminAccess: Rule = {
  id: 'admin-access',
  title: 'Administrative access',
  severity: 'critical',
  rationale:
    'Whoever holds this can do anything in the account: read every secret, delete every backup, make new administrators and switch off the logs. One leaked key is then the whole account.',
  remediation: {
    summary:
      'Allow only the actions in use, on named resources; IAM Access Analyzer drafts such a policy from what the principal really did',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-policy-generation.html',
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
  ],
  controls: {
    'Security Hub': ['IAM.1'],
    'AWS Config': ['IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS'],
    'CIS AWS Foundations': {
      '1.2.0': ['1.22'],
      '1.4.0': ['1.16'],
      '2.0.0': ['1.16'],
      '3.0.0': ['1.16'],
      '4.0.1': ['1.16'],
      '5.0.0': ['1.15'],
      '6.0.0': ['2.15'],
      '7.0.0': ['2.14'],
    },
    'NIST 800-53 r5': ['AC-2', 'AC-2(1)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-5', 'AC-6', 'AC-6(2)', 'AC-6(3)', 'AC-6(10)'],
    'NIST 800-171 r2': ['3.1.4'],
    'PCI DSS': { '3.2.1': ['7.2.1'] },
    'ISO 27001:2022': ['A.5.18', 'A.8.2'],
    'SOC 2': ['CC6.3'],
    'MITRE ATT&CK': ['T1098.003'],
  },
  check: {
    policy: (grants) => {
      if (!mayReachEveryService(grants)) return [];
      const asked = servicesToAsk(grants);
      const free = unrestricted(grants);
      const open = partitionAdministered(free, asked);
      if (open) return [flag(free, open, asked)];
      const narrowed = free === grants ? undefined : partitionAdministered(grants, asked);
      return narrowed ? [{ ...flag(grants, narrowed, asked), severity: lowered('critical') }] : [];
    },
  },
};

/** One of each group of services that are treated alike: one that has actions which change something, where there is any. */
function servicesToAsk(grants: Grants): Service[] {
  return alikeServices(grants).flatMap((group) => group.find((service) => !isEmpty(consequentialActions(service))) ?? group.slice(0, 1));
}

/** The partition in which everything that does more than read or list is allowed on every resource. */
function partitionAdministered(grants: Grants, asked: readonly Service[]): string | undefined {
  return grants.partitions.find((partition) => holdsEvery(grants, partition, asked, consequentialActions));
}

function holdsEvery(grants: Grants, partition: string, asked: readonly Service[], wanted: (service: Service) => ActionSet): boolean {
  return asked.every((service) => allowsEverywhere(heldOf(grants, service), partition, wanted(service)));
}

function flag(grants: Grants, partition: string, asked: readonly Service[]): Flag {
  const parts: GrantPart[] = asked.map((service) => ({
    service,
    scopes: everyResourceOf(service, partition),
    wanted: consequentialActions(service),
  }));
  const granters = fewestGranters(grants, parts);
  const everything = holdsEvery(grants, partition, asked, allActions);
  return {
    message: everything ? 'allows every action on every resource' : 'allows every action but some that read or list, on every resource',
    evidence: evidenceFor(granters, parts),
    mitigations: mitigationsOf(grants, granters, parts),
    remedies: [
      JSON.stringify({ Effect: 'Allow', Action: ['SERVICE:ACTION_IN_USE'], Resource: ['ARN_OF_WHAT_IT_IS_USED_ON'] }),
      'aws iam generate-service-last-accessed-details --arn PRINCIPAL_ARN',
    ],
  };
}
