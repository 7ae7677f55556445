import { describe, expect, test } from 'vitest';
import { grantersOf } from '../../policy/grants.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { allow, deny, grantsOf, policyOf, textOf, told } from './documents.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `x${index}y`);
const actions = (count: number) => names(count).map((name) => `*:*${name}*`);
const resources = (count: number) => names(count).map((name) => `arn:aws:*:*:*:${name}*`);
const not = (element: 'Action' | 'Resource', values: readonly string[]) => ({
  Effect: 'Allow',
  ...(element === 'Action' ? { NotAction: values, Resource: '*' } : { Action: 's3:*', NotResource: values }),
});
const onBucket = (grants: ReturnType<typeof grantsOf>) => grantersOf(grants, 's3:getobject', 'arn:aws:s3:::b/?*') !== undefined;

describe('patterns that leave the service open', () => {
  test('are compared where they are few', () => {
    expect(policyOf(allow(actions(4)), allow('s3:*', resources(4))).problems).toEqual([]);
    expect(told(allow(actions(4)))).toEqual([]);
    expect(told(allow('*', resources(4)))).not.toContain('admin-access critical');
    expect(told(allow('*', resources(5)))).toContain('admin-access critical');
  });

  test('are read at their worst in an Allow where they are many, and the document says so', () => {
    expect(told(allow(actions(5)))).toEqual(['admin-access critical']);
    expect(told(allow('*', resources(17)))).toEqual(['admin-access critical']);
    expect(told(not('Action', actions(5)))).toEqual(['admin-access critical']);
    expect(onBucket(grantsOf(not('Resource', [...resources(17), 'arn:aws:s3:::b/*'])))).toBe(false);
    expect(onBucket(grantsOf(not('Resource', resources(17))))).toBe(true);
    const { problems } = parsePolicy(`\n${textOf([allow('s3:GetObject'), allow(['s3:GetObject', ...actions(5)])])}`);
    expect(problems).toMatchObject([{ pointer: '/Statement/1/Action', line: 2 }]);
    expect(problems[0]?.message).toContain('read at their worst');
  });

  test('are fewer the more statements there are, for each is asked about by itself', () => {
    const filler = (count: number) => Array.from({ length: count }, (_, index) => allow(`s3:Get${index}`, 'arn:aws:s3:::b'));
    expect(policyOf(allow(actions(1)), ...filler(7)).problems).toEqual([]);
    expect(policyOf(allow(actions(1)), ...filler(8)).problems).toHaveLength(1);
    expect(policyOf(allow('*', resources(2)), ...filler(7)).problems).toEqual([]);
    expect(policyOf(allow('*', resources(2)), ...filler(8)).problems).toHaveLength(1);
    expect(policyOf(not('Action', ['s3:*']), allow('s3:*', resources(2)), ...filler(7)).problems).toHaveLength(1);
    expect(policyOf(allow('s3:*', resources(2)), ...filler(31)).problems).toEqual([]);
    expect(policyOf(allow('s3:*', resources(2)), ...filler(32)).problems).toHaveLength(1);
  });

  test('are few where an Allow is of every service, and most ARNs have their words or there are many partitions', () => {
    const problems = (...values: string[]) => policyOf(allow('*', values)).problems.length;
    const named = (word: string) => `arn:aws:*:*:*:*${word}*`;
    // What says nothing is compared with every form of ARN, once.
    expect(problems('arn:*:*:*:*:*')).toBe(0);
    expect(problems('arn:*:*:*:*:*', named('group'))).toBe(1);
    expect(problems('arn:aws:*::*:*')).toBe(0);
    expect(problems('arn:*:*:*:*:*:*')).toBe(1);
    expect(problems('arn:aws:*:*:*:*/*')).toBe(1);
    expect(problems(...['qa', 'test', 'prod'].map(named))).toBe(0);
    expect(problems(...['dev', 'qa', 'test', 'prod'].map(named))).toBe(1);
    expect(problems(named('t'))).toBe(1);
    expect(problems(named('app'))).toBe(0);
    expect(problems(named('app'), named('cluster'))).toBe(1);
    expect(policyOf(allow('s3:*', [named('app'), named('cluster')])).problems).toEqual([]);
    // What an Allow and a Deny hold is counted together: the Deny is read as it stands once the Allow is read at its worst.
    expect(policyOf(allow('*', named('app')), deny('*', named('cluster'))).problems).toMatchObject([{ pointer: '/Statement/0/Resource' }]);
    expect(problems(named('app-?'))).toBe(0);
    expect(problems(named('group'), named('?'))).toBe(1);
    expect(problems('arn:aws-*:*:*:*:*prod*')).toBe(0);
    expect(problems('arn:aws-*:*:*:*:*prod*', 'arn:aws-*:*:*:*:*qa*')).toBe(1);
    expect(problems('arn:aws-*:*:*:*:*cluster*')).toBe(1);
  });

  test('are not relied on in a Deny where they are many', () => {
    const open = actions(4);
    expect(onBucket(grantsOf(allow('s3:*'), deny([...open, '*:GetObject'])))).toBe(true);
    expect(onBucket(grantsOf(allow('s3:*'), deny([...open.slice(1), '*:GetObject'])))).toBe(false);
    expect(onBucket(grantsOf(allow('s3:*'), deny([...open, '*:GetObject', 's3:Get*'])))).toBe(false);
    expect(onBucket(grantsOf(allow('s3:*'), { Effect: 'Deny', NotAction: actions(5), Resource: '*' }))).toBe(true);
    expect(onBucket(grantsOf(allow('s3:*'), deny('*', [...resources(16), 'arn:aws:*:::b/*'])))).toBe(true);
    expect(onBucket(grantsOf(allow('s3:*'), { Effect: 'Deny', Action: '*', NotResource: resources(17) }))).toBe(true);
  });

  test('count for what they are in, and a named service is not one of them', () => {
    expect(policyOf(allow(actions(3)), deny(actions(3))).problems).toEqual([]);
    expect(
      policyOf(
        allow(
          names(40).map((name) => `s3:*${name}*`),
          names(40).map((name) => `arn:*:s3:::*${name}`),
        ),
      ).problems,
    ).toEqual([]);
    expect(policyOf(allow('*:a'.repeat(300))).problems).toHaveLength(1);
  });
});
