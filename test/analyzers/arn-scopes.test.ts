import { describe, expect, test } from 'vitest';
import {
  isCaller,
  isServiceLinked,
  overlapWith,
  reachesEveryAccount,
  reachesSeveral,
  runsCommands,
} from '../../analyzers/escalation/arn-scopes.ts';

const account = '111122223333';
const role = 'arn:aws:iam::????????????:role/?*';
const instance = 'arn:aws:ec2:?*:????????????:instance/?*';

describe('a scope can hold some of a form', () => {
  test.each([
    ['*', role],
    ['arn:*', role],
    [`arn:aws:iam::${account}:role/app`, role],
    ['arn:*:iam::*:role/app', role],
    ['arn:aws:iam::${aws:PrincipalAccount}:role/app', role],
    ['arn:aws:iam::*:role/${aws:PrincipalTag/app}', role],
    ['arn:aws:iam::*:*', role],
    [`arn:aws:ec2:eu-west-1:${account}:instance/i-1`, instance],
    [`arn:aws:ec2:\${aws:RequestedRegion}:${account}:instance/*`, instance],
    ['arn:aws:ec2:*:instance/*', instance],
    ['arn:aws:ec2:*/i-1', instance],
    ['arn:aws:lambda:*:function:*', 'arn:aws:lambda:?*:????????????:function:?*'],
    ['arn:aws:iam::aws:policy/Reader', 'arn:aws:iam::aws:policy/?*'],
    ['arn:aws:lambda:*:*:function:app:prod', 'arn:aws:lambda:?*:????????????:function:?*'],
  ])('%s of %s', (scope, form) => {
    expect(overlapWith(scope)(form)).toBe(true);
  });

  test.each([
    [`arn:aws:iam::${account}:user/app`, role],
    [`arn:aws-cn:iam::${account}:role/app`, role],
    [`arn:aws:sts::${account}:role/app`, role],
    ['arn:aws:iam::12345:role/app', role],
    ['arn:aws:iam:eu-west-1:*:role/app', role],
    ['arn:aws:iam::*:${aws:PrincipalTag/kind}', role],
    // The Region's star ends with its part.
    ['arn:aws:ec2:*:*:volume/i-1', instance],
    ['arn:aws:iam::aws:policy/Reader', 'arn:aws:iam::????????????:policy/?*'],
  ])('%s does not of %s', (scope, form) => {
    expect(overlapWith(scope)(form)).toBe(false);
  });
});

describe('a scope reaches several', () => {
  test.each([
    ['arn:aws:iam::*:role/app-*', true],
    ['arn:aws:iam::*:role/app-?', true],
    ['arn:aws:iam::*', true],
    ['*', true],
    ['arn:aws:lambda:*:*:function:app', false],
    ['arn:aws:lambda:*:*:function:app:*', false],
    ['arn:aws:lambda:*:*:function:app-*:*', true],
    ['arn:aws:lambda:*:*:function:*:*', true],
    ['arn:aws:lambda:*:*:function:app:v*', true],
    ['arn:aws:batch:*:*:job-definition/app:*', false],
    ['arn:aws:batch:*:*:job-definition/app*', true],
    ['arn:aws:batch:*:*:my-job-definition/app:*', true],
    ['arn:aws:iam::${aws:PrincipalAccount}:role/app', false],
    ['arn:aws:iam::${aws:PrincipalAccount}:role/app*', true],
  ])('by %s: %s', (scope, expected) => {
    expect(reachesSeveral(scope)).toBe(expected);
  });

  test.each([
    ['arn:aws:iam::*:role/app', true],
    ['arn:aws:iam::????????????:role/app', true],
    [`arn:aws:iam::${account}:role/*`, false],
    ['arn:aws:iam', false],
  ])('accounts by %s: %s', (scope, expected) => {
    expect(reachesEveryAccount(scope)).toBe(expected);
  });
});

test.each([
  [`arn:aws:iam::${account}:role/aws-service-role/*`, true],
  [`arn:aws:iam::${account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`, true],
  [`arn:aws:iam::${account}:role/app/aws-service-role/*`, false],
  [`arn:aws:iam::${account}:role/x/y:role/aws-service-role/*`, false],
  [`arn:aws:iam::${account}:role/*`, false],
])('%s is of service-linked roles: %s', (scope, expected) => {
  expect(isServiceLinked(scope)).toBe(expected);
});

test.each([
  ['arn:aws:iam::*:user/${aws:username}', true],
  [`arn:aws:iam::${account}:user/\${AWS:UserName}`, true],
  ["arn:aws:iam::*:user/${aws:username, 'nobody'}", true],
  ['arn:aws:iam::*:user/staff/${aws:username}', true],
  ['arn:aws:iam::*:user/*/${aws:username}', true],
  ['arn:aws:iam::*:user/${aws:username}-robot', false],
  ['arn:aws:iam::*:user/staff-${aws:username}', false],
  [`arn:aws:iam::${account}:role/\${aws:username}`, false],
  [`arn:aws:iam::${account}:group/staff/\${aws:username}`, false],
  ['arn:aws:iam::*:user/*', false],
  ['arn:aws:iam::*:user/${aws:usernames}', false],
])('%s is the caller itself: %s', (scope, expected) => {
  expect(isCaller(scope)).toBe(expected);
});

test.each([
  ['arn:aws:ssm:*:*:document/*', true],
  ['arn:aws:ssm:*:*:document/AWS-RunShellScript', true],
  ['arn:aws:ssm:*::document/AWS-RunDocument', true],
  ['arn:aws:ssm:*:*:document/AWS-*', true],
  ['arn:aws:ssm:*:*:document/team-*', true],
  ['arn:aws:ssm:*', true],
  ['arn:aws:ssm:*:*:document/team-run', false],
  ['arn:aws:ssm:*:*:document/AWS-UpdateSSMAgent', false],
  ['arn:aws:ssm:*:*:document/AWSEC2-*', false],
  ['arn:aws:ssm:*:*:document/amazon*', false],
  ['arn:aws:ssm:*:*:document/Amzn*', false],
  ['arn:aws:ssm:*:*:my-document/aws*', true],
])('%s runs commands: %s', (scope, expected) => {
  expect(runsCommands(scope)).toBe(expected);
});
