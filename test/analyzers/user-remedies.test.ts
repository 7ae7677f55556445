import { describe, expect, test } from 'vitest';
import { analyzePosture } from '../../analyzers/analyze.ts';
import type { Posture } from '../../analyzers/posture.ts';
import { rules } from '../../analyzers/registry.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';

const key = { id: 'AKIAONE', active: true, createdAt: '2025-03-02T09:30:10Z', lastUsedAt: null };

/** A user of whom most posture rules have something to say. */
const posture: Posture = {
  userName: 'alice',
  arn: 'arn:aws-us-gov:iam::111122223333:user/staff/alice',
  account: '111122223333',
  asOf: '2026-03-02T09:30:00Z',
  createdAt: '2025-03-02T09:30:00Z',
  groups: [],
  policies: [],
  accessKeys: [key, { ...key, id: 'AKIATWO' }],
  password: { createdAt: '2025-03-02T09:30:00Z', lastUsedAt: null },
  mfaDevices: [],
  tags: {},
  unread: [],
};

/** The commands that a rule gives for a user. */
function commandsOf(id: string, user: Posture, purposeTags: readonly string[] = ['purpose']): readonly string[] {
  const found = analyzePosture(user, { ...defaultConfiguration, purposeTags }, rules).filter(({ rule }) => rule === id);
  expect(found).toHaveLength(1);
  return found.flatMap(({ remediation }) => remediation.commands);
}

describe('a user is mended, command by command', () => {
  test('a key not rotated: the new one is made first', () => {
    expect(commandsOf('access-key-unrotated', posture)).toEqual([
      'aws iam create-access-key --user-name alice',
      'aws iam update-access-key --user-name alice --access-key-id AKIAONE --status Inactive',
      'aws iam update-access-key --user-name alice --access-key-id AKIATWO --status Inactive',
      'aws iam delete-access-key --user-name alice --access-key-id AKIAONE',
      'aws iam delete-access-key --user-name alice --access-key-id AKIATWO',
    ]);
  });

  test('several keys: which of them is in use is for the reader to find out', () => {
    expect(commandsOf('multiple-access-keys', posture)).toEqual([
      'aws iam get-access-key-last-used --access-key-id AKIAONE',
      'aws iam get-access-key-last-used --access-key-id AKIATWO',
      'aws iam update-access-key --user-name alice --access-key-id ACCESS_KEY_NOT_IN_USE --status Inactive',
      'aws iam delete-access-key --user-name alice --access-key-id ACCESS_KEY_NOT_IN_USE',
    ]);
  });

  test('a key made at set-up: its last use decides', () => {
    expect(commandsOf('access-key-at-user-setup', { ...posture, accessKeys: [key] })).toEqual([
      'aws iam get-access-key-last-used --access-key-id AKIAONE',
      'aws iam update-access-key --user-name alice --access-key-id AKIAONE --status Inactive',
      'aws iam delete-access-key --user-name alice --access-key-id AKIAONE',
    ]);
  });

  const withDevice = (partition: string) => [
    'aws iam delete-login-profile --user-name alice',
    'aws iam create-virtual-mfa-device --virtual-mfa-device-name alice --outfile QR.png --bootstrap-method QRCodePNG',
    `aws iam enable-mfa-device --user-name alice --serial-number arn:${partition}:iam::111122223333:mfa/alice --authentication-code1 CODE_1 --authentication-code2 CODE_2`,
  ];

  test('a password alone: it goes, or a device comes, in the partition of the user', () => {
    expect(commandsOf('console-user-without-mfa', posture)).toEqual(withDevice('aws-us-gov'));
  });

  test('a password alone of a user whose ARN is not told: in the usual partition', () => {
    expect(commandsOf('console-user-without-mfa', { ...posture, arn: '' })).toEqual(withDevice('aws'));
  });

  test('no boundary: one is set', () => {
    expect(commandsOf('permissions-boundary-missing', posture)).toEqual([
      'aws iam put-user-permissions-boundary --user-name alice --permissions-boundary POLICY_ARN',
    ]);
  });

  test('no purpose: every tag that is missing is set in one call', () => {
    const tagged = { ...posture, tags: { TEAM: 'reports' } };
    expect(commandsOf('user-purpose-untagged', tagged, ['purpose', 'team', 'owner'])).toEqual([
      `aws iam tag-user --user-name alice --tags '[{"Key":"purpose","Value":"WHERE_THE_KEY_IS_USED"},{"Key":"owner","Value":"WHERE_THE_KEY_IS_USED"}]'`,
    ]);
  });
});
