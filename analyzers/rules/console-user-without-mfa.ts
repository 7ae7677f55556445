import { deletePassword, iamCommand } from '../aws-command.ts';
import type { Posture } from '../posture.ts';
import type { Flag, Rule } from '../rule.ts';

/** A console password alone opens the account. */
export const consoleUserWithoutMfa: Rule = {
  id: 'console-user-without-mfa',
  title: 'Console password without MFA',
  severity: 'high',
  rationale:
    'Passwords are guessed, reused and typed into look-alike pages. Without a second factor, whoever has the password is the user, from anywhere.',
  remediation: {
    summary:
      'Have the user register a passkey or security key, or else an authenticator app or hardware token; until then, or where nobody signs in, take the password away',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable.html',
  },
  references: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-5',
    'https://docs.aws.amazon.com/config/latest/developerguide/mfa-enabled-for-iam-console-access.html',
  ],
  controls: {
    'Security Hub': ['IAM.5', 'IAM.19'],
    'AWS Config': ['MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS', 'IAM_USER_MFA_ENABLED'],
    'CIS AWS Foundations': {
      '1.2.0': ['1.2'],
      '1.4.0': ['1.10'],
      '2.0.0': ['1.10'],
      '3.0.0': ['1.10'],
      '4.0.1': ['1.10'],
      '5.0.0': ['1.9'],
      '6.0.0': ['2.9'],
      '7.0.0': ['2.10'],
    },
    'NIST 800-53 r5': ['AC-2(1)', 'AC-3(15)', 'IA-2(1)', 'IA-2(2)', 'IA-2(6)', 'IA-2(8)'],
    'NIST 800-171 r2': ['3.3.8', '3.5.3', '3.5.4', '3.7.5'],
    'PCI DSS': { '3.2.1': ['8.3.1'], '4.0.1': ['8.4.2'] },
    'ISO 27001:2022': ['A.8.5'],
    'MITRE ATT&CK': ['T1078.004', 'T1110'],
  },
  check: { user: passwordAlone },
};

function passwordAlone({ userName, arn, account, password, mfaDevices }: Posture): readonly Flag[] {
  if (!password || mfaDevices?.length !== 0) return [];
  const serial = `arn:${arn.split(':')[1] || 'aws'}:iam::${account}:mfa/${userName}`;
  return [
    {
      message: 'holds a console password and no MFA device',
      remedies: [
        deletePassword(userName),
        iamCommand(
          'create-virtual-mfa-device',
          '--virtual-mfa-device-name',
          userName,
          '--outfile',
          'QR.png',
          '--bootstrap-method',
          'QRCodePNG',
        ),
        iamCommand(
          'enable-mfa-device',
          '--user-name',
          userName,
          '--serial-number',
          serial,
          '--authentication-code1',
          'CODE_1',
          '--authentication-code2',
          'CODE_2',
        ),
      ],
    },
  ];
}
