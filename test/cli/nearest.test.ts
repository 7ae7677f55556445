import { expect, test } from 'vitest';
import { nearest } from '../../cli/nearest.ts';

const known = ['admin-access', 'service-admin', 'kms-decrypt-all-keys'];

test.each([
  ['admin-acess', 'admin-access'],
  ['admin_access', 'admin-access'],
  ['Service-Admin', 'service-admin'],
  ['kms-decrypt-keys', undefined],
  ['x', undefined],
  ['', undefined],
  ['a'.repeat(100_000), undefined],
])('%s is meant for %s', (name, meant) => {
  expect(nearest(name, known)).toBe(meant);
});
