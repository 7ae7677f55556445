import {
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteUserPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  TagPolicyCommand,
  TagUserCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { delivered, everything, harmless } from '../deploy/events.ts';
import type { Account } from './account.ts';
import type { Happening } from './scenario.ts';
import { everythingPut, newUser, policyArn } from './users.ts';

/** What CloudTrail writes of a request that it left out. */
const omitted = { reason: 'requestParameters too large', omitted: true, originalSize: 120_312 };

const newVersion = async (account: Account, mark: string, document: string): Promise<Happening['event']> => {
  const PolicyArn = policyArn(account, `${mark}-policy`);
  await account.iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: document, SetAsDefault: true }));
  return delivered('CreatePolicyVersion', {
    requestParameters: { policyArn: PolicyArn, policyDocument: document, setAsDefault: true },
    responseElements: { policyVersion: { versionId: 'v2', isDefaultVersion: true } },
  });
};

/** Happenings that together take every call that a function of the guard may make. Names begin with `mark`. */
export const happenings: Readonly<Record<string, (account: Account, mark: string) => Promise<Happening>>> = {
  'a policy put on a user': async (account, mark) => {
    await newUser(account, mark);
    return { event: await everythingPut(account, mark), users: [mark], severity: 'critical' };
  },
  'a policy taken from a user': async (account, mark) => {
    await newUser(account, mark);
    const { iam } = account;
    await iam.send(new PutUserPolicyCommand({ UserName: mark, PolicyName: 'all', PolicyDocument: everything }));
    const tags = { verdict: 'critical', findings: 'admin-access console-user-without-mfa', since: '2026-01-01T00:00:00Z' };
    const Tags = Object.entries(tags).map(([key, Value]) => ({ Key: `trailguard:${key}`, Value }));
    await iam.send(new TagUserCommand({ UserName: mark, Tags }));
    await iam.send(new DeleteUserPolicyCommand({ UserName: mark, PolicyName: 'all' }));
    return { event: delivered('DeleteUserPolicy', { requestParameters: { userName: mark, policyName: 'all' } }), users: [mark] };
  },
  'a new version of a policy that a user and a group hold': async (account, mark) => {
    await newUser(account, mark);
    const { iam } = account;
    const PolicyArn = policyArn(account, `${mark}-policy`);
    await iam.send(new AttachGroupPolicyCommand({ GroupName: `${mark}-team`, PolicyArn }));
    await iam.send(new AttachUserPolicyCommand({ UserName: mark, PolicyArn }));
    return { event: await newVersion(account, mark, everything), users: [mark], severity: 'critical' };
  },
  'a harmless version of a policy that was flagged': async (account, mark) => {
    await newUser(account, mark);
    const Tags = ['verdict', 'findings'].map((key) => ({
      Key: `trailguard:${key}`,
      Value: key === 'verdict' ? 'critical' : 'admin-access',
    }));
    await account.iam.send(new TagPolicyCommand({ PolicyArn: policyArn(account, `${mark}-policy`), Tags }));
    return { event: await newVersion(account, mark, harmless), users: [mark] };
  },
  'a policy of a role that CloudTrail left out': async ({ iam }, mark) => {
    const trust = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    await iam.send(new CreateRoleCommand({ RoleName: mark, AssumeRolePolicyDocument: trust }));
    await iam.send(new PutRolePolicyCommand({ RoleName: mark, PolicyName: 'all', PolicyDocument: everything }));
    const request = { roleName: mark, policyName: 'all' };
    return { event: delivered('PutRolePolicy', { requestParameters: request }), users: [], severity: 'critical' };
  },
  'a password policy that CloudTrail left out': async ({ iam }) => {
    await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 6 }));
    return { event: delivered('UpdateAccountPasswordPolicy', { requestParameters: omitted }), users: [], severity: 'medium' };
  },
};
