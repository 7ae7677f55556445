import type { Change } from '../../events/change.ts';
import { iamCommand } from '../aws-command.ts';
import { listed } from '../mitigations.ts';
import type { HeldPolicy, Posture } from '../posture.ts';
import { isQuarantine } from '../quarantine.ts';
import type { Flag, Rule } from '../rule.ts';

/** A policy on the user itself. */
export const policyAttachedDirectly: Rule = {
  id: 'policy-attached-directly',
  title: 'Policy on a user instead of a group',
  severity: 'low',
  rationale:
    'Permissions given to users one by one drift apart: nobody sees at a glance who holds what, and they stay behind when a person changes teams. Groups keep them in one place.',
  remediation: {
    summary: 'Attach the policy to a group, put the user into the group, and take the policy off the user',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html',
  },
  references: ['https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-2'],
  controls: {
    'Security Hub': ['IAM.2'],
    'AWS Config': ['IAM_USER_NO_POLICIES_CHECK'],
    'CIS AWS Foundations': {
      '1.2.0': ['1.16'],
      '2.0.0': ['1.15'],
      '3.0.0': ['1.15'],
      '4.0.1': ['1.15'],
      '5.0.0': ['1.14'],
      '6.0.0': ['2.14'],
      '7.0.0': ['2.13'],
    },
    'NIST 800-53 r5': ['AC-2', 'AC-2(1)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-6', 'AC-6(3)'],
    'NIST 800-171 r2': ['3.1.1', '3.1.2', '3.1.7', '3.3.9', '3.13.3'],
    'PCI DSS': { '3.2.1': ['7.2.1'] },
    'ISO 27001:2022': ['A.5.15'],
    'MITRE ATT&CK': ['T1098.003'],
  },
  check: { event: ofChange, user: ofPosture },
};

function ofChange({ effect }: Change): readonly Flag[] {
  if (effect.kind === 'inline-policy-put' && effect.holder?.type === 'user') {
    return [{ message: `puts the inline policy ${effect.policyName ?? 'of unknown name'} on the user itself` }];
  }
  if (effect.kind === 'policy-attached' && effect.holder?.type === 'user' && !isQuarantine(effect.policyArn)) {
    return [{ message: `attaches ${effect.policyArn ?? 'a managed policy'} to the user itself` }];
  }
  return [];
}

function ofPosture({ policies, userName }: Posture): readonly Flag[] {
  const direct = policies.filter(({ group, arn }) => group === undefined && !isQuarantine(arn));
  if (direct.length === 0) return [];
  const names = direct.map(({ name }) => name);
  return [
    {
      message: `holds ${direct.length === 1 ? 'a policy' : `${direct.length} policies`} directly: ${listed(names)}`,
      remedies: [
        ...direct.map(giveToGroup),
        iamCommand('add-user-to-group', '--user-name', userName, '--group-name', 'GROUP'),
        ...direct.map((policy) => takeOff(userName, policy)),
      ],
    },
  ];
}

function giveToGroup({ arn, name }: HeldPolicy): string {
  return arn === undefined
    ? iamCommand('put-group-policy', '--group-name', 'GROUP', '--policy-name', name, '--policy-document', 'file://POLICY.json')
    : iamCommand('attach-group-policy', '--group-name', 'GROUP', '--policy-arn', arn);
}

function takeOff(userName: string, { arn, name }: HeldPolicy): string {
  return arn === undefined
    ? iamCommand('delete-user-policy', '--user-name', userName, '--policy-name', name)
    : iamCommand('detach-user-policy', '--user-name', userName, '--policy-arn', arn);
}
