import { describe, expect, test } from 'vitest';
import { allow, deny, findingsOf, type Written } from '../policy/documents.ts';

/** What a rule's finding lists as easing it, in words. */
function easing(rule: string, ...statements: Written[]): string[] {
  const found = findingsOf(...statements).filter((finding) => finding.rule === rule);
  expect(found).toHaveLength(1);
  return found.flatMap(({ mitigations }) => mitigations.map(({ kind, message }) => `${kind}: ${message}`));
}

const throughS3 = { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } };
const withMfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const keys = (...names: string[]) => names.map((name) => `arn:aws:kms:eu-west-1:111122223333:key/${name}`);

describe('a condition is told', () => {
  test('with its statement, operator, key and value', () => {
    expect(easing('kms-decrypt-all-keys', allow('kms:Decrypt', '*', { Condition: throughS3 }))).toEqual([
      'condition: statement 0 holds only under StringEquals kms:ViaService s3.eu-west-1.amazonaws.com',
    ]);
  });

  test('with the Sid of its statement', () => {
    expect(
      easing('kms-decrypt-all-keys', allow('s3:GetObject', keys('a')), allow('kms:Decrypt', '*', { Sid: 'Keys', Condition: withMfa })),
    ).toEqual(['condition: statement 1 (Keys) holds only under Bool aws:MultiFactorAuthPresent true']);
  });

  test('as one that is not known to restrict, where it is not', () => {
    const Condition = { StringEquals: { 'example:Mood': ['good', 'better', 'best', 'fine', 'calm'] } };
    expect(easing('kms-decrypt-all-keys', allow('kms:Decrypt', '*', { Condition }))).toEqual([
      'unknown-condition: statement 0 has a condition that is not known to restrict: StringEquals example:Mood good, better, best and 2 more',
    ]);
  });

  test('not at all where it holds for everybody', () => {
    const Condition = { Bool: { 'aws:SecureTransport': 'true' } };
    expect(easing('kms-decrypt-all-keys', allow('kms:Decrypt', '*', { Condition }))).toEqual([]);
  });
});

test.each([
  [['a'], 'arn:aws:kms:eu-west-1:111122223333:key/a'],
  [['a', 'b', 'c'], keys('a', 'b', 'c').join(', ')],
  [['a', 'b', 'c', 'd'], `${keys('a', 'b', 'c').join(', ')} and 1 more`],
])('a hole is told by what it leaves out, three at the most: %j', (names, listed) => {
  expect(easing('kms-decrypt-all-keys', { Effect: 'Allow', Action: 'kms:Decrypt', NotResource: keys(...names) })).toEqual([
    `not-resource: statement 0 leaves out ${listed}`,
  ]);
});

describe('a Deny is told', () => {
  test('where it takes away a part', () => {
    expect(easing('kms-decrypt-all-keys', allow('kms:Decrypt'), deny('kms:*', keys('a', 'b')))).toEqual([
      `deny: statement 1 denies a part: on ${keys('a', 'b').join(', ')}`,
    ]);
  });

  test('where it spares a part', () => {
    const statements = [allow('kms:Decrypt'), { Effect: 'Deny', Action: 'kms:Decrypt', NotResource: 'arn:aws:kms:*:111122223333:key/*' }];
    expect(easing('kms-decrypt-all-keys', ...statements)).toEqual([
      'deny: statement 1 denies a part: on all but arn:aws:kms:*:111122223333:key/*',
    ]);
  });

  test('with the conditions under which it holds', () => {
    const Condition = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' }, NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
    expect(easing('kms-decrypt-all-keys', allow('kms:Decrypt'), deny('kms:Decrypt', '*', { Sid: 'Guard', Condition }))).toEqual([
      'deny: statement 1 (Guard) denies a part: on * under BoolIfExists aws:MultiFactorAuthPresent false and NotIpAddress aws:SourceIp 203.0.113.0/24',
    ]);
  });

  test('not where it is about other actions', () => {
    expect(easing('kms-decrypt-all-keys', allow('kms:Decrypt'), deny('kms:Encrypt', keys('a')), deny('s3:*', keys('a')))).toEqual([]);
  });

  test('not where it takes away all of another permission of the same service', () => {
    expect(easing('kms-decrypt-all-keys', allow(['kms:Decrypt', 'kms:ReEncryptFrom']), deny('kms:ReEncryptFrom'))).toEqual([]);
  });

  test('of all resources for all of a service that is granted in part elsewhere', () => {
    expect(easing('service-admin', allow('sqs:*'), deny('sqs:DeleteQueue', 'arn:aws:sqs:*:*:prod-*'))).toEqual([
      'deny: statement 1 denies a part: on arn:aws:sqs:*:*:prod-*',
    ]);
  });
});
