import { describe, expect, test } from 'vitest';
import { openPaths } from '../../analyzers/escalation/find-paths.ts';
import { remediesFor } from '../../analyzers/escalation/remedies.ts';
import { allow, grantsOf } from '../policy/documents.ts';

/** The statements that close what the actions open. */
const closing = (actions: readonly string[], partition?: string) =>
  remediesFor(openPaths(grantsOf(allow(actions))), partition).map((text) => JSON.parse(text) as unknown);

const role = 'arn:aws:iam::ACCOUNT:role/ROLE';

describe('an escalation is closed', () => {
  test('that changes what applies to the caller: by a Deny of all such actions', () => {
    expect(closing(['iam:PutUserPolicy', 'iam:AddUserToGroup'])).toEqual([
      { Effect: 'Deny', Action: ['iam:PutUserPolicy', 'iam:AddUserToGroup'], Resource: ['*'] },
    ]);
  });

  test('over other users: by the caller’s own user', () => {
    expect(closing(['iam:CreateAccessKey', 'iam:DeleteAccessKey'])).toEqual([
      { Effect: 'Allow', Action: ['iam:CreateAccessKey', 'iam:DeleteAccessKey'], Resource: ['arn:aws:iam::*:user/${aws:username}'] },
    ]);
  });

  test('over roles: by one role', () => {
    expect(closing(['sts:AssumeRole'])).toEqual([{ Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: [role] }]);
  });

  test('over both: by a statement for each', () => {
    expect(closing(['sts:AssumeRole', 'iam:CreateLoginProfile'])).toEqual([
      { Effect: 'Allow', Action: ['iam:CreateLoginProfile'], Resource: ['arn:aws:iam::*:user/${aws:username}'] },
      { Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: [role] },
    ]);
  });

  test('that passes a role: by one role to one service', () => {
    expect(closing(['iam:PassRole', 'ec2:RunInstances', 'lambda:CreateFunction', 'lambda:InvokeFunction'])).toEqual([
      {
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: [role],
        Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
      },
    ]);
  });

  test('that passes a role and changes a stack: by the role that is passed', () => {
    const actions = ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet', 'iam:PassRole', 'ec2:RunInstances'];
    expect(closing(actions)).toMatchObject([{ Action: ['iam:PassRole'] }]);
  });

  test('that changes a stack alone: by one stack', () => {
    expect(closing(['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'])).toEqual([
      {
        Effect: 'Allow',
        Action: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
        Resource: ['arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/*'],
      },
    ]);
  });

  test('that uses what has a role: by one of each resource, without the actions that know none', () => {
    expect(closing(['ec2-instance-connect:SendSSHPublicKey', 'ec2:DescribeInstances'])).toEqual([
      {
        Effect: 'Allow',
        Action: ['ec2-instance-connect:SendSSHPublicKey'],
        Resource: ['arn:aws:ec2:REGION:ACCOUNT:instance/NAME'],
      },
    ]);
    expect(closing(['ssm:SendCommand'])).toEqual([
      {
        Effect: 'Allow',
        Action: ['ssm:SendCommand'],
        Resource: ['arn:aws:ec2:REGION:ACCOUNT:instance/NAME', 'arn:aws:ssm:REGION:ACCOUNT:document/NAME'],
      },
    ]);
  });

  test('of several categories: the worst first', () => {
    expect(closing(['ssm:SendCommand', 'sts:AssumeRole', 'iam:PutUserPolicy'])).toMatchObject([
      { Effect: 'Deny' },
      { Action: ['sts:AssumeRole'] },
      { Action: ['ssm:SendCommand'] },
    ]);
  });

  test('in its partition, aws where none is told', () => {
    expect(closing(['sts:AssumeRole'], 'aws-cn')).toMatchObject([{ Resource: ['arn:aws-cn:iam::ACCOUNT:role/ROLE'] }]);
    expect(closing(['iam:CreateAccessKey'], 'aws-cn')).toMatchObject([{ Resource: ['arn:aws-cn:iam::*:user/${aws:username}'] }]);
    expect(closing(['lambda:UpdateFunctionCode'], 'aws-cn')).toMatchObject([
      { Resource: ['arn:aws-cn:lambda:REGION:ACCOUNT:function:NAME'] },
    ]);
  });
});
