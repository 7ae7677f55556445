import { type Call, keyCreated, namesIn, type Population, policyCreated, userCreated } from './load-account.ts';
import { documentText } from './load-documents.ts';
import type { Chance } from './trail-records.ts';

/** A change and what takes it back, call by call: after the last one the account is what it was. `weight` is how often it begins, to the others. */
export interface ChangeAndBack {
  readonly weight: number;
  /** The calls of the nth such change. */
  readonly calls: (n: number) => readonly Call[];
}

/**
 * What people and pipelines do in an account. Pipelines work on roles and policies; people join groups, change passwords and rotate keys. How often is an
 * estimate: AWS publishes no such figures.
 */
export function changesIn(population: Population, chance: Chance): readonly ChangeAndBack[] {
  const { account } = population;
  const { arn, policyArn, user, person, group, role, held, free } = namesIn(population);
  const document = () => documentText(chance, account);
  const called = (name: string, request: Call['request']): Call => ({ name, request });
  const key = () => `AKIA${chance.letters(16)}`;
  return [
    { weight: 12, calls: (n) => [called('PutRolePolicy', { roleName: role(n), policyName: 'own', policyDocument: document() })] },
    { weight: 10, calls: (n) => [called('AttachRolePolicy', { roleName: role(n), policyArn: free(n) })] },
    {
      weight: 6,
      calls: (n) => [
        policyCreated(policyArn(`release-${n % 1_000}`), document()),
        called('DeletePolicy', { policyArn: policyArn(`release-${n % 1_000}`) }),
      ],
    },
    // One in four new versions is of a policy that a group holds: it bears on all its members.
    { weight: 3, calls: (n) => versions(free(n), document()) },
    { weight: 1, calls: (n) => versions(held(n), document()) },
    {
      weight: 3,
      calls: (n) => {
        const userName = `new-${n % 1_000}`;
        const accessKeyId = key();
        return [
          userCreated(arn('user', userName)),
          called('AddUserToGroup', { userName, groupName: group(n) }),
          keyCreated(userName, accessKeyId),
          called('DeleteAccessKey', { userName, accessKeyId }),
          called('RemoveUserFromGroup', { userName, groupName: group(n) }),
          called('DeleteUser', { userName }),
        ];
      },
    },
    {
      weight: 3,
      calls: (n) => {
        const attached = { userName: user(n), policyArn: free(n) };
        return [called('AttachUserPolicy', attached), called('DetachUserPolicy', attached)];
      },
    },
    {
      weight: 3,
      calls: (n) => {
        const policy = { userName: user(n), policyName: 'own' };
        return [called('PutUserPolicy', { ...policy, policyDocument: document() }), called('DeleteUserPolicy', policy)];
      },
    },
    {
      weight: 5,
      calls: (n) => {
        const one = { userName: person(n), accessKeyId: key() };
        return [
          keyCreated(one.userName, one.accessKeyId),
          called('UpdateAccessKey', { ...one, status: 'Inactive' }),
          called('DeleteAccessKey', one),
        ];
      },
    },
    { weight: 6, calls: (n) => [called('UpdateLoginProfile', { userName: person(n), passwordResetRequired: false })] },
    {
      weight: 4,
      calls: (n) => {
        const joined = { userName: user(n), groupName: group(n + 1) };
        return [called('AddUserToGroup', joined), called('RemoveUserFromGroup', joined)];
      },
    },
    {
      weight: 0.5,
      calls: (n) => {
        const policy = { groupName: group(n), policyName: 'own' };
        return [called('PutGroupPolicy', { ...policy, policyDocument: document() }), called('DeleteGroupPolicy', policy)];
      },
    },
    {
      weight: 0.5,
      calls: (n) => {
        const attached = { groupName: group(n), policyArn: free(n) };
        return [called('AttachGroupPolicy', attached), called('DetachGroupPolicy', attached)];
      },
    },
    {
      weight: 5,
      calls: (n) => [
        called('TagUser', { userName: user(n), tags: [{ key: 'team', value: `team-${chance.below(40)}` }] }),
        called('UntagUser', { userName: user(n), tagKeys: ['team'] }),
      ],
    },
    {
      weight: 0.1,
      calls: () => [called('UpdateAccountPasswordPolicy', { minimumPasswordLength: 16, requireSymbols: true, requireNumbers: true })],
    },
  ];
}

/** A new version that comes into force, and the way back to the first. */
function versions(policyArn: string, policyDocument: string): readonly Call[] {
  const versionId = 'v2';
  return [
    {
      name: 'CreatePolicyVersion',
      request: { policyArn, policyDocument, setAsDefault: true },
      response: { policyVersion: { versionId, isDefaultVersion: true } },
    },
    { name: 'SetDefaultPolicyVersion', request: { policyArn, versionId: 'v1' } },
    { name: 'DeletePolicyVersion', request: { policyArn, versionId } },
  ];
}
