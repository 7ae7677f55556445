import { describe, expect, test } from 'vitest';
import { arnService, leavesServiceOpen, mayHoldForm, mayName } from '../../policy/arn-service.ts';
import { serviceOf } from '../../policy/catalog/action-catalog.ts';
import { everyResourceOf } from '../../policy/grants.ts';
import type { PatternElement } from '../../policy/policy.ts';
import { allow, policyOf, type Written } from './documents.ts';

function resourceOf(statement: Written): PatternElement {
  const [read] = policyOf(statement).statements;
  if (!read) throw new Error('no statement');
  return read.resource;
}

const on = (...resources: string[]) => resourceOf(allow('s3:*', resources));
const but = (...resources: string[]) => resourceOf({ Effect: 'Allow', Action: 's3:*', NotResource: resources });

test.each([
  ['arn:aws:s3:::reports', 's3'],
  ['arn:aws-cn:sqs:cn-north-1:111122223333:orders', 'sqs'],
  ['arn:*:s3:::reports', 's3'],
  ['arn:aws:s3', ''],
  ['*', ''],
])('the service of %s is %j', (arn, service) => {
  expect(arnService(arn)).toBe(service);
});

describe('a resource leaves its service open', () => {
  test.each(['*', 'arn:*', 'arn:aws*', 'arn:aws', 'arn:aws:*', 'arn:aws:*:eu-west-1:*', 'arn:aws:s?:::b', 'arn:aws:s*', 'arn:aws:s3'])(
    '%s',
    (glob) => {
      expect(leavesServiceOpen(glob)).toBe(true);
    },
  );

  test.each(['arn:aws:s3:::b*', 'arn:*:s3:::b', 'arn:aws*:s3:*', 'arn:aws:s3:?'])('but not %s', (glob) => {
    expect(leavesServiceOpen(glob)).toBe(false);
  });

  test.each(['urn:aws:s3:::b', 'arn:aws:::b'])('as %s does, whatever it is', (glob) => {
    expect(leavesServiceOpen(glob)).toBe(true);
  });
});

describe('resources may name some of an ARN form', () => {
  const queues = everyResourceOf('sqs', 'aws');

  test('where one of them is of its service, or of any', () => {
    expect(mayName(on('arn:aws:s3:::b', 'arn:aws:sqs:*:*:orders'), queues)).toBe(true);
    expect(mayName(on('arn:aws:s3:::b', '*'), queues)).toBe(true);
    expect(mayName(on('arn:aws:s*:*:*:orders'), queues)).toBe(true);
    expect(mayName(on('arn:aws:sqs:*:*:orders'), ['arn:aws:s3:::?*', ...queues])).toBe(true);
  });

  test('where they are what is left out', () => {
    expect(mayName(but('arn:aws:s3:::b'), queues)).toBe(true);
  });

  test('but not where all are of other services', () => {
    expect(mayName(on('arn:aws:s3:::b', 'arn:aws:sns:*:*:orders'), queues)).toBe(false);
  });
});

describe('resources may hold a service’s form whole', () => {
  const [dynamodb, sqs] = [serviceOf('dynamodb'), serviceOf('sqs')];

  test.each([
    ['its service', ['arn:aws:s3:::b', 'arn:aws:dynamodb:*']],
    ['no service', ['*']],
    ['a partition alone', ['arn:aws*']],
    ['another partition alone', ['arn:aws-cn*']],
    ['a word of a form', ['arn:*table/*']],
    ['a word of a form among others', ['arn:*queue*', 'arn:*:table/?*']],
    ['the longest of its words', ['arn:*:*dynamodb*a*']],
  ])('where they name %s', (_, resources) => {
    expect(mayHoldForm(on(...resources), dynamodb)).toBe(true);
  });

  test('where they are what is left out', () => {
    expect(mayHoldForm(but('arn:aws:s3:::b'), sqs)).toBe(true);
    expect(mayHoldForm(but('arn:*table/*'), sqs)).toBe(true);
  });

  test.each([
    ['other services', ['arn:aws:s3:::b', 'arn:aws:dynamodb:*']],
    ['words of other services', ['arn:*table/*', 'arn:*:*dynamodb*a*']],
  ])('but not where they name %s', (_, resources) => {
    expect(mayHoldForm(on(...resources), sqs)).toBe(false);
  });
});
