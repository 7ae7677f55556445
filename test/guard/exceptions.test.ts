import { describe, expect, test } from 'vitest';
import { unexcepted, withExceptions } from '../../guard/exceptions.ts';
import type { Exception } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';

const finding: Finding = {
  rule: 'admin-access',
  severity: 'critical',
  title: 'Administrative access',
  message: 'allows every action on every resource',
  evidence: [{ policy: 'all', statement: 0, pointer: '/Statement/0/Action' }],
  mitigations: [],
  remediation: { summary: 'less', commands: [], url: 'https://example.com' },
  controls: [],
};
const exception: Exception = {
  rule: 'admin-access',
  subject: 'user/break-*',
  owner: 'security@example.com',
  reason: 'emergencies',
  ticket: 'SEC-1',
  expires: '2027-03-31',
};
const told = { owner: 'security@example.com', reason: 'emergencies', ticket: 'SEC-1', expires: '2027-03-31' };
const user = { type: 'user', name: 'break-glass' } as const;
const on = (at: string, changes: Partial<Exception> = {}, subject: Parameters<typeof withExceptions>[1] = user) =>
  withExceptions([finding], subject, [{ ...exception, ...changes }], at)[0];

describe('an exception', () => {
  test('holds through its last day, and marks what it matches', () => {
    expect(on('2027-03-31T23:59:59Z')).toEqual({ ...finding, exception: told });
    expect(unexcepted([on('2027-03-31T23:59:59Z') ?? finding])).toEqual([]);
  });

  test('is over the day after: the finding is back, and says so', () => {
    expect(on('2027-04-01T00:00:00Z')).toEqual({ ...finding, lapsed: told });
    expect(unexcepted([on('2027-04-01T00:00:00Z') ?? finding])).toHaveLength(1);
  });

  test.each([
    ['another rule', { rule: 'service-admin' }, user],
    ['another user', {}, { type: 'user', name: 'bob' }],
    ['a role of that name', {}, { type: 'role', name: 'break-glass' }],
    ['somebody without a name', {}, { type: 'user' }],
    ['another policy', { policy: 'some' }, user],
  ] as const)('is none for %s', (_, changes, subject) => {
    expect(on('2027-03-01T00:00:00Z', changes, subject)).toEqual(finding);
  });

  test('for one policy holds only where that policy alone is to blame', () => {
    expect(on('2027-03-01T00:00:00Z', { policy: 'al?' })).toHaveProperty('exception');
    const both = { ...finding, evidence: [...finding.evidence, { policy: 'other', statement: 0, pointer: '/Statement/0/Action' }] };
    expect(withExceptions([both], user, [{ ...exception, policy: 'all' }], '2027-03-01T00:00:00Z')).toEqual([both]);
    const unnamed = { ...finding, evidence: [{ statement: 0, pointer: '/Statement/0/Action' }] };
    expect(withExceptions([unnamed], user, [{ ...exception, policy: '*' }], '2027-03-01T00:00:00Z')).toEqual([unnamed]);
  });

  test('that lasts longer is the one that counts', () => {
    const [excepted] = withExceptions([finding], user, [{ ...exception, expires: '2026-01-01' }, exception], '2027-03-01T00:00:00Z');
    expect(excepted).toHaveProperty('exception.expires', '2027-03-31');
  });
});
