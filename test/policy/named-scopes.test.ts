import { describe, expect, test } from 'vitest';
import { analyzePolicies } from '../../analyzers/analyze.ts';
import { allow, policyOf, told, toldOf, type Written } from './documents.ts';

// DynamoDB has tables, global tables, exports and more: resources of several forms.
const [orders, tables] = ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders', 'arn:aws:dynamodb:*:*:table/*'];

/** Findings about a statement within a boundary. */
function within(boundary: readonly Written[], ...statements: Written[]): string[] {
  const policies = [{ policy: policyOf(...statements) }];
  return toldOf(analyzePolicies({ policies, boundary: { policy: policyOf(...boundary) } }));
}

describe('a service is granted whole on what is named of it, though no more than one form of its resources is', () => {
  test.each([
    ['a resource', orders],
    ['all resources of a form', tables],
  ])('by an Allow of everything on %s', (_, resource) => {
    expect(told(allow('*', resource))).toEqual(['service-admin low dynamodb']);
  });

  test('by what a boundary lets through', () => {
    expect(within([allow('*', orders)], allow('*'))).toEqual(['service-admin low dynamodb']);
    expect(within([allow('s3:GetObject'), allow('*', orders)], allow('*'))).toEqual(['service-admin low dynamodb']);
  });

  test('by what a Deny of all else spares', () => {
    expect(told(allow('*'), { Effect: 'Deny', Action: '*', NotResource: orders })).toEqual(['service-admin low dynamodb']);
  });
});

test('a resource that is named outside the boundary is granted by neither', () => {
  const [queue, archive] = ['orders', 'archive'].map((name) => `arn:aws:sqs:eu-west-1:111122223333:${name}`);
  expect(within([allow('sqs:*', archive)], allow('sqs:*', queue))).toEqual([]);
  expect(within([allow('sqs:*', queue)], allow('sqs:*', queue))).toEqual(['service-admin low sqs']);
});

test('what a boundary names of one service is nothing of another', () => {
  expect(within([allow('*', 'arn:aws:s3:::reports*')], allow('*'))).toEqual(['service-admin low s3']);
});
