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
    'open resources of some forms': [allow('*', ['arn:aws:*:*:*:*cluster*', '*table*'])],
    'open resources that hold forms whole': [allow('*', ['arn:*:*:*:*:*group*', '*table*']), deny('*', '*data*')],
    'open resources that hold a few forms whole': [allow('*', ['arn:*:*:*:*:*role*', '*table*']), deny('*', '*prod*')],
    'an open resource of longer ARNs, for one service': [allow('ec2:*', 'arn:*:*:*:*:*:*')],
    'an open resource that leaves out one word': [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:*:*:*:*/app-*' }],
    'an open resource of longer ARNs': [allow('*', 'arn:*:*:*:*:*:*')],
    'an open resource that leaves out by what it ends in': [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:*:*:*:*/*-?*' }],
    'many open resources': [
      allow(
        '*',
        Array.from({ length: 60 }, (_, i) => `arn:aws:*:eu-${i}:*`),
      ),
    ],
    'open resources in two partitions': [allow('*', 'arn:aws*:*:*us*:*'), deny('*', 'arn:aws-cn:*:*:*:*')],
    'all but open resources': [{ Effect: 'Allow', Action: '*', NotResource: ['arn:*:*:eu-*', '*cluster*'] }],
    'open actions': [allow(['*', 's3:*']), deny('*:Create*')],
    'open actions beside others': [allow('*:*Key*'), { Effect: 'Allow', NotAction: ['iam:*', '*:Get*'], Resource: 'arn:aws:sqs:*' }],
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

  test('are one group where a wildcard for the service holds nothing whole of any of them', () => {
    const sizes = (...statements: Written[]) => grouped(...statements).map(({ length }) => length);
    expect(sizes(allow('*', ['arn:aws:*:eu-west-1:*', 'arn:aws:*:eu-west-2:*']))).toEqual([allServices().length]);
    expect(sizes(allow('*:NoSuchAction*', '*'), allow('*'))).toEqual([allServices().length]);
  });

  test('are apart where a wildcard for the service holds forms of their ARNs whole, or some of their actions', () => {
    const groups = grouped(allow('*', 'arn:aws:*:*:*:log-group*'));
    expect(groups).toContainEqual(['logs']);
    expect(groups).toContainEqual(expect.arrayContaining(['iam', 's3', 'sqs']));
    // All ARNs of some services have the word, a few of others, none of most.
    const [all, few, none, ...others] = grouped(allow('*', 'arn:*:*:*:*:*group*')).toSorted((a, b) => a.length - b.length);
    expect([all, few, none, others]).toEqual([
      expect.arrayContaining(['resource-groups']),
      expect.arrayContaining(['iam', 'logs']),
      expect.arrayContaining(['s3', 'sqs']),
      [],
    ]);
    const byAction = grouped(allow('*:Create*'));
    expect(byAction).toContainEqual(['iam']);
    expect(byAction).toContainEqual(expect.arrayContaining(['account', 'health']));
  });

  test('are told apart by what wildcards for the service leave out', () => {
    // Some services have ARNs that all end in `/`, or in a word.
    const groups = grouped(allow('*', 'arn:*:zz9'));
    expect(groups).toContainEqual(expect.arrayContaining(['opsworks']));
    expect(groups.find((group) => group.includes('iam'))).not.toContain('opsworks');
    expect(groups).toContainEqual(expect.arrayContaining(['iam', 's3', 'sqs']));
  });
});

test.each(['arn:aws:s3:::x*', 'arn:*:s3:::x*', 'arn:aws*:s3:::x*'])('%s is a resource of s3 alone, whatever its partition', (resource) => {
  expect(told(allow('*', resource))).toEqual(['service-admin low s3']);
});
