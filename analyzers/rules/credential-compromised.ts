import type { Change } from '../../events/change.ts';
import { activeKeys } from '../access-keys.ts';
import { deactivateKey, iamCommand } from '../aws-command.ts';
import { listed } from '../mitigations.ts';
import type { Posture } from '../posture.ts';
import { quarantineName } from '../quarantine.ts';
import type { ChangeContext, Flag, Rule } from '../rule.ts';

/** AWS found the user's credentials in the open and put its quarantine policy on the user. */
export const credentialCompromised: Rule = {
  id: 'credential-compromised',
  title: 'Credentials that AWS found exposed',
  severity: 'critical',
  rationale:
    'AWS attaches this policy when it finds a key in public, in a repository for instance. It denies the costliest abuse only: the key still works for everything else, and whoever found it may be using it now.',
  remediation: {
    summary:
      'Deactivate the exposed key now, look in CloudTrail for what it did, give what needs it a new key, then delete the old one; detach the policy last',
    url: 'https://repost.aws/knowledge-center/potential-account-compromise',
  },
  references: [
    'https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html',
    'https://attack.mitre.org/techniques/T1552/',
  ],
  controls: { 'MITRE ATT&CK': ['T1078.004', 'T1552'] },
  check: { event: ofChange, user: ofPosture },
};

function ofChange({ effect }: Change, { posture }: ChangeContext): readonly Flag[] {
  if (effect.kind !== 'policy-attached' || effect.holder?.type !== 'user') return [];
  const name = quarantineName(effect.policyArn);
  if (name === undefined) return [];
  const message = `attaches the quarantine policy ${name}, which AWS puts on users whose credentials it found exposed`;
  return [{ message, remedies: remedies(effect.holder.name, posture) }];
}

function ofPosture(posture: Posture): readonly Flag[] {
  const held = [...new Set(posture.policies.flatMap(({ arn }) => quarantineName(arn) ?? []))];
  if (held.length === 0) return [];
  const policies = `${held.length === 1 ? 'the quarantine policy' : 'the quarantine policies'} ${listed(held)}`;
  return [{ message: `holds ${policies}: AWS found credentials of this user exposed`, remedies: remedies(posture.userName, posture) }];
}

function remedies(userName: string, posture: Posture | undefined): string[] {
  const keys = posture ? activeKeys(posture) : [];
  return keys.length > 0
    ? keys.map(({ id }) => deactivateKey(userName, id))
    : [iamCommand('list-access-keys', '--user-name', userName), deactivateKey(userName, 'EXPOSED_ACCESS_KEY')];
}
