import { describe, expect, test } from 'vitest';
import { analyzePolicies } from '../../analyzers/analyze.ts';
import { collectGrants } from '../../policy/grants.ts';
import { allow, deny, policyOf, told, toldOf, type Written } from './documents.ts';

/** Findings about statements within a boundary. */
const within = (statement: Written, ...boundary: Written[]) =>
  analyzePolicies({ policies: [{ policy: policyOf(statement) }], boundary: { policy: policyOf(...boundary), name: 'boundary' } });

describe('a boundary', () => {
  const keys = allow('kms:Decrypt');

  test('lets through what one of its statements allows', () => {
    expect(toldOf(within(keys, allow('s3:*'), allow('kms:*')))).toEqual(['kms-decrypt-all-keys high']);
    expect(toldOf(within(keys, allow('s3:*'), allow('sqs:*')))).toEqual([]);
  });

  test('eases by a Deny under a condition', () => {
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'false' } };
    const [found] = within(keys, allow('*'), deny('kms:Decrypt', '*', { Condition }));
    expect(found?.mitigations.map(({ kind }) => kind)).toEqual(['deny']);
  });

  test('tells of the partition that the account may be in', () => {
    const boundary = { policy: policyOf(allow('*', 'arn:aws-cn:s3:::reports/*')) };
    expect(collectGrants([{ policy: policyOf(keys) }], boundary).partitions).toEqual(['aws-cn', 'aws']);
  });
});

test('a statement whose NotResource lists nothing, which IAM refuses, grants nothing', () => {
  expect(told({ Effect: 'Allow', Action: '*', NotResource: [] })).toEqual([]);
});

describe('open patterns are counted', () => {
  const open = (first: number, count: number) => Array.from({ length: count }, (_, i) => `*:*x${'abcdefgh'[first + i]}a*`);

  test('apart for Allow and Deny', () => {
    expect(policyOf(allow(open(0, 3)), deny(open(3, 3))).problems).toEqual([]);
  });

  test('all together too, where they are the same', () => {
    expect(policyOf(allow(new Array(16).fill('*:*xaa*'))).problems).toEqual([]);
    expect(policyOf(allow(new Array(17).fill('*:*xaa*'))).problems).toHaveLength(1);
  });

  test('and those of a Deny stand, where an Allow is read at its worst', () => {
    const tooMany = allow(open(0, 5));
    expect(told(tooMany)).toEqual(['admin-access critical']);
    expect(told(tooMany, deny('*:Create*'))).not.toContain('admin-access critical');
  });
});
