import { describe, expect, test } from 'vitest';
import { credentialUnused } from '../../analyzers/rules/credential-unused.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';

const asOf = '2026-03-02T09:30:00.000Z';
const day = 86_400_000;

/** The controls cited for a key idle for so long, with a threshold of so many days; undefined where it is not flagged. */
function cited(idleDays: number, credentialUnusedDays: number): string[] | undefined {
  const used = new Date(Date.parse(asOf) - idleDays * day).toISOString();
  const posture = {
    userName: 'alice',
    arn: 'arn:aws:iam::111122223333:user/alice',
    account: '111122223333',
    asOf,
    groups: [],
    policies: [],
    accessKeys: [{ id: 'AKIAIOSFODNN7EXAMPLE', active: true, createdAt: '2024-01-01T00:00:00Z', lastUsedAt: used }],
    tags: {},
    unread: [],
  };
  const settings = { ...defaultConfiguration, thresholds: { ...defaultConfiguration.thresholds, credentialUnusedDays } };
  const [flag] = credentialUnused.check.user?.(posture, settings) ?? [];
  return flag && [flag.controls?.['Security Hub'] ?? []].flat().map(String);
}

describe('a control is cited only where the configured threshold is as strict, and the credential is old enough', () => {
  test.each([
    [90, 90, ['IAM.8']],
    [400, 90, ['IAM.8']],
    [400, 91, []],
    [89, 89, []],
    [89, 46, []],
    [50, 45, ['IAM.22']],
    [45, 30, ['IAM.22']],
    [44, 30, []],
    [90, 45, ['IAM.8', 'IAM.22']],
    [90, 46, ['IAM.8']],
    [44, 45, undefined],
  ])('idle for %d days, with a threshold of %d', (idle, threshold, wanted) => {
    expect(cited(idle, threshold)).toEqual(wanted);
  });
});
