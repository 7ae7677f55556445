import { describe, expect, test } from 'vitest';
import { allActions, consequentialActions, heldActions } from '../../policy/action-set.ts';
import { includesAll, isEmpty } from '../../policy/bits.ts';
import { serviceOf } from '../../policy/catalog/action-catalog.ts';
import { policyOf } from './documents.ts';

function held(prefix: string, element: Record<string, unknown>): string[] {
  const [statement] = policyOf({ Effect: 'Allow', Resource: '*', ...element }).statements;
  if (!statement) throw new Error('no statement');
  const service = serviceOf(prefix);
  const set = heldActions(statement.action, service);
  return service.names.filter((_, i) => ((set[i >>> 5] ?? 0) & (1 << (i & 31))) !== 0);
}

describe('the actions that an element holds', () => {
  test('are the union of its patterns, in any case', () => {
    expect(held('kms', { Action: ['kms:decrypt', 'KMS:ReEncrypt*', 's3:*'] }).sort()).toEqual(['Decrypt', 'ReEncryptFrom', 'ReEncryptTo']);
  });

  test('are all the others for NotAction', () => {
    const rest = held('kms', { NotAction: ['kms:*crypt*', 's3:*'] });
    expect(rest).not.toContain('Decrypt');
    expect(rest).toContain('CreateKey');
    expect(held('s3', { NotAction: ['kms:*', 's3:*'] })).toEqual([]);
    expect(held('ec2', { NotAction: ['kms:*'] })).toEqual(serviceOf('ec2').names);
  });

  test.each(['*', '**', '*:*', '?*', '*?', 'k*', 'km?:*', '*ms:*', 'kms:**', 'kms:?*'])('are all for %s', (pattern) => {
    expect(held('kms', { Action: pattern })).toEqual(serviceOf('kms').names);
  });

  test('are reached through a wildcard in the prefix', () => {
    expect(held('kms', { Action: '*:Decrypt' })).toEqual(['Decrypt']);
    expect(held('kms', { Action: '*crypt' }).sort()).toEqual(['Decrypt', 'Encrypt']);
  });

  test('are none where the prefix is another, or there is no colon', () => {
    for (const pattern of ['s3:*', 'kms', 'kmsx:*', 'km:*', '', ':*', 'kms::*']) expect(held('kms', { Action: pattern })).toEqual([]);
  });

  test('are none for an empty list', () => {
    expect(held('kms', { Action: [] })).toEqual([]);
  });

  test('of a service that the catalog does not know are held by its wildcard alone', () => {
    expect(held('brandnew', { Action: 'brandnew:*' })).toHaveLength(1);
    expect(held('brandnew', { Action: 'brandnew:Thing' })).toHaveLength(0);
  });
});

test('consequential actions are those that do more than read or list', () => {
  const service = serviceOf('s3');
  expect(isEmpty(consequentialActions(service))).toBe(false);
  expect(includesAll(allActions(service), consequentialActions(service))).toBe(true);
  expect(includesAll(consequentialActions(service), allActions(service))).toBe(false);
});
