import { describe, expect, test } from 'vitest';
import { keyScopes } from '../../analyzers/key-scopes.ts';
import { collectGrants } from '../../policy/grants.ts';
import { allow, deny, grantsOf, policyOf, type Written } from '../policy/documents.ts';

const named = (...statements: Written[]) => keyScopes(grantsOf(...statements)).map(({ severity, name }) => `${severity}: ${name}`);
const everything = 'high: all keys of all accounts';

describe('the sets of keys that a policy is asked about', () => {
  test('are all keys, where it names no place', () => {
    for (const resource of ['*', 'arn:*', 'arn:aws:kms:*', 'arn:aws:kms:*:*:key/*', 'orders', 'arn:aws:kms']) {
      expect(named(allow('kms:Decrypt', resource)), resource).toEqual([everything]);
    }
  });

  test('are the widest first, where it names a Region and an account', () => {
    expect(keyScopes(grantsOf(allow('kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:key/*')))).toEqual([
      {
        pattern: 'arn:aws:kms:??*-?*-?:????????????:key/????????-????-????-????-????????????',
        severity: 'high',
        name: 'all keys of all accounts',
      },
      {
        pattern: 'arn:aws:kms:eu-west-1:????????????:key/????????-????-????-????-????????????',
        severity: 'high',
        name: 'all keys of all accounts in eu-west-1',
      },
      {
        pattern: 'arn:aws:kms:??*-?*-?:111122223333:key/????????-????-????-????-????????????',
        severity: 'medium',
        name: 'all keys of account 111122223333',
      },
      {
        pattern: 'arn:aws:kms:eu-west-1:111122223333:key/????????-????-????-????-????????????',
        severity: 'low',
        name: 'all keys of account 111122223333 in eu-west-1',
      },
    ]);
  });

  test.each([
    ['a Region alone', 'arn:aws:kms:eu-west-1:*:key/*', ['high: all keys of all accounts in eu-west-1']],
    ['an account alone', 'arn:aws:kms:*:111122223333:key/*', ['medium: all keys of account 111122223333']],
    ['a Region in part', 'arn:aws:kms:us-*:*:key/*', ['high: all keys of all accounts in us-*']],
    ['an account in part', 'arn:aws:kms:*:1111*:key/*', ['medium: all keys of account 1111*']],
    ['an account that stands elsewhere', 'arn:*111122223333:key/*', ['medium: all keys of account 111122223333']],
    ['a Region that stands elsewhere', 'arn:*us-gov-west-1:*', ['high: all keys of all accounts in us-gov-west-1']],
    ['no Region of AWS', 'arn:aws:kms:Europe:*:key/*', []],
    ['no account', 'arn:aws:kms:*:alice*:key/*', []],
    ['no more than a wildcard', 'arn:aws:kms:?*:?*:key/*', []],
  ])('by %s', (_, resource, expected) => {
    expect(named(allow('kms:Decrypt', resource))).toEqual([everything, ...expected]);
  });

  test('are told once, however often a place is named', () => {
    const resources = ['arn:aws:kms:eu-west-1:*:key/a', 'arn:aws:kms:eu-west-1:*:key/b', 'arn:aws:kms:eu-west-1:*:key/*'];
    expect(named(allow('kms:Decrypt', resources))).toEqual([everything, 'high: all keys of all accounts in eu-west-1']);
  });

  test('are those of four places at the most of one pattern, which can name only one', () => {
    const accounts = Array.from({ length: 6 }, (_, at) => `11112222333${at}`);
    expect(named(allow('kms:Decrypt', `arn:aws:kms:*${accounts.join('*')}*`))).toEqual([
      everything,
      ...accounts.slice(0, 4).map((account) => `medium: all keys of account ${account}`),
    ]);
    const regions = Array.from({ length: 6 }, (_, at) => `eu-west-${at}`);
    expect(named(allow('kms:Decrypt', `arn:aws:kms:*${regions.join('*')}*`))).toEqual([
      everything,
      ...regions.slice(0, 4).map((region) => `high: all keys of all accounts in ${region}`),
    ]);
  });

  test('are also those that a Deny or a boundary names', () => {
    const spare = { Effect: 'Deny', Action: 'kms:*', NotResource: 'arn:aws:kms:*:111122223333:key/*' };
    expect(named(allow('kms:Decrypt'), spare)).toEqual([everything, 'medium: all keys of account 111122223333']);
    const boundary = { policy: policyOf(allow('kms:*', 'arn:aws:kms:*:444455556666:key/*')) };
    const within = keyScopes(collectGrants([{ policy: policyOf(allow('kms:Decrypt')) }], boundary));
    expect(within.map(({ name }) => name)).toEqual(['all keys of all accounts', 'all keys of account 444455556666']);
  });

  test('are not those that statements about other actions name', () => {
    const elsewhere = 'arn:aws:kms:eu-west-1:444455556666:key/*';
    expect(named(allow('kms:Decrypt'), allow(['kms:Encrypt', 'kms:ReEncryptTo'], elsewhere), deny('kms:Encrypt', elsewhere))).toEqual([
      everything,
    ]);
    expect(named(allow('kms:ReEncryptFrom', 'arn:aws:kms:*:444455556666:key/*'))).toContain('medium: all keys of account 444455556666');
  });

  test('are asked about in each partition that the account can be in', () => {
    const patterns = keyScopes(grantsOf(allow('kms:Decrypt', 'arn:aws-cn:kms:*'))).map(({ pattern }) => pattern.split(':')[1]);
    expect(patterns).toEqual(['aws-cn', 'aws']);
  });
});
