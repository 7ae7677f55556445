import { describe, expect, test } from 'vitest';
import { allow, deny, findingsOf, told, type Written } from '../policy/documents.ts';

const withMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
const messages = (...statements: Written[]) => findingsOf(...statements).map(({ message }) => message);

describe('services granted whole are told together by severity, in the order of their names', () => {
  test('those of one severity in one finding', () => {
    expect(told(allow(['sqs:*', 'sns:*', 'dynamodb:*']))).toEqual(['service-admin high dynamodb sns sqs']);
  });

  test('those under a condition a step lower, apart', () => {
    expect(told(allow('sqs:*'), allow('sns:*', '*', withMfa))).toEqual(['service-admin high sqs', 'service-admin medium sns']);
  });

  test('one that a condition narrows and that is free beside it at its full severity', () => {
    expect(told(allow('sqs:*', '*', withMfa), allow('sqs:*'))).toEqual(['service-admin high sqs']);
  });

  test('one that is whole only with a statement under a condition a step lower', () => {
    expect(told(allow(['sqs:A*', 'sqs:C*', 'sqs:D*', 'sqs:G*', 'sqs:L*']), allow('sqs:*', '*', withMfa))).toEqual([
      'service-admin medium sqs',
    ]);
  });

  test('one on some resources at the least, condition or not', () => {
    expect(messages(allow('sqs:*', 'arn:aws:sqs:eu-west-1:111122223333:orders'))).toEqual(['allows every action of sqs on some resources']);
    expect(told(allow('sqs:*', 'arn:aws:sqs:eu-west-1:111122223333:orders', withMfa))).toEqual(['service-admin low sqs']);
  });

  test('five of many by name', () => {
    const services = ['athena', 'batch', 'codebuild', 'dynamodb', 'ecr', 'firehose'].map((prefix) => `${prefix}:*`);
    expect(messages(allow(services))).toContain(
      'allows every action of 6 services (athena, batch, codebuild, dynamodb, ecr and 1 more) on every resource',
    );
  });
});

describe('the keys that may be decrypted with are told as narrowly as the policy is', () => {
  const decryptOn = (resource: unknown, ...more: Written[]) => {
    const found = findingsOf(allow('kms:Decrypt', resource), ...more);
    return found.map(({ severity, message }) => `${severity}: ${message}`);
  };

  test.each([
    ['arn:aws:kms:us-*:*:key/*', 'high: allows kms:Decrypt on all keys of all accounts in us-*'],
    ['arn:aws:kms:*:1111*:key/*', 'medium: allows kms:Decrypt on all keys of account 1111*'],
    ['arn:aws:kms:us-*:1111*:key/*', 'low: allows kms:Decrypt on all keys of account 1111* in us-*'],
    ['arn:aws:kms:eu-west-1:*:key/*', 'high: allows kms:Decrypt on all keys of all accounts in eu-west-1'],
    ['arn:aws:kms:*:111122223333:key/*', 'medium: allows kms:Decrypt on all keys of account 111122223333'],
    ['arn:aws:kms:eu-west-1:111122223333:key/*', 'low: allows kms:Decrypt on all keys of account 111122223333 in eu-west-1'],
  ])('%s', (resource, expected) => {
    expect(decryptOn(resource)).toEqual([expected]);
  });

  test('the widest of several', () => {
    const resources = ['eu-west-1:111122223333', '*:111122223333', 'eu-west-2:444455556666'].map((place) => `arn:aws:kms:${place}:key/*`);
    expect(decryptOn(resources)).toEqual(['medium: allows kms:Decrypt on all keys of account 111122223333']);
  });

  test('what a Deny of all but some leaves', () => {
    const spare = { Effect: 'Deny', Action: 'kms:*', NotResource: 'arn:aws:kms:eu-west-1:111122223333:key/*' };
    expect(decryptOn('*', spare)).toContain('low: allows kms:Decrypt on all keys of account 111122223333 in eu-west-1');
  });

  test('nothing where a Deny takes each account that is named', () => {
    expect(decryptOn('arn:aws:kms:*:111122223333:key/*', deny('kms:Decrypt', 'arn:aws:kms:*:111122223333:*'))).toEqual([]);
  });

  test('not by places that statements about other actions name', () => {
    const elsewhere = allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:444455556666:orders');
    expect(decryptOn('arn:aws:kms:*:111122223333:key/*', elsewhere)).toEqual([
      'medium: allows kms:Decrypt on all keys of account 111122223333',
    ]);
  });
});
