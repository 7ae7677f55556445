import { documentText } from './load-documents.ts';
import type { Chance } from './trail-records.ts';

/** What a call of IAM asked for, and what IAM answered as far as its record tells. */
export interface Call {
  readonly name: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response?: Readonly<Record<string, unknown>>;
}

/** How many of each there are from beginning to end. */
export interface Population {
  readonly account: string;
  readonly users: number;
  readonly groups: number;
  readonly policies: number;
}

/** Roles that pipelines put policies on. */
export const roles = 40;

/** One in so many users has a password and a key. */
const everySoMany = 4;

/** Names in an account, by number: every number is a name, taken in turns. */
export const namesIn = ({ account, users, groups, policies }: Population) => {
  const arn = (kind: string, name: string) => `arn:aws:iam::${account}:${kind}/${name}`;
  const policyArn = (name: string) => arn('policy', name);
  return {
    arn,
    policyArn,
    user: (n: number) => `user-${n % users}`,
    /** Of those who have a password and a key. */
    person: (n: number) => `user-${(n * everySoMany) % users}`,
    group: (n: number) => `group-${n % groups}`,
    role: (n: number) => `role-${n % roles}`,
    /** Of the policies that a group holds. */
    held: (n: number) => policyArn(`policy-${n % groups}`),
    /** Of those that none holds from the beginning. */
    free: (n: number) => policyArn(`policy-${groups + (n % (policies - groups))}`),
  };
};

/** The calls that make the account what it is at the beginning: each group holds a policy, each user is in a group, every fourth has a password and a key. */
export function callsOfBeginning(population: Population, chance: Chance): Call[] {
  const { account, users, groups, policies } = population;
  const names = namesIn(population);
  const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
  const people = numbers(Math.ceil(users / everySoMany)).map(names.person);
  return [
    { name: 'UpdateAccountPasswordPolicy', request: { minimumPasswordLength: 16, requireSymbols: true, requireNumbers: true } },
    ...numbers(policies).map((n) => policyCreated(names.policyArn(`policy-${n}`), documentText(chance, account))),
    ...numbers(roles).map((n) => ({ name: 'CreateRole', request: { roleName: names.role(n), assumeRolePolicyDocument: trust } })),
    ...numbers(groups).flatMap((n) => [
      { name: 'CreateGroup', request: { groupName: names.group(n) } },
      { name: 'AttachGroupPolicy', request: { groupName: names.group(n), policyArn: names.held(n) } },
    ]),
    ...numbers(users).flatMap((n) => [
      userCreated(names.arn('user', names.user(n))),
      { name: 'AddUserToGroup', request: { userName: names.user(n), groupName: names.group(n) } },
    ]),
    ...people.flatMap((userName, n) => [
      { name: 'CreateLoginProfile', request: { userName } },
      keyCreated(userName, `AKIA${chance.letters(16)}`),
      ...(n % 8 === 0 ? [] : [{ name: 'EnableMFADevice', request: { userName, serialNumber: names.arn('mfa', userName) } }]),
    ]),
  ];
}

/** CreateUser, as its record has it. */
export function userCreated(arn: string): Call {
  const userName = nameIn(arn);
  return { name: 'CreateUser', request: { userName }, response: { user: { path: '/', userName, arn } } };
}

/** CreatePolicy, as its record has it. */
export function policyCreated(arn: string, policyDocument: string): Call {
  const policyName = nameIn(arn);
  const policy = { policyName, arn, path: '/', defaultVersionId: 'v1', attachmentCount: 0 };
  return { name: 'CreatePolicy', request: { policyName, policyDocument }, response: { policy } };
}

/** CreateAccessKey, as its record has it. */
export function keyCreated(userName: string, accessKeyId: string): Call {
  return { name: 'CreateAccessKey', request: { userName }, response: { accessKey: { userName, accessKeyId, status: 'Active' } } };
}

function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
