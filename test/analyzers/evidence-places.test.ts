import { describe, expect, test } from 'vitest';
import { analyzePolicies } from '../../analyzers/analyze.ts';
import { allow, findingsOf, policyOf, type Written } from '../policy/documents.ts';

/** Where the findings of a rule point to. */
function pointers(rule: string, ...statements: Written[]): string[] {
  return findingsOf(...statements)
    .filter((finding) => finding.rule === rule)
    .flatMap(({ evidence }) => evidence.map(({ pointer }) => pointer));
}

const key = (name: string) => `arn:aws:kms:eu-west-1:111122223333:key/${name}`;

describe('evidence names', () => {
  test('the policy that the statement is of, where several are judged', () => {
    const policies = [
      { name: 'reader', policy: policyOf(allow('s3:GetObject')) },
      { name: 'keys', policy: policyOf(allow('kms:Decrypt', '*', { Sid: 'All' })) },
    ];
    expect(analyzePolicies({ policies }).flatMap(({ evidence }) => evidence)).toStrictEqual([
      { policy: 'keys', statement: 0, sid: 'All', pointer: '/Statement/0/Action' },
      { policy: 'keys', statement: 0, sid: 'All', pointer: '/Statement/0/Resource' },
    ]);
  });

  test('no policy and no Sid where there is none', () => {
    expect(findingsOf(allow('kms:Decrypt')).flatMap(({ evidence }) => evidence)).toStrictEqual([
      { statement: 0, pointer: '/Statement/0/Action' },
      { statement: 0, pointer: '/Statement/0/Resource' },
    ]);
  });
});

describe('evidence points', () => {
  test('to the values that make the grant, not to those beside them', () => {
    expect(pointers('kms-decrypt-all-keys', allow(['s3:GetObject', 'kms:Decrypt', 'kms:Encrypt'], [key('a'), '*']))).toEqual([
      '/Statement/0/Action/1',
      '/Statement/0/Resource/1',
    ]);
  });

  test('to the wider of two values', () => {
    expect(pointers('kms-decrypt-all-keys', allow(['kms:Decrypt', 'kms:D*'], ['arn:aws:kms:*:*:key/*', '*']))).toEqual([
      '/Statement/0/Action/1',
      '/Statement/0/Resource/1',
    ]);
  });

  test('to both of two equal values', () => {
    expect(pointers('kms-decrypt-all-keys', allow(['kms:Decrypt', 'KMS:Decrypt']))).toEqual([
      '/Statement/0/Action/0',
      '/Statement/0/Action/1',
      '/Statement/0/Resource',
    ]);
  });

  test('to the statement of each service that is told together', () => {
    expect(pointers('service-admin', allow('sns:*'), allow('s3:GetObject'), allow('sqs:*'))).toEqual([
      '/Statement/0/Action',
      '/Statement/0/Resource',
      '/Statement/2/Action',
      '/Statement/2/Resource',
    ]);
  });

  test('to a negated element whole', () => {
    const statement = { Effect: 'Allow', NotAction: ['s3:*', 'sqs:*'], NotResource: [key('a'), key('b')] };
    expect(pointers('kms-decrypt-all-keys', statement)).toEqual(['/Statement/0/NotAction', '/Statement/0/NotResource']);
  });

  test.each([
    [10, Array.from({ length: 10 }, (_, i) => `/Statement/0/Action/${i}`)],
    [11, ['/Statement/0/Action']],
  ])('to each of up to ten values, and to more than that whole: %i', (count, expected) => {
    // One action in as many spellings: none is wider than another.
    const spellings = [...'kms:decrypt'].map((letter, i, all) => all.with(i, letter.toUpperCase()).join(''));
    expect(pointers('kms-decrypt-all-keys', allow(spellings.slice(0, count)))).toEqual([...expected, '/Statement/0/Resource']);
  });
});
