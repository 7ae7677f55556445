import { activeKeys } from '../access-keys.ts';
import { deactivateKey, deleteKey, lastUseOfKey } from '../aws-command.ts';
import { listed } from '../mitigations.ts';
import type { Posture } from '../posture.ts';
import type { Flag, Rule } from '../rule.ts';

/** More than one key that works. */
export const multipleAccessKeys: Rule = {
  id: 'multiple-access-keys',
  title: 'Several active access keys',
  severity: 'medium',
  rationale:
    'IAM allows two keys so that one can replace the other. Two that stay active are twice as much to leak and to watch, and a second key is a quiet way to keep a door open after a break-in.',
  remediation: {
    summary: 'Find the key that is not in use, deactivate it, watch for what fails, then delete it',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html',
  },
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
    'https://attack.mitre.org/techniques/T1098/001/',
  ],
  controls: {
    'CIS AWS Foundations': { '2.0.0': ['1.13'], '3.0.0': ['1.13'], '4.0.1': ['1.13'], '5.0.0': ['1.12'], '6.0.0': ['2.12'] },
    'MITRE ATT&CK': ['T1098.001'],
  },
  check: { user: severalKeys },
};

function severalKeys(posture: Posture): readonly Flag[] {
  const ids = activeKeys(posture).map(({ id }) => id);
  if (ids.length < 2) return [];
  return [
    {
      message: `holds ${ids.length} active access keys: ${listed(ids)}`,
      remedies: [
        ...ids.map(lastUseOfKey),
        deactivateKey(posture.userName, 'ACCESS_KEY_NOT_IN_USE'),
        deleteKey(posture.userName, 'ACCESS_KEY_NOT_IN_USE'),
      ],
    },
  ];
}
