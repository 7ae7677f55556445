import { describe, expect, test } from 'vitest';
import { allActions } from '../../policy/action-set.ts';
import { alikeServices } from '../../policy/alike.ts';
import { allServices } from '../../policy/catalog/action-catalog.ts';
import { heldOf } from '../../policy/holders.ts';
import { allowsEverywhere, allowsSomewhere } from '../../policy/service-grants.ts';
import { allow, deny, grantsOf, told, type Written } from './documents.ts';

const grouped = (...statements: Written[]) => alikeServices(grantsOf(...statements)).map((group) => group.map(({ prefix }) => prefix));

describe('services that nothing in the statements tells apart', () => {
  const documents: Record<string, Written[]> = {
    'all but some': [{ Effect: 'Allow', NotAction: ['iam:*', 'sts:Get*'], Resource: '*' }],
    'all, some denied': [allow('*'), deny('kms:*'), deny('*', 'arn:aws:sqs:*:*:*')],
    'all but some resources': [{ Effect: 'Allow', Action: '*', NotResource: ['arn:aws:s3:::*', 'arn:*:dynamodb:*:*:table/a'] }],
    'all on named resources': [allow('*', ['arn:aws:ec2:*:*:instance/*', 'arn:aws:sns:*:*:a'])],
    'open resources': [allow('*', 'arn:aws:*:eu-west-1:*:*'), deny('*', 'arn:aws:s*:*')],
    'open actions': [allow(['*', 's3:*']), deny('*:Create*')],
    'each by its name': [allow(['*', ...allServices().map(({ prefix }) => `${prefix}:*`)])],
  };
  test.each(Object.entries(documents))('%s: each is judged as the first of its group', (_, statements) => {
    const grants = grantsOf(...statements);
    for (const group of alikeServices(grants)) {
      const answers = group.map((service) => {
        const wanted = allActions(service);
        return `${allowsEverywhere(heldOf(grants, service), 'aws', wanted)} ${allowsSomewhere(grants, heldOf(grants, service), wanted)}`;
      });
      expect(new Set(answers).size, group.map(({ prefix }) => prefix).join(' ')).toBe(1);
    }
  });

  test.each(Object.entries(documents))('%s: every service is in one group', (_, statements) => {
    expect(
      grouped(...statements)
        .flat()
        .toSorted(),
    ).toEqual(allServices().map(({ prefix }) => prefix));
    expect(grouped(...statements)).not.toContainEqual([]);
  });

  test('are one group, and each service that is named, or may be by the ARNs of its resources, is alone', () => {
    expect(grouped(allow('*'), deny('iam:*'))).toEqual([['iam'], ['sts'], expect.arrayContaining(['s3', 'ec2'])]);
    expect(grouped(allow('*', 'arn:aws:execute-api:*')).flatMap((group) => (group.length === 1 ? group : []))).toContain('execute-api');
  });

  test('are each alone where a wildcard may stand for any of them', () => {
    expect(grouped(allow('*:Get*')).length).toBe(allServices().length);
    expect(grouped(allow('*', 'arn:aws:*:eu-west-1:*')).length).toBe(allServices().length);
  });
});

test.each(['arn:aws:s3:::x*', 'arn:*:s3:::x*', 'arn:aws*:s3:::x*'])('%s is a resource of s3 alone, whatever its partition', (resource) => {
  expect(told(allow('*', resource))).toEqual(['service-admin low s3']);
});
