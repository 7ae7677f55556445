import { iamCommand } from '../aws-command.ts';
import { mergeControls } from '../merge-controls.ts';
import type { PasswordPolicy } from '../posture.ts';
import type { Controls, Flag, Rule } from '../rule.ts';

/** One thing that an account should ask of every password. */
interface Minimum {
  readonly words: string;
  readonly met: (policy: PasswordPolicy) => boolean;
  /** Controls that ask for this one alone. */
  readonly controls: Controls;
}

const leastCharacters = 8;

const minimums: readonly Minimum[] = [
  {
    words: 'an upper-case letter',
    met: ({ requireUppercase }) => requireUppercase,
    controls: { 'Security Hub': ['IAM.11'], 'CIS AWS Foundations': { '1.2.0': ['1.5'] }, 'PCI DSS': { '4.0.1': ['8.3.6'] } },
  },
  {
    words: 'a lower-case letter',
    met: ({ requireLowercase }) => requireLowercase,
    controls: { 'Security Hub': ['IAM.12'], 'CIS AWS Foundations': { '1.2.0': ['1.6'] }, 'PCI DSS': { '4.0.1': ['8.3.6'] } },
  },
  {
    words: 'a symbol',
    met: ({ requireSymbols }) => requireSymbols,
    controls: { 'Security Hub': ['IAM.13'], 'CIS AWS Foundations': { '1.2.0': ['1.7'] } },
  },
  {
    words: 'a number',
    met: ({ requireNumbers }) => requireNumbers,
    controls: { 'Security Hub': ['IAM.14'], 'CIS AWS Foundations': { '1.2.0': ['1.8'] }, 'PCI DSS': { '4.0.1': ['8.3.6'] } },
  },
  { words: `${leastCharacters} characters`, met: ({ minimumLength }) => minimumLength >= leastCharacters, controls: {} },
];

const ofAll: Controls = {
  'Security Hub': ['IAM.7'],
  'AWS Config': ['IAM_PASSWORD_POLICY'],
  'NIST 800-53 r5': ['AC-2(1)', 'AC-2(3)', 'AC-3(15)', 'IA-5(1)'],
  'NIST 800-171 r2': ['3.5.2', '3.5.7'],
  'PCI DSS': { '4.0.1': ['8.6.3'] },
  'MITRE ATT&CK': ['T1110'],
};

/** An account that lets its users choose passwords short of the five minimums. It tags nobody. */
export const passwordPolicyWeak: Rule = {
  id: 'password-policy-weak',
  title: 'Weak password policy',
  severity: 'medium',
  rationale:
    'A short or plain password is guessed by machines in hours. The account decides what its users may choose; without a policy of its own, IAM asks for less than the standards do.',
  remediation: {
    summary:
      'Ask for all five: an upper-case and a lower-case letter, a number, a symbol, and eight characters or more. The command replaces the whole policy: add what yours sets besides, such as password age and reuse',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html',
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-7',
    'https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html',
  ],
  controls: mergeControls([ofAll, ...minimums.map(({ controls }) => controls)]),
  check: { account: ofAccount },
};

function ofAccount(policy: PasswordPolicy | null): readonly Flag[] {
  const missing = policy === null ? minimums : minimums.filter(({ met }) => !met(policy));
  if (missing.length === 0) return [];
  const words = missing.map((minimum) => minimum.words).join(', ');
  return [
    {
      message:
        policy === null
          ? `has no password policy of its own, so none that asks for ${words}`
          : `has a password policy that does not ask for ${words}`,
      remedies: [
        iamCommand(
          'update-account-password-policy',
          '--minimum-password-length',
          String(Math.max(leastCharacters, policy?.minimumLength ?? 0)),
          '--require-uppercase-characters',
          '--require-lowercase-characters',
          '--require-numbers',
          '--require-symbols',
        ),
      ],
      controls: mergeControls([ofAll, ...missing.map(({ controls }) => controls)]),
    },
  ];
}
