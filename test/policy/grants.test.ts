import { describe, expect, test } from 'vitest';
import { allActions } from '../../policy/action-set.ts';
import { includesAll, isEmpty } from '../../policy/bits.ts';
import { serviceOf } from '../../policy/catalog/action-catalog.ts';
import { collectGrants, type Grants, grantersOf } from '../../policy/grants.ts';
import { allowedEverywhere, allowedSomewhere, wholeServiceCandidates } from '../../policy/service-grants.ts';
import { allow, deny, grantsOf, policyOf, type Written } from './documents.ts';

const everywhere = (grants: Grants, prefix: string) =>
  includesAll(allowedEverywhere(grants, serviceOf(prefix)), allActions(serviceOf(prefix)));
const nowhere = (grants: Grants, prefix: string) => isEmpty(allowedSomewhere(grants, serviceOf(prefix)));
const somewhere = (grants: Grants, prefix: string) =>
  includesAll(allowedSomewhere(grants, serviceOf(prefix)), allActions(serviceOf(prefix)));

function within(boundary: Written, ...statements: Written[]): Grants {
  return collectGrants([{ policy: policyOf(...statements) }], { policy: policyOf(boundary) });
}

describe('Allow less Deny', () => {
  test.each([
    ['a Deny of the service', deny('s3:*')],
    ['a Deny by NotAction', { Effect: 'Deny', NotAction: 'kms:*', Resource: '*' }],
    ['a Deny by NotResource of another service', { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:kms:*' }],
    ['a Deny on all of its resources', deny('s3:*', 'arn:aws:s3:::*')],
  ])('%s takes the service away', (_, statement) => {
    expect(nowhere(grantsOf(allow('*'), statement), 's3')).toBe(true);
  });

  test.each([
    ['on one bucket', deny('s3:*', ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'])],
    ['under a condition', deny('s3:*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })],
    ['of what its NotResource spares', { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::*' }],
    ['in another partition', deny('*', 'arn:aws-cn:*')],
  ])('a Deny %s takes nothing away', (_, statement) => {
    expect(everywhere(grantsOf(allow('*'), statement), 's3')).toBe(true);
  });

  test('a Deny that spares one bucket leaves the service whole there, and only there', () => {
    const grants = grantsOf(allow('*'), { Effect: 'Deny', Action: 's3:*', NotResource: 'arn:aws:s3:::b*' });
    expect(everywhere(grants, 's3')).toBe(false);
    expect(somewhere(grants, 's3')).toBe(true);
  });

  test('denies of several statements count together', () => {
    const key = (what: string) => `arn:aws:iam::*:${what}/*`;
    const whole = ['access-report', 'assumed-role', 'delegation-request', 'federated-user', 'group', 'instance-profile', 'mfa'];
    const rest = ['oidc-provider', 'policy', 'role', 'saml-provider', 'server-certificate', 'sms-mfa', 'user'];
    const grants = grantsOf(allow('iam:*'), deny('iam:*', whole.map(key)), deny('iam:*', [...rest.map(key), 'arn:aws:iam::aws:*']));
    expect(everywhere(grants, 'iam')).toBe(false);
  });
});

describe('NotResource', () => {
  test('of an Allow with a named hole is still every resource', () => {
    expect(everywhere(grantsOf({ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::secret/*' }), 's3')).toBe(true);
  });

  test('of an Allow that leaves out the whole service is none of it', () => {
    const grants = grantsOf({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::*' });
    expect(nowhere(grants, 's3')).toBe(true);
    expect(everywhere(grants, 'kms')).toBe(true);
  });
});

describe('a boundary', () => {
  test('that allows everything changes nothing', () => {
    for (const statement of [allow('*'), allow('s3:*'), allow('s3:Get*', 'arn:aws:s3:::b/*')]) {
      const service = serviceOf('s3');
      expect(allowedEverywhere(within(allow('*'), statement), service)).toEqual(allowedEverywhere(grantsOf(statement), service));
      expect(allowedSomewhere(within(allow('*'), statement), service)).toEqual(allowedSomewhere(grantsOf(statement), service));
    }
  });

  test('grants nothing of its own', () => {
    expect(nowhere(within(allow('*'), allow('kms:Decrypt')), 's3')).toBe(true);
  });

  test('takes away what it does not allow, and what it denies', () => {
    expect(nowhere(within(allow('kms:*'), allow('*')), 's3')).toBe(true);
    expect(everywhere(within({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }, allow('*')), 's3')).toBe(false);
    expect(nowhere(collectGrantsWithDeny(), 's3')).toBe(true);
  });

  test('leaves a service whole on the resources that it names', () => {
    const grants = within(allow('*', 'arn:aws:s3:::b*'), allow('s3:*'));
    expect(everywhere(grants, 's3')).toBe(false);
    expect(somewhere(grants, 's3')).toBe(true);
  });

  test('that allows nothing leaves nothing', () => {
    expect(nowhere(within(deny('*'), allow('*')), 's3')).toBe(true);
  });
});

function collectGrantsWithDeny(): Grants {
  return collectGrants([{ policy: policyOf(allow('*')) }], { policy: policyOf(allow('*'), deny('s3:*')) });
}

describe('partitions', () => {
  test.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f'])(
    'all keys of %s are all keys',
    (partition) => {
      expect(everywhere(grantsOf(allow('kms:*', `arn:${partition}:kms:*:*:key/*`)), 'kms')).toBe(true);
    },
  );

  test('a wildcard that singles some out is judged in those', () => {
    expect(everywhere(grantsOf(allow('kms:*', 'arn:aws-c?:kms:*')), 'kms')).toBe(true);
    expect(everywhere(grantsOf(allow('kms:*', 'arn:aws*:kms:*')), 'kms')).toBe(true);
  });

  test('one that AWS does not have is none', () => {
    expect(everywhere(grantsOf(allow('kms:*', 'arn:awsome:kms:*')), 'kms')).toBe(false);
  });

  test('where the account’s is known, only that one counts', () => {
    const policies = [{ policy: policyOf(allow('kms:*', 'arn:aws-cn:kms:*')) }];
    expect(everywhere(collectGrants(policies, undefined, 'aws'), 'kms')).toBe(false);
    expect(everywhere(collectGrants(policies, undefined, 'aws-cn'), 'kms')).toBe(true);
  });
});

test('an action is granted by the statements that hold it on all of a scope, if no Deny does', () => {
  const scope = 'arn:aws:kms:?*:????????????:key/?*';
  const named = (grants: Grants) => grantersOf(grants, 'kms:decrypt', scope)?.map(({ statement }) => statement.index);
  expect(named(grantsOf(allow('s3:*'), allow('kms:D*'), allow('kms:Decrypt', 'arn:aws:kms:eu-west-1:*'), allow('*', 'arn:*')))).toEqual([
    1, 3,
  ]);
  expect(named(grantsOf(allow('kms:Decrypt'), deny('kms:*crypt')))).toBeUndefined();
  expect(named(within(allow('s3:*'), allow('kms:Decrypt')))).toBeUndefined();
});

test('the cheap look never misses a service that is granted whole', () => {
  const service = serviceOf('sqs');
  const prefixes = (...statements: Written[]) =>
    wholeServiceCandidates(grantsOf(...statements), 3).flatMap((alike) => alike.map(({ prefix }) => prefix));
  expect(prefixes(allow(service.names.map((name) => `SQS:${name}`)))).toEqual(['sqs']);
  expect(prefixes(allow(service.names.slice(1).map((name) => `sqs:${name}`)))).toEqual([]);
  expect(prefixes(allow('sqs:?*'), allow('brandnew:*'), allow('s3:Get*'))).toEqual(['sqs', 'brandnew']);
  expect(prefixes(allow('sq*'))).toContain('sqs');
  const allButIam = { Effect: 'Allow', NotAction: 'iam:*', Resource: 'arn:aws:sns:*' };
  // An ARN form of devops-guru is that of an SNS topic.
  expect(prefixes(allButIam)).toEqual(['devops-guru', 'sns']);
  expect(prefixes(allButIam, allow('sqs:Get*'))).toEqual(expect.arrayContaining(['sqs', 'sns']));
});
