import { activeKeys } from '../access-keys.ts';
import { deactivateKey, deleteKey, iamCommand } from '../aws-command.ts';
import { brokenControls } from '../credential-age.ts';
import { dayMs, elapsed, inDays } from '../elapsed.ts';
import { listed } from '../mitigations.ts';
import type { Posture } from '../posture.ts';
import type { Controls, Flag, Rule } from '../rule.ts';
import type { Settings } from '../settings.ts';

const controls: Controls = {
  'Security Hub': ['IAM.3'],
  'AWS Config': ['ACCESS_KEYS_ROTATED'],
  'CIS AWS Foundations': {
    '1.2.0': ['1.4'],
    '1.4.0': ['1.14'],
    '2.0.0': ['1.14'],
    '3.0.0': ['1.14'],
    '4.0.1': ['1.14'],
    '5.0.0': ['1.13'],
    '6.0.0': ['2.13'],
    '7.0.0': ['2.12'],
  },
  'NIST 800-53 r5': ['AC-2(1)', 'AC-2(3)', 'AC-3(15)'],
  'PCI DSS': { '4.0.1': ['8.3.9', '8.6.3'] },
  'MITRE ATT&CK': ['T1078.004'],
};

/** A key that works and is as old as the threshold, or older. An inactive one opens nothing. */
export const accessKeyUnrotated: Rule = {
  id: 'access-key-unrotated',
  title: 'Access key not rotated',
  severity: 'medium',
  rationale:
    'A key lives until somebody ends it, in every laptop, pipeline and backup it was ever copied to. Replacing it ends all the copies that nobody remembers.',
  remediation: {
    summary: 'Make a new key, switch over what uses the old one, deactivate the old one, watch for what fails, then delete it',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html',
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-3',
    'https://docs.aws.amazon.com/config/latest/developerguide/access-keys-rotated.html',
  ],
  controls,
  check: { user: oldKeys },
};

function oldKeys(posture: Posture, { thresholds }: Settings): readonly Flag[] {
  const { accessKeyMaxAgeDays: days } = thresholds;
  const old = activeKeys(posture)
    .map(({ id, createdAt }) => ({ id, age: elapsed(createdAt, posture.asOf) ?? 0 }))
    .filter(({ age }) => age >= days * dayMs);
  if (old.length === 0) return [];
  const told = old.map(({ id, age }) => `${id} (${inDays(age)})`);
  return [
    {
      message: `holds ${old.length === 1 ? 'an active access key' : `${old.length} active access keys`} of ${days} days or more: ${listed(told)}`,
      remedies: [
        iamCommand('create-access-key', '--user-name', posture.userName),
        ...old.map(({ id }) => deactivateKey(posture.userName, id)),
        ...old.map(({ id }) => deleteKey(posture.userName, id)),
      ],
      controls: brokenControls([{ days: 90, controls }], days, Math.max(...old.map(({ age }) => age))),
    },
  ];
}
