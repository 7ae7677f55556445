import { describe, expect, test } from 'vitest';
import type { Effect } from '../../events/change.ts';
import { deed } from '../../guard/deed.ts';
import { undoCommands } from '../../guard/undo.ts';
import { changeBy, changes } from './effects.ts';

/** What each call did, and what it tried to do where that is said otherwise. Of calls that give no verdict there is nothing to say. */
const deeds: Readonly<Record<string, readonly [did: string, tried?: string]>> = {
  CreatePolicy: ['created the policy reader', 'create the policy reader'],
  CreatePolicyVersion: ['added a new version to the policy reader, in force at once', 'add a version to the policy reader'],
  SetDefaultPolicyVersion: ['switched the policy reader to a new version', 'switch the policy reader to a new version'],
  DeletePolicyVersion: ['deleted version v1 of the policy reader', 'delete version v1 of the policy reader'],
  DeletePolicy: ['deleted the policy reader', 'delete the policy reader'],
  TagPolicy: ['wrote the tag team on the policy reader', 'write the tag team on the policy reader'],
  UntagPolicy: ['took the tags team, site off the policy reader', 'take the tags team, site off the policy reader'],
  PutUserPolicy: ['put the inline policy inline on user alice'],
  PutGroupPolicy: ['put the inline policy inline on group developers'],
  PutRolePolicy: ['put the inline policy inline on role deployer'],
  DeleteUserPolicy: ['took the inline policy inline off user alice', 'take the inline policy inline off user alice'],
  DeleteGroupPolicy: ['took the inline policy inline off group developers', 'take the inline policy inline off group developers'],
  AttachUserPolicy: ['attached READER to user alice', 'attach READER to user alice'],
  AttachGroupPolicy: ['attached READER to group developers', 'attach READER to group developers'],
  AttachRolePolicy: ['attached READER to role deployer', 'attach READER to role deployer'],
  DetachUserPolicy: ['detached reader from user alice', 'detach reader from user alice'],
  DetachGroupPolicy: ['detached reader from group developers', 'detach reader from group developers'],
  UpdateGroup: ['renamed developers to engineers', 'rename developers to engineers'],
  DeleteGroup: ['deleted group developers', 'delete group developers'],
  AddUserToGroup: ['added user alice to group developers', 'add user alice to group developers'],
  RemoveUserFromGroup: ['took user alice out of group developers', 'take user alice out of group developers'],
  CreateUser: ['created the IAM user alice', 'create the IAM user alice'],
  UpdateUser: ['renamed alice to alicia', 'rename alice to alicia'],
  DeleteUser: ['deleted user alice', 'delete user alice'],
  TagUser: ['wrote the tag team on user alice', 'write the tag team on user alice'],
  UntagUser: ['took the tag team off user alice', 'take the tag team off user alice'],
  PutUserPermissionsBoundary: ['set boundary as the permissions boundary of user alice'],
  DeleteUserPermissionsBoundary: ['removed the permissions boundary of user alice', 'remove the permissions boundary of user alice'],
  CreateAccessKey: ['created an access key for user alice', 'create an access key for user alice'],
  UpdateAccessKey: ['deactivated an access key of user alice', 'deactivate an access key of user alice'],
  DeleteAccessKey: ['deleted an access key of user alice', 'delete an access key of user alice'],
  CreateLoginProfile: ['gave user alice a console password', 'give user alice a console password'],
  UpdateLoginProfile: ['changed the console password of user alice', 'change the console password of user alice'],
  DeleteLoginProfile: ['deleted the console password of user alice', 'delete the console password of user alice'],
  EnableMFADevice: ['enabled an MFA device of user alice', 'enable an MFA device of user alice'],
  DeactivateMFADevice: ['deactivated an MFA device of user alice', 'deactivate an MFA device of user alice'],
  CreateServiceSpecificCredential: [
    'created a credential for codecommit.amazonaws.com for user alice',
    'create a credential for codecommit.amazonaws.com for user alice',
  ],
  UpdateAccountPasswordPolicy: ['set the password policy of the account itself'],
  DeleteAccountPasswordPolicy: ['deleted the password policy of the account itself', 'delete the password policy of the account itself'],
};

const arn = 'arn:aws:iam::111122223333:policy/teams/reader';

describe('what was done, and what was tried', () => {
  test.each(Object.entries(deeds))('%s', (eventName, [did, tried = did]) => {
    const change = changeBy(eventName);
    expect(deed(change, undefined, 'did')).toBe(did.replace('READER', arn));
    expect(deed(change, undefined, 'try')).toBe(tried.replace('READER', arn));
  });

  test('a call that has no words of its own is told by its name', () => {
    expect(deed(changeBy('CreateRole'), undefined, 'did')).toBe('called CreateRole on role deployer');
    expect(deed(changeBy('CreateRole'), undefined, 'try')).toBe('call CreateRole on role deployer');
  });

  test('many tags are counted', () => {
    const keys = ['a', 'b', 'c', 'd', 'e'];
    expect(deed({ ...changeBy('UntagUser'), effect: { kind: 'user-untagged', keys } }, undefined, 'did')).toBe(
      'took the tags a, b, c and 2 more off user alice',
    );
    expect(deed({ ...changeBy('TagUser'), effect: { kind: 'user-tagged', tags: [] } }, undefined, 'did')).toBe('wrote tags on user alice');
  });

  test.each<[string, Effect, string]>([
    [
      'CreatePolicyVersion',
      { kind: 'policy-version-created', isDefault: false, document: { state: 'omitted' } },
      'added a new version to the policy reader, not in force yet',
    ],
    ['DeletePolicyVersion', { kind: 'policy-version-deleted' }, 'deleted a version of the policy reader'],
    ['PutUserPolicy', { kind: 'inline-policy-put', document: { state: 'omitted' } }, 'put an inline policy on user alice'],
    ['DeleteUserPolicy', { kind: 'inline-policy-deleted' }, 'took an inline policy off user alice'],
    ['AttachUserPolicy', { kind: 'policy-attached' }, 'attached a policy to user alice'],
    ['DetachUserPolicy', { kind: 'policy-detached' }, 'detached a policy from user alice'],
    ['AddUserToGroup', { kind: 'group-joined' }, 'added user alice to a group'],
    ['RemoveUserFromGroup', { kind: 'group-left' }, 'took user alice out of a group'],
    ['PutUserPermissionsBoundary', { kind: 'boundary-put' }, 'set a policy as the permissions boundary of user alice'],
    ['UpdateGroup', { kind: 'group-updated' }, 'changed group engineers'],
    ['UpdateAccessKey', { kind: 'access-key-updated', active: true }, 'activated an access key of user alice'],
    ['CreateServiceSpecificCredential', { kind: 'service-credential-created' }, 'created a credential for a service for user alice'],
  ])('%s that does not say of what', (eventName, effect, did) => {
    expect(deed({ ...changeBy(eventName), effect }, undefined, 'did')).toBe(did);
  });

  test.each(changes.map((change) => [change.eventName, change] as const))(
    '%s with hostile names says nothing that a reader could not see',
    (_, change) => {
      const hostile = (value: unknown): unknown => {
        if (typeof value === 'string') return `${value}\u202Egnp\u001b[31m\n`;
        if (Array.isArray(value)) return value.map(hostile);
        if (typeof value !== 'object' || value === null) return value;
        return Object.fromEntries(
          Object.entries(value).map(([key, member]) => [key, /^(kind|type|state)$/.test(key) ? member : hostile(member)]),
        );
      };
      const effect = hostile(change.effect) as Effect;
      const subject = { ...change.subject, name: `${change.subject.name}\u202E\u001b` };
      for (const form of ['did', 'try'] as const) {
        const words = deed({ ...change, effect, subject, eventName: `${change.eventName}\u0007` }, undefined, form);
        expect(words).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(words).toContain(change.subject.type === 'account' ? 'the account itself' : '<U+202E>');
      }
    },
  );
});

test('each judged call has words of its own', () => {
  const unsaid = ['CreateGroup', 'CreateRole', 'DeleteRole', 'DeleteRolePolicy', 'DetachRolePolicy'];
  expect(changes.map(({ eventName }) => eventName).filter((eventName) => !(eventName in deeds))).toEqual(unsaid);
  expect(undoCommands(changeBy('CreateRole'))).toEqual([]);
});
