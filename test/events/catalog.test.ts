import { describe, expect, it } from 'vitest';
import { catalog, eventsOf, handlerNames } from '../../events/catalog.ts';
import type { Effect, Subject } from '../../events/change.ts';
import { interpret, isJudged } from '../../events/interpret.ts';
import { account, record } from '../records.ts';

interface Case {
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
const mfa = `arn:aws:iam::${account}:mfa/alice`;
const boundary = `arn:aws:iam::${account}:policy/boundary`;

/** One successful call of each event of the catalog. */
const cases: Record<string, Case> = {
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
    subject: developers,
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
    subject: alice,
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
};

describe('the catalog', () => {
  it.each(Object.entries(cases))('reads %s', (eventName, { request, response = null, subject, effect }) => {
    const change = interpret(record(eventName, { requestParameters: request, responseElements: response }), 'id');
    expect(change?.subject).toStrictEqual({ ...subject, account });
    expect(change?.effect).toStrictEqual(effect);
  });

  it('has a case here for each of its events', () => {
    expect(Object.keys(cases).sort()).toStrictEqual(Object.keys(catalog).sort());
  });

  it('gives seven events to a handler, and follows the others', () => {
    expect(Object.fromEntries(handlerNames.map((handler) => [handler, eventsOf(handler)]))).toStrictEqual({
      'policy-changes': ['CreatePolicy', 'CreatePolicyVersion', 'SetDefaultPolicyVersion'],
      'user-permissions': ['PutUserPolicy', 'AttachUserPolicy'],
      'user-credentials': ['CreateUser', 'CreateAccessKey'],
    });
    expect(Object.keys(catalog).filter(isJudged)).toHaveLength(7);
    expect(isJudged('DeleteUser')).toBe(false);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'GetUser', ''])('does not know `%s`', (eventName) => {
    expect(catalog[eventName]).toBeUndefined();
    expect(isJudged(eventName)).toBe(false);
    expect(interpret(record(eventName), 'id')).toBeUndefined();
  });
});
