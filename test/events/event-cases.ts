import type { Effect, Subject } from '../../events/change.ts';
import { account } from '../records.ts';

/** One call as CloudTrail records it, and how it is to be read. */
export interface EventCase {
  readonly request: Record<string, unknown> | null;
  readonly response?: Record<string, unknown>;
  readonly subject: Omit<Subject, 'account'>;
  readonly effect: Effect;
}

const document = '{\n\t"Version": "2012-10-17",\n\t"Statement": {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}\n}\n';
const present = { state: 'present', text: document } as const;
const reader = `arn:aws:iam::${account}:policy/teams/reader`;
const readerPolicy = { type: 'policy', name: 'reader', arn: reader } as const;
const alice = { type: 'user', name: 'alice' } as const;
const developers = { type: 'group', name: 'developers' } as const;
const deployer = { type: 'role', name: 'deployer' } as const;
const wholeAccount = { type: 'account' } as const;
const mfa = `arn:aws:iam::${account}:mfa/alice`;
const boundary = `arn:aws:iam::${account}:policy/boundary`;

/** One successful call of each event of the catalog, by the event's name. */
export const eventCases: Readonly<Record<string, EventCase>> = {
  CreatePolicy: {
    request: { policyName: 'reader', path: '/teams/', policyDocument: document, tags: [{ key: 'team', value: 'data' }] },
    response: { policy: { policyName: 'reader', policyId: 'ANPAEXAMPLE', arn: reader, path: '/teams/', defaultVersionId: 'v1' } },
    subject: readerPolicy,
    effect: { kind: 'policy-created', arn: reader, name: 'reader', document: present, tags: [{ key: 'team', value: 'data' }] },
  },
  CreatePolicyVersion: {
    request: { policyArn: reader, policyDocument: document, setAsDefault: true },
    response: { policyVersion: { versionId: 'v2', isDefaultVersion: true, createDate: 'Mar 2, 2026, 9:30:00 AM' } },
    subject: readerPolicy,
    effect: { kind: 'policy-version-created', arn: reader, version: 'v2', isDefault: true, document: present },
  },
  SetDefaultPolicyVersion: {
    request: { policyArn: reader, versionId: 'v2' },
    subject: readerPolicy,
    effect: { kind: 'default-version-set', arn: reader, version: 'v2' },
  },
  DeletePolicyVersion: {
    request: { policyArn: reader, versionId: 'v1' },
    subject: readerPolicy,
    effect: { kind: 'policy-version-deleted', arn: reader, version: 'v1' },
  },
  DeletePolicy: { request: { policyArn: reader }, subject: readerPolicy, effect: { kind: 'policy-deleted', arn: reader } },
  TagPolicy: {
    request: { policyArn: reader, tags: [{ key: 'team', value: 'data' }] },
    response: { tags: [] },
    subject: readerPolicy,
    effect: { kind: 'policy-tagged', arn: reader, tags: [{ key: 'team', value: 'data' }] },
  },
  UntagPolicy: {
    request: { policyArn: reader, tagKeys: ['team', 'site'] },
    subject: readerPolicy,
    effect: { kind: 'policy-untagged', arn: reader, keys: ['team', 'site'] },
  },

  PutUserPolicy: {
    request: { userName: 'alice', policyName: 'inline', policyDocument: document },
    subject: alice,
    effect: { kind: 'inline-policy-put', holder: alice, policyName: 'inline', document: present },
  },
  PutGroupPolicy: {
    request: { groupName: 'developers', policyName: 'inline', policyDocument: document },
    subject: developers,
    effect: { kind: 'inline-policy-put', holder: developers, policyName: 'inline', document: present },
  },
  DeleteUserPolicy: {
    request: { userName: 'alice', policyName: 'inline' },
    subject: alice,
    effect: { kind: 'inline-policy-deleted', holder: alice, policyName: 'inline' },
  },
  DeleteGroupPolicy: {
    request: { groupName: 'developers', policyName: 'inline' },
    subject: developers,
    effect: { kind: 'inline-policy-deleted', holder: developers, policyName: 'inline' },
  },
  AttachUserPolicy: {
    request: { userName: 'alice', policyArn: reader },
    subject: alice,
    effect: { kind: 'policy-attached', holder: alice, policyArn: reader },
  },
  AttachGroupPolicy: {
    request: { groupName: 'developers', policyArn: reader },
    subject: developers,
    effect: { kind: 'policy-attached', holder: developers, policyArn: reader },
  },
  DetachUserPolicy: {
    request: { userName: 'alice', policyArn: reader },
    subject: alice,
    effect: { kind: 'policy-detached', holder: alice, policyArn: reader },
  },
  DetachGroupPolicy: {
    request: { groupName: 'developers', policyArn: reader },
    subject: developers,
    effect: { kind: 'policy-detached', holder: developers, policyArn: reader },
  },

  CreateGroup: {
    request: { groupName: 'developers', path: '/teams/' },
    response: { group: { groupName: 'developers', path: '/teams/', arn: `arn:aws:iam::${account}:group/teams/developers` } },
    subject: { ...developers, arn: `arn:aws:iam::${account}:group/teams/developers` },
    effect: { kind: 'group-created', groupName: 'developers' },
  },
  UpdateGroup: {
    request: { groupName: 'developers', newGroupName: 'engineers' },
    subject: { type: 'group', name: 'engineers' },
    effect: { kind: 'group-updated', groupName: 'developers', newName: 'engineers' },
  },
  DeleteGroup: { request: { groupName: 'developers' }, subject: developers, effect: { kind: 'group-deleted', groupName: 'developers' } },
  AddUserToGroup: {
    request: { userName: 'alice', groupName: 'developers' },
    subject: alice,
    effect: { kind: 'group-joined', userName: 'alice', groupName: 'developers' },
  },
  RemoveUserFromGroup: {
    request: { userName: 'alice', groupName: 'developers' },
    subject: alice,
    effect: { kind: 'group-left', userName: 'alice', groupName: 'developers' },
  },

  CreateUser: {
    request: { userName: 'alice', path: '/staff/', permissionsBoundary: boundary, tags: [{ key: 'team', value: 'data' }] },
    response: { user: { userName: 'alice', userId: 'AIDAEXAMPLE', path: '/staff/', arn: `arn:aws:iam::${account}:user/staff/alice` } },
    subject: { ...alice, arn: `arn:aws:iam::${account}:user/staff/alice` },
    effect: {
      kind: 'user-created',
      userName: 'alice',
      arn: `arn:aws:iam::${account}:user/staff/alice`,
      path: '/staff/',
      tags: [{ key: 'team', value: 'data' }],
      boundaryArn: boundary,
    },
  },
  UpdateUser: {
    request: { userName: 'alice', newUserName: 'alicia', newPath: '/staff/' },
    subject: { type: 'user', name: 'alicia', arn: `arn:aws:iam::${account}:user/staff/alicia` },
    effect: { kind: 'user-updated', userName: 'alice', newName: 'alicia', newPath: '/staff/' },
  },
  DeleteUser: { request: { userName: 'alice' }, subject: alice, effect: { kind: 'user-deleted', userName: 'alice' } },
  TagUser: {
    request: { userName: 'alice', tags: [{ key: 'team', value: 'data' }] },
    subject: alice,
    effect: { kind: 'user-tagged', userName: 'alice', tags: [{ key: 'team', value: 'data' }] },
  },
  UntagUser: {
    request: { userName: 'alice', tagKeys: ['team'] },
    subject: alice,
    effect: { kind: 'user-untagged', userName: 'alice', keys: ['team'] },
  },
  PutUserPermissionsBoundary: {
    request: { userName: 'alice', permissionsBoundary: boundary },
    subject: alice,
    effect: { kind: 'boundary-put', userName: 'alice', boundaryArn: boundary },
  },
  DeleteUserPermissionsBoundary: {
    request: { userName: 'alice' },
    subject: alice,
    effect: { kind: 'boundary-deleted', userName: 'alice' },
  },

  CreateAccessKey: {
    request: { userName: 'alice' },
    response: { accessKey: { userName: 'alice', accessKeyId: 'AKIAEXAMPLE2', status: 'Active' } },
    subject: alice,
    effect: { kind: 'access-key-created', userName: 'alice', accessKeyId: 'AKIAEXAMPLE2', active: true },
  },
  UpdateAccessKey: {
    request: { userName: 'alice', accessKeyId: 'AKIAEXAMPLE2', status: 'Inactive' },
    subject: alice,
    effect: { kind: 'access-key-updated', userName: 'alice', accessKeyId: 'AKIAEXAMPLE2', active: false },
  },
  DeleteAccessKey: {
    request: { userName: 'alice', accessKeyId: 'AKIAEXAMPLE2' },
    subject: alice,
    effect: { kind: 'access-key-deleted', userName: 'alice', accessKeyId: 'AKIAEXAMPLE2' },
  },
  CreateLoginProfile: {
    request: { userName: 'alice', passwordResetRequired: true },
    response: { loginProfile: { userName: 'alice', passwordResetRequired: true } },
    subject: alice,
    effect: { kind: 'login-profile-created', userName: 'alice' },
  },
  UpdateLoginProfile: {
    request: { userName: 'alice', passwordResetRequired: false },
    subject: alice,
    effect: { kind: 'login-profile-updated', userName: 'alice' },
  },
  DeleteLoginProfile: { request: { userName: 'alice' }, subject: alice, effect: { kind: 'login-profile-deleted', userName: 'alice' } },
  EnableMFADevice: {
    request: { userName: 'alice', serialNumber: mfa },
    subject: alice,
    effect: { kind: 'mfa-enabled', userName: 'alice', serialNumber: mfa },
  },
  DeactivateMFADevice: {
    request: { userName: 'alice', serialNumber: mfa },
    subject: alice,
    effect: { kind: 'mfa-deactivated', userName: 'alice', serialNumber: mfa },
  },
  CreateServiceSpecificCredential: {
    request: { userName: 'alice', serviceName: 'codecommit.amazonaws.com' },
    response: {
      serviceSpecificCredential: {
        userName: 'alice',
        serviceName: 'codecommit.amazonaws.com',
        serviceUserName: `alice-at-${account}`,
        serviceSpecificCredentialId: 'ACCAEXAMPLE',
        status: 'Active',
      },
    },
    subject: alice,
    effect: {
      kind: 'service-credential-created',
      userName: 'alice',
      credentialId: 'ACCAEXAMPLE',
      service: 'codecommit.amazonaws.com',
    },
  },

  CreateRole: {
    request: { roleName: 'deployer', path: '/ci/', assumeRolePolicyDocument: '{}' },
    response: { role: { roleName: 'deployer', path: '/ci/', arn: `arn:aws:iam::${account}:role/ci/deployer` } },
    subject: { ...deployer, arn: `arn:aws:iam::${account}:role/ci/deployer` },
    effect: { kind: 'role-created', roleName: 'deployer' },
  },
  DeleteRole: { request: { roleName: 'deployer' }, subject: deployer, effect: { kind: 'role-deleted', roleName: 'deployer' } },
  PutRolePolicy: {
    request: { roleName: 'deployer', policyName: 'inline', policyDocument: document },
    subject: deployer,
    effect: { kind: 'inline-policy-put', holder: deployer, policyName: 'inline', document: present },
  },
  DeleteRolePolicy: {
    request: { roleName: 'deployer', policyName: 'inline' },
    subject: deployer,
    effect: { kind: 'inline-policy-deleted', holder: deployer, policyName: 'inline' },
  },
  AttachRolePolicy: {
    request: { roleName: 'deployer', policyArn: reader },
    subject: deployer,
    effect: { kind: 'policy-attached', holder: deployer, policyArn: reader },
  },
  DetachRolePolicy: {
    request: { roleName: 'deployer', policyArn: reader },
    subject: deployer,
    effect: { kind: 'policy-detached', holder: deployer, policyArn: reader },
  },

  UpdateAccountPasswordPolicy: {
    request: {
      minimumPasswordLength: 14,
      requireSymbols: false,
      requireNumbers: true,
      requireUppercaseCharacters: true,
      requireLowercaseCharacters: true,
      allowUsersToChangePassword: true,
      maxPasswordAge: 90,
      passwordReusePrevention: 24,
      hardExpiry: false,
    },
    subject: wholeAccount,
    effect: {
      kind: 'password-policy-set',
      policy: { minimumLength: 14, requireSymbols: false, requireNumbers: true, requireUppercase: true, requireLowercase: true },
    },
  },
  DeleteAccountPasswordPolicy: { request: null, subject: wholeAccount, effect: { kind: 'password-policy-deleted' } },
};
