import { describe, expect, test } from 'vitest';
import { analyzeChange, analyzePosture } from '../../analyzers/analyze.ts';
import type { AccessKey, Posture } from '../../analyzers/posture.ts';
import { rules } from '../../analyzers/registry.ts';
import type { Thresholds } from '../../analyzers/settings.ts';
import { interpret } from '../../events/interpret.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { record } from '../records.ts';

const asOf = '2026-03-02T09:30:00Z';
const daysAgo = (days: number) => new Date(Date.parse(asOf) - days * 86_400_000).toISOString();

/** A user with these keys, who was made long ago. */
function withKeys(...accessKeys: AccessKey[]): Posture {
  return {
    userName: 'alice',
    arn: 'arn:aws:iam::111122223333:user/alice',
    account: '111122223333',
    asOf,
    createdAt: daysAgo(900),
    groups: [],
    policies: [],
    accessKeys,
    tags: {},
    unread: [],
  };
}

const settings = (thresholds: Partial<Thresholds>) => ({
  ...defaultConfiguration,
  thresholds: { ...defaultConfiguration.thresholds, ...thresholds },
});

const aged = (id: string, days: number) => ({ id, active: true, createdAt: daysAgo(days) });
const idle = (id: string, days: number) => ({ id, active: true, createdAt: daysAgo(days), lastUsedAt: daysAgo(days) });

/** What a rule finds about a user. */
function found(id: string, posture: Posture, thresholds: Partial<Thresholds> = {}): Finding | undefined {
  return analyzePosture(posture, settings(thresholds), rules).find(({ rule }) => rule === id);
}

describe('of several keys the oldest decides which controls are broken', () => {
  test('by keys not rotated', () => {
    const thresholds = { accessKeyMaxAgeDays: 30 };
    expect(found('access-key-unrotated', withKeys(aged('A', 100), aged('B', 40)), thresholds)?.controls).toContain('Security Hub IAM.3');
    expect(found('access-key-unrotated', withKeys(aged('A', 89), aged('B', 40)), thresholds)?.controls).toEqual([]);
  });

  test('by keys not used', () => {
    const thresholds = { credentialUnusedDays: 30 };
    expect(found('credential-unused', withKeys(idle('A', 40), idle('B', 45)), thresholds)?.controls).toContain('Security Hub IAM.22');
    expect(found('credential-unused', withKeys(idle('A', 40), idle('B', 44)), thresholds)?.controls).toEqual([]);
  });
});

describe('a credential is told', () => {
  test('as used once, where it was used when it was made', () => {
    expect(found('credential-unused', withKeys(idle('A', 100)))?.message).toContain('access key A (last used 100 days ago)');
  });

  test('as never used, where its last use was another’s, before it was made', () => {
    const key = { ...idle('A', 100), lastUsedAt: daysAgo(101) };
    expect(found('credential-unused', withKeys(key))?.message).toContain('access key A (never used since it was made 100 days ago)');
  });

  test('by one day, too', () => {
    expect(found('access-key-unrotated', withKeys(aged('A', 1)), { accessKeyMaxAgeDays: 1 })?.message).toContain('A (1 day)');
  });

  test.each([
    ['when it was made', { id: 'A', active: true, lastUsedAt: null }],
    ['whether it was used', { id: 'A', active: true, createdAt: daysAgo(500) }],
    ['anything', { id: 'A', active: true }],
  ])('not at all, where it is not known %s', (_, key) => {
    expect(found('credential-unused', withKeys(key))).toBeUndefined();
  });
});

describe('a key of a console user', () => {
  const user: Posture = { ...withKeys(), createdAt: '2026-03-02T09:29:59Z', password: {} };
  const judged = (eventName: string, requestParameters: Record<string, unknown>, accessKey?: object) => {
    const change = interpret(record(eventName, { requestParameters, responseElements: accessKey ? { accessKey } : null }), 'one');
    if (change === undefined) throw new Error(`${eventName} is not in the catalog`);
    const findings = analyzeChange(change, { settings: settings({ userSetupSeconds: 1 }), posture: user }, rules);
    return findings.map(({ message, remediation }) => ({ message, commands: remediation.commands }));
  };
  const key = { userName: 'alice', accessKeyId: 'AKIAONE', status: 'Active' };

  test('made within a second of the user is told, and how to take it away', () => {
    expect(judged('CreateAccessKey', { userName: 'alice' }, key)).toEqual([
      {
        message: 'makes access key AKIAONE for a console user that was created 1 second before',
        commands: [
          'aws iam get-access-key-last-used --access-key-id AKIAONE',
          'aws iam update-access-key --user-name alice --access-key-id AKIAONE --status Inactive',
          'aws iam delete-access-key --user-name alice --access-key-id AKIAONE',
        ],
      },
    ]);
  });

  test('whose id is not told is told without commands', () => {
    expect(judged('CreateAccessKey', { userName: 'alice' })).toEqual([
      { message: 'makes access key of unknown id for a console user that was created 1 second before', commands: [] },
    ]);
  });

  test('that is only activated was made before', () => {
    expect(judged('UpdateAccessKey', { userName: 'alice', accessKeyId: 'AKIAONE', status: 'Active' })).toEqual([]);
  });
});
