import type { Posture } from '../../analyzers/posture.ts';
import type { ManagedPolicyVersion } from '../../iam/directory.ts';
import { allow, createPolicy, createUser, createVersion, policyArn } from './account.ts';

/** What a call is about: which of two users, groups and policies, which of two of whatever there are two of (`n`), which document. */
export interface Choice {
  readonly u: 0 | 1;
  readonly g: 0 | 1;
  readonly p: 0 | 1;
  readonly n: 0 | 1;
  readonly d: number;
}

/** What IAM holds of it at that moment; undefined where it is not there. */
export interface Scene {
  readonly userName: string;
  readonly groupName: string;
  readonly policyArn: string;
  readonly user: Posture | undefined;
  /** The group's members. */
  readonly group: readonly string[] | undefined;
  /** The policy's default version. */
  readonly policy: ManagedPolicyVersion | undefined;
  /** Versions of the policy besides the default one. */
  readonly dormant: readonly string[];
  /** Whether the group has the inline policy of this name. */
  readonly groupHas: (policyName: string) => boolean;
  /** A version id that was not used yet. */
  readonly nextVersion: string;
}

/** A call's parameters, and what IAM answers. */
export type Call = readonly [request: Record<string, unknown>, response?: Record<string, unknown>];

/** A document with nothing wrong. */
export const harmless = allow('s3:GetObject', 'arn:aws:s3:::reports/*');

// Most make a finding of their own, so that each place that holds one shows in the tag.
const documents = [
  harmless,
  allow('s3:*'),
  allow('sqs:*'),
  allow('dynamodb:*'),
  allow('kms:Decrypt'),
  allow('abcdefghijklm'.split('').map((letter) => `sns:${letter}*`)),
  allow('nopqrstuvwxyz'.split('').map((letter) => `sns:${letter}*`)),
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Deny', Action: ['s3:*', 'sqs:*'], Resource: '*' } }),
  allow('*'),
];

const tamperings = [
  { key: 'trailguard:verdict', value: 'clear' },
  { key: 'TrailGuard:Findings', value: 'nothing' },
  { key: 'trailguard:verdict', value: 'critical' },
  { key: 'trailguard:since', value: '2001-01-01T00:00:00Z' },
  { key: 'team', value: 'data' },
];

const documentOf = ({ d }: Choice) => documents[d % documents.length] ?? '';
const tamperingOf = ({ d }: Choice) => tamperings[d % tamperings.length] ?? { key: '', value: '' };
const inlineName = ({ n }: Choice) => (n === 0 ? 'first' : 'second');
const keyId = ({ u, n }: Choice) => `AKIA${u}${n}EXAMPLE`;
const deviceOf = ({ u, n }: Choice) => `arn:aws:iam::111122223333:mfa/device-${u}${n}`;
const renamed = (name: string) => (name.endsWith('-renamed') ? name.slice(0, -'-renamed'.length) : `${name}-renamed`);
const call = ({ requestParameters, responseElements }: ReturnType<typeof createUser>): Call => [
  requestParameters ?? {},
  responseElements ?? {},
];

/** A user's or group's own policies, without those that groups bring. */
const own = (user: Posture | undefined) => user?.policies.filter(({ group }) => group === undefined) ?? [];
const holdsNothing = ({ groups, accessKeys, password, mfaDevices = [], ...user }: Posture) =>
  [...user.policies, ...groups, ...accessKeys, ...mfaDevices].length === 0 && !password;

/** Every call that moves a posture, by its name: its parameters, or undefined where IAM would refuse it as things stand. */
export const calls: Readonly<Record<string, (choice: Choice, scene: Scene) => Call | undefined>> = {
  PutUserPolicy: (c, { user, userName }) => user && [{ userName, policyName: inlineName(c), policyDocument: documentOf(c) }],
  DeleteUserPolicy: (c, { user, userName }) =>
    own(user).some(({ kind, name }) => kind === 'inline' && name === inlineName(c)) ? [{ userName, policyName: inlineName(c) }] : undefined,
  AttachUserPolicy: (_, { user, policy, userName, policyArn }) => user && policy && [{ userName, policyArn }],
  DetachUserPolicy: (_, { user, userName, policyArn }) =>
    own(user).some(({ arn }) => arn === policyArn) ? [{ userName, policyArn }] : undefined,
  PutUserPermissionsBoundary: (_, { user, policy, userName, policyArn }) =>
    user && policy && [{ userName, permissionsBoundary: policyArn }],
  DeleteUserPermissionsBoundary: (_, { user, userName }) => user?.boundary && [{ userName }],

  PutGroupPolicy: (c, { group, groupName }) => group && [{ groupName, policyName: inlineName(c), policyDocument: documentOf(c) }],
  DeleteGroupPolicy: (c, { groupName, groupHas }) => (groupHas(inlineName(c)) ? [{ groupName, policyName: inlineName(c) }] : undefined),
  AttachGroupPolicy: (_, { group, policy, groupName, policyArn }) => group && policy && [{ groupName, policyArn }],
  DetachGroupPolicy: (_, { group, groupName, policyArn }) => group && [{ groupName, policyArn }],
  AddUserToGroup: (_, { user, group, userName, groupName }) => user && group && [{ userName, groupName }],
  RemoveUserFromGroup: (_, { user, userName, groupName }) => (user?.groups.includes(groupName) ? [{ userName, groupName }] : undefined),
  UpdateGroup: (_, { group, groupName }) => group && [{ groupName, newGroupName: renamed(groupName) }],

  CreatePolicy: (c, { policy, policyArn }) => (policy ? undefined : call(createPolicy(nameOf(policyArn), documentOf(c)))),
  CreatePolicyVersion: (c, { policy, nextVersion }) => policy && call(createVersion(policy.name, nextVersion, documentOf(c), c.n === 0)),
  SetDefaultPolicyVersion: (c, { policyArn, dormant }) => oneOf(dormant, c, (versionId) => [{ policyArn, versionId }]),
  DeletePolicyVersion: (c, { policyArn, dormant }) => oneOf(dormant, c, (versionId) => [{ policyArn, versionId }]),

  CreateUser: (_, { user, userName }) => (user ? undefined : call(createUser(userName))),
  UpdateUser: (_, { user, userName }) => user && [{ userName, newUserName: renamed(userName) }],
  DeleteUser: (_, { user, userName }) => (user && holdsNothing(user) ? [{ userName }] : undefined),
  TagUser: (c, { user, userName }) => user && [{ userName, tags: [tamperingOf(c)] }],
  UntagUser: (c, { user, userName }) => user && [{ userName, tagKeys: [tamperingOf(c).key] }],

  CreateLoginProfile: (_, { user, userName }) => (user && !user.password ? [{ userName }] : undefined),
  UpdateLoginProfile: (_, { user, userName }) => (user?.password ? [{ userName }] : undefined),
  DeleteLoginProfile: (_, { user, userName }) => (user?.password ? [{ userName }] : undefined),
  CreateAccessKey: (c, { user, userName }) =>
    user && !user.accessKeys.some(({ id }) => id === keyId(c))
      ? [{ userName }, { accessKey: { userName, accessKeyId: keyId(c), status: 'Active' } }]
      : undefined,
  UpdateAccessKey: (c, { user, userName }) =>
    user?.accessKeys.some(({ id }) => id === keyId(c))
      ? [{ userName, accessKeyId: keyId(c), status: c.d % 2 === 0 ? 'Inactive' : 'Active' }]
      : undefined,
  DeleteAccessKey: (c, { user, userName }) =>
    user?.accessKeys.some(({ id }) => id === keyId(c)) ? [{ userName, accessKeyId: keyId(c) }] : undefined,
  CreateServiceSpecificCredential: (_, { user, userName }) =>
    user && [{ userName, serviceName: 'codecommit.amazonaws.com' }, { serviceSpecificCredential: { userName } }],
  EnableMFADevice: (c, { user, userName }) =>
    user?.mfaDevices?.includes(deviceOf(c)) === false ? [{ userName, serialNumber: deviceOf(c) }] : undefined,
  DeactivateMFADevice: (c, { user, userName }) =>
    user?.mfaDevices?.includes(deviceOf(c)) ? [{ userName, serialNumber: deviceOf(c) }] : undefined,
};

/** The two policies that there are, once their creation was called. */
export const policyArns = [policyArn('shared'), policyArn('spare')] as const;

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function oneOf(versions: readonly string[], { d }: Choice, make: (version: string) => Call): Call | undefined {
  const version = versions[d % Math.max(1, versions.length)];
  return version === undefined ? undefined : make(version);
}
