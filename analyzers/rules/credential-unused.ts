import { activeKeys } from '../access-keys.ts';
import { deactivateKey, deleteKey, deletePassword } from '../aws-command.ts';
import { brokenControls } from '../credential-age.ts';
import { dayMs, elapsed, inDays } from '../elapsed.ts';
import { mergeControls } from '../merge-controls.ts';
import { listed } from '../mitigations.ts';
import type { Posture } from '../posture.ts';
import type { Controls, Flag, Rule } from '../rule.ts';
import type { Settings } from '../settings.ts';

const controls: Controls = {
  'Security Hub': ['IAM.8'],
  'AWS Config': ['IAM_USER_UNUSED_CREDENTIALS_CHECK'],
  'CIS AWS Foundations': { '1.2.0': ['1.3'] },
  'NIST 800-53 r5': ['AC-2', 'AC-2(1)', 'AC-2(3)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-6'],
  'NIST 800-171 r2': ['3.1.2'],
  'PCI DSS': { '3.2.1': ['8.1.4'], '4.0.1': ['8.2.6'] },
  'MITRE ATT&CK': ['T1078.004'],
};

/** What asks for less than the rule does by default: cited only where the configuration is as strict. */
const stricter: Controls = {
  'Security Hub': ['IAM.22'],
  'CIS AWS Foundations': {
    '1.4.0': ['1.12'],
    '2.0.0': ['1.12'],
    '3.0.0': ['1.12'],
    '4.0.1': ['1.12'],
    '5.0.0': ['1.11'],
    '6.0.0': ['2.11'],
    '7.0.0': ['2.11'],
  },
};

const aged = [
  { days: 90, controls },
  { days: 45, controls: stricter },
];

/** A password or active key that nobody used for as long as the threshold, or longer; one never used counts from when it was made. */
export const credentialUnused: Rule = {
  id: 'credential-unused',
  title: 'Unused credential',
  severity: 'medium',
  rationale:
    'Nobody misses a credential that nobody uses, so nobody notices when somebody else uses it. It stays behind when people and projects go, with all that it allows.',
  remediation: {
    summary:
      'Deactivate the key, watch for what fails, then delete it; delete a password that nobody signs in with (IAM cannot deactivate one)',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html',
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-8',
    'https://docs.aws.amazon.com/config/latest/developerguide/iam-user-unused-credentials-check.html',
  ],
  controls: mergeControls([controls, stricter]),
  check: { user: unusedCredentials },
};

interface Credential {
  readonly createdAt?: string;
  readonly lastUsedAt?: string | null;
}

/** How long a credential lies idle: since its last use, or where nobody used it, since its making. */
interface Idle {
  readonly ms: number;
  readonly everUsed: boolean;
}

function unusedCredentials(posture: Posture, { thresholds }: Settings): readonly Flag[] {
  const { asOf, userName, password } = posture;
  const days = thresholds.credentialUnusedDays;
  const unused = (credential: Credential): readonly Idle[] => {
    const idle = idleTime(credential, asOf);
    return idle !== undefined && idle.ms >= days * dayMs ? [idle] : [];
  };
  const passwords = password ? unused(password).map((idle) => ({ idle, told: 'the password' })) : [];
  const keys = activeKeys(posture).flatMap((key) => unused(key).map((idle) => ({ idle, id: key.id, told: `access key ${key.id}` })));
  const all = [...passwords, ...keys];
  if (all.length === 0) return [];
  return [
    {
      message: `holds credentials not used for ${days} days or more: ${listed(all.map(({ told, idle }) => `${told} (${words(idle)})`))}`,
      remedies: [
        ...keys.map(({ id }) => deactivateKey(userName, id)),
        ...passwords.map(() => deletePassword(userName)),
        ...keys.map(({ id }) => deleteKey(userName, id)),
      ],
      controls: brokenControls(aged, days, Math.max(...all.map(({ idle }) => idle.ms))),
    },
  ];
}

/** Undefined where it is not known. A use from before a password was made was another password's. */
function idleTime({ createdAt, lastUsedAt }: Credential, asOf: string): Idle | undefined {
  const [made, used] = [elapsed(createdAt, asOf), elapsed(lastUsedAt, asOf)];
  if (used !== undefined && (made === undefined || used <= made)) return { ms: used, everUsed: true };
  if (made === undefined || (used === undefined && lastUsedAt !== null)) return undefined;
  return { ms: made, everUsed: false };
}

function words({ ms, everUsed }: Idle): string {
  return everUsed ? `last used ${inDays(ms)} ago` : `never used since it was made ${inDays(ms)} ago`;
}
