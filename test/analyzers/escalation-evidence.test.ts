import { describe, expect, test } from 'vitest';
import { allow, deny, findingsOf, type Written } from '../policy/documents.ts';

/** The one finding of escalation on statements. */
function escalation(...statements: Written[]) {
  const found = findingsOf(...statements).filter(({ rule }) => rule === 'privilege-escalation');
  expect(found).toHaveLength(1);
  return found.flatMap(({ evidence, message, mitigations }) => [
    { message, mitigations: mitigations.map((one) => one.message), pointers: evidence.map(({ pointer }) => pointer) },
  ])[0];
}

const users = 'arn:aws:iam::*:user/*';
const bucket = 'arn:aws:s3:::reports/*';
const bySource = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };

describe('an escalation points to', () => {
  test('the action and the resource that make it, among others', () => {
    expect(escalation(allow(['iam:GetUser', 's3:GetObject', 'iam:CreateAccessKey'], [bucket, users]))?.pointers).toEqual([
      '/Statement/0/Action/2',
      '/Statement/0/Resource/1',
    ]);
  });

  test('the wildcard that holds the action, not to one that holds others of the service', () => {
    expect(escalation(allow(['iam:List*', 's3:*Object', 'iam:CreateAccess*'], ['*', bucket]))?.pointers).toEqual([
      '/Statement/0/Action/2',
      '/Statement/0/Resource/0',
    ]);
  });

  test('a wildcard over services that holds the action, not to one that holds others', () => {
    expect(escalation(allow(['*:Describe*', 'iam:Get*', '*:CreateAccessKey'], '*'))?.pointers).toEqual([
      '/Statement/0/Action/2',
      '/Statement/0/Resource',
    ]);
  });
});

describe('an escalation is eased by', () => {
  const keys = allow(['iam:CreateAccessKey'], users);

  test('a Deny of its action on a part, told with where it holds', () => {
    expect(escalation(keys, deny('iam:CreateAccessKey', 'arn:aws:iam::*:user/admin'))?.mitigations).toEqual([
      'statement 1 denies a part: on arn:aws:iam::*:user/admin',
    ]);
  });

  test('a Deny with a condition', () => {
    expect(escalation(keys, deny('iam:*', '*', { Condition: bySource }))?.mitigations).toEqual([
      'statement 1 denies a part: on * under IpAddress aws:SourceIp 203.0.113.0/24',
    ]);
  });

  test('no Deny of another action of the service', () => {
    expect(escalation(keys, deny('iam:DeleteUser', users))?.mitigations).toEqual([]);
  });
});

describe('an escalation is told', () => {
  test('with its one action', () => {
    expect(escalation(allow('iam:CreateAccessKey', users))?.message).toBe(
      'allows privilege escalation by acting as another user or role with iam:CreateAccessKey',
    );
  });

  test('with two actions, as people list them', () => {
    expect(escalation(allow(['iam:PassRole', 'ec2:RunInstances']))?.message).toMatch(/ with iam:PassRole and ec2:RunInstances$/);
  });

  test('with three', () => {
    expect(escalation(allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']))?.message).toMatch(
      / with iam:PassRole, lambda:CreateFunction and lambda:InvokeFunction$/,
    );
  });
});

describe('an escalation is found', () => {
  test('where one statement passes the role to one service and uses it', () => {
    const Condition = { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } };
    expect(escalation(allow(['iam:PassRole', 'ec2:RunInstances'], '*', { Condition }))?.message).toMatch(/ with iam:PassRole and ec2:/);
  });

  test('where all but one kind of what it may run on is left in', () => {
    const [found] = findingsOf({ Effect: 'Allow', Action: 'ssm:SendCommand', NotResource: 'arn:aws:ec2:*:*:instance/*' });
    expect(found?.paths).toEqual(findingsOf(allow('ssm:SendCommand'))[0]?.paths);
  });

  test('on the caller itself, by its own policies', () => {
    expect(escalation(allow('iam:PutUserPolicy', 'arn:aws:iam::*:user/${aws:username}'))?.message).toMatch(/changing what applies/);
  });
});
