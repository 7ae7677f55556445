import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { delivered, everything, harmless } from '../deploy/events.ts';
import type { Account } from './account.ts';

/** The ARN of a policy of the account. */
export const policyArn = ({ account }: Account, name: string) => `arn:aws:iam::${account}:policy/${name}`;

/** A user who holds something in each way there is, and was cleared once: to judge it takes every read, to tag it every write. */
export const newUser = async (account: Account, UserName: string): Promise<void> => {
  const [PolicyName, GroupName, PolicyDocument] = [`${UserName}-policy`, `${UserName}-team`, harmless];
  const PolicyArn = policyArn(account, PolicyName);
  const { iam } = account;
  await iam.send(new CreateUserCommand({ UserName, Tags: [{ Key: 'trailguard:cleared', Value: '2026-01-01T00:00:00Z' }] }));
  await Promise.all([
    iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument })),
    iam.send(new CreateGroupCommand({ GroupName })),
    iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument })),
    iam.send(new CreateAccessKeyCommand({ UserName })),
    iam.send(new CreateLoginProfileCommand({ UserName, Password: 'correct-horse-1' })),
  ]);
  await Promise.all([
    iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn })),
    iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument })),
    iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn })),
    iam.send(new AddUserToGroupCommand({ GroupName, UserName })),
  ]);
};

/** A policy that allows everything, put on a user: IAM has it, and the event is on its way. */
export const everythingPut = async ({ iam }: Account, UserName: string, PolicyName = 'all') => {
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: everything }));
  return delivered('PutUserPolicy', { requestParameters: { userName: UserName, policyName: PolicyName, policyDocument: everything } });
};
