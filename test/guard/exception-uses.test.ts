import { expect, test } from 'vitest';
import { rememberingUses } from '../../guard/exception-uses.ts';
import type { Exception } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';

const findingOf = (rule: string): Finding => ({
  rule,
  severity: 'high',
  title: rule,
  message: 'is wrong',
  evidence: [],
  mitigations: [],
  remediation: { summary: 'mend it', commands: [], url: 'https://example.com' },
  controls: [],
});
const exceptionOf = (rule: string, subject: string, expires: string): Exception => ({
  rule,
  subject,
  owner: 'security@example.com',
  reason: 'known',
  ticket: `SEC-${rule}`,
  expires,
});

test('uses are counted once for each subject, however often it is judged; what came after the end is counted apart', () => {
  const [held, over, idle] = [
    exceptionOf('service-admin', 'user/ci-*', '2027-01-01'),
    exceptionOf('admin-access', 'user/*', '2026-01-01'),
    exceptionOf('iam-user-created', 'user/x', '2027-01-01'),
  ];
  const { except, uses } = rememberingUses([held, over, idle]);
  const found = [findingOf('service-admin'), findingOf('admin-access')];
  for (const name of ['ci-1', 'ci-1', 'ci-2']) {
    expect(except(found, { type: 'user', name }, '2026-06-01T00:00:00Z').map(({ rule }) => rule)).toEqual(['admin-access']);
  }
  expect(except(found, { type: 'user', name: 'bob' }, '2026-06-01T00:00:00Z')).toHaveLength(2);
  expect(uses()).toEqual([
    { exception: held, used: 2, lapsed: 0 },
    { exception: over, used: 0, lapsed: 3 },
    { exception: idle, used: 0, lapsed: 0 },
  ]);
});

test('two exceptions of one owner and ticket are counted apart', () => {
  const [mine, other] = [exceptionOf('service-admin', 'user/a', '2027-01-01'), exceptionOf('service-admin', 'user/b', '2027-01-01')];
  const { except, uses } = rememberingUses([mine, other]);
  except([findingOf('service-admin')], { type: 'user', name: 'a' }, '2026-06-01T00:00:00Z');
  expect(uses()).toEqual([
    { exception: mine, used: 1, lapsed: 0 },
    { exception: other, used: 0, lapsed: 0 },
  ]);
});
