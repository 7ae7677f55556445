import { describe, expect, test } from 'vitest';
import { openPaths } from '../../analyzers/escalation/find-paths.ts';
import { collectGrants } from '../../policy/grants.ts';
import { allow, deny, grantsOf, policyOf, type Written } from '../policy/documents.ts';

const account = '111122223333';
const withMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

const toldOf = (grants: Parameters<typeof openPaths>[0]) => openPaths(grants).map(({ path, severity }) => `${path.id} ${severity}`);
const told = (...statements: Written[]) => toldOf(grantsOf(...statements));
const scopes = (...statements: Written[]) =>
  openPaths(grantsOf(...statements)).map(({ permissions }) => permissions.map(({ scope }) => scope));

function within(boundary: readonly Written[], ...statements: Written[]): string[] {
  return toldOf(collectGrants([{ policy: policyOf(...statements) }], { policy: policyOf(...boundary) }));
}

describe('a path is open within a boundary', () => {
  const assume = allow('sts:AssumeRole', 'arn:aws:iam::*:role/*');

  test('that allows its permissions there', () => {
    expect(within([allow('*')], assume)).toEqual(['sts-001 critical']);
    expect(within([allow('sts:*', 'arn:aws:iam::*:role/app-*')], assume)).toEqual(['sts-001 critical']);
  });

  test('of one account, on the roles of that account', () => {
    expect(within([allow('*', `arn:aws:iam::${account}:*`)], assume)).toEqual(['sts-001 critical']);
  });

  test('not where it allows other actions, or the action on something else', () => {
    expect(within([allow('s3:*')], assume)).toEqual([]);
    expect(within([allow('s3:*'), allow('sts:AssumeRole', `arn:aws:iam::${account}:role/app`)], assume)).toEqual([]);
    expect(within([allow('sts:AssumeRole', `arn:aws:s3:::reports/${account}/*`)], assume)).toEqual([]);
    expect(within([allow('*'), deny('sts:AssumeRole')], assume)).toEqual([]);
  });

  test('by what both allow, each in part', () => {
    const apps = allow('sts:AssumeRole', `arn:aws:iam::${account}:role/app-*`);
    expect(within([assume], apps)).toEqual(['sts-001 critical']);
    expect(within([apps], assume)).toEqual(['sts-001 critical']);
  });
});

describe('a path is open beside a Deny', () => {
  const roles = allow('sts:AssumeRole');

  test('of all but some roles, on those', () => {
    const spare = (NotResource: string) => ({ Effect: 'Deny', Action: 'sts:AssumeRole', NotResource });
    expect(told(roles, spare(`arn:aws:iam::${account}:role/app-*`))).toEqual(['sts-001 critical']);
    expect(told(roles, spare(`arn:aws:iam::${account}:role/app`))).toEqual([]);
    expect(told(roles, spare(`arn:aws:s3:::*`))).toEqual([]);
  });

  test('of another action', () => {
    expect(told(roles, deny('sts:GetCallerIdentity'), deny('iam:*'))).toEqual(['sts-001 critical']);
  });

  test('that takes a part of what an action without resources needs whole', () => {
    const pass = allow(['iam:PassRole', 'glue:CreateDevEndpoint']);
    expect(told(pass)).toContain('glue-001 high');
    expect(told(pass, deny('glue:CreateDevEndpoint', 'arn:aws:glue:eu-west-1:*'))).toContain('glue-001 high');
    expect(told(pass, deny('glue:CreateDevEndpoint'))).toEqual([]);
  });

  test('by a NotResource that leaves its roles in, not by one that leaves them out', () => {
    const but = (NotResource: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', NotResource });
    expect(told(but(`arn:aws:iam::${account}:role/admin`))).toEqual(['sts-001 critical']);
    expect(told(but('arn:aws:iam::*:role/*'))).toEqual([]);
  });
});

describe('a permission of a path is looked for', () => {
  test('on the widest scope that is granted', () => {
    expect(scopes(allow('sts:AssumeRole'))).toEqual([['arn:aws:iam::????????????:role/?*']]);
    expect(scopes(allow('sts:AssumeRole', ['arn:aws:iam::*:role/one', `arn:aws:iam::${account}:role/app-*`]))).toEqual([
      ['arn:aws:iam::*:role/one'],
    ]);
  });

  test('in each partition that the account can be in', () => {
    expect(scopes(allow('sts:AssumeRole', 'arn:aws-cn:iam::*:role/*'))).toEqual([['arn:aws-cn:iam::????????????:role/?*']]);
  });

  test('among many resources too', () => {
    const buckets = Array.from({ length: 12 }, (_, index) => `arn:aws:s3:::bucket-${index}`);
    expect(told(allow('sts:AssumeRole', [...buckets, `arn:aws:iam::${account}:role/app-*`]))).toEqual(['sts-001 critical']);
    expect(told(allow('sts:AssumeRole', buckets))).toEqual([]);
  });
});

describe('a condition lowers a path', () => {
  test('where no statement gives the permission freely', () => {
    expect(told(allow('sts:AssumeRole', '*', withMfa))).toEqual(['sts-001 high']);
    expect(told(allow('sts:AssumeRole', '*', withMfa), allow('sts:AssumeRole'))).toEqual(['sts-001 critical']);
    expect(told(allow('sts:AssumeRole', '*', withMfa), allow('sts:AssumeRole', `arn:aws:iam::${account}:role/app`))).toEqual([
      'sts-001 high',
    ]);
  });
});

describe('a path that passes a role is closed by a condition on the service', () => {
  const run = allow('ec2:RunInstances');
  const toLambda = { Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } };
  const toEc2 = { Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } };

  test('unless another statement passes one there', () => {
    expect(told(run, allow('iam:PassRole', '*', toLambda))).toEqual([]);
    expect(told(run, allow('iam:PassRole', '*', toLambda), allow('iam:PassRole', '*', toEc2))).toEqual(['ec2-001 medium']);
    expect(told(run, allow('iam:PassRole', '*', toLambda), allow('iam:PassRole'))).toEqual(['ec2-001 high']);
  });
});
