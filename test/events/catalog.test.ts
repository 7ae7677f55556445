import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalog, eventsOf, handlerNames } from '../../events/catalog.ts';
import { interpret, isJudged } from '../../events/interpret.ts';
import { account, record } from '../records.ts';
import { eventCases } from './event-cases.ts';

describe('the catalog', () => {
  it.each(Object.entries(eventCases))('reads %s', (eventName, { request, response = null, subject, effect }) => {
    const change = interpret(record(eventName, { requestParameters: request, responseElements: response }), 'id');
    expect(change?.subject).toStrictEqual({ ...subject, account });
    expect(change?.effect).toStrictEqual(effect);
  });

  it('has a case for each of its events', () => {
    expect(Object.keys(eventCases).sort()).toStrictEqual(Object.keys(catalog).sort());
  });

  it('gives every event that moves a posture to a handler, and follows the others', () => {
    expect(Object.fromEntries(handlerNames.map((handler) => [handler, eventsOf(handler).sort()]))).toStrictEqual({
      'policy-changes': ['CreatePolicy', 'CreatePolicyVersion', 'DeletePolicy', 'DeletePolicyVersion', 'SetDefaultPolicyVersion'],
      'user-permissions': [
        'AttachUserPolicy',
        'DeleteUserPermissionsBoundary',
        'DeleteUserPolicy',
        'DetachUserPolicy',
        'PutUserPermissionsBoundary',
        'PutUserPolicy',
      ],
      'group-changes': [
        'AddUserToGroup',
        'AttachGroupPolicy',
        'DeleteGroup',
        'DeleteGroupPolicy',
        'DetachGroupPolicy',
        'PutGroupPolicy',
        'RemoveUserFromGroup',
        'UpdateGroup',
      ],
      'user-credentials': [
        'CreateAccessKey',
        'CreateLoginProfile',
        'CreateServiceSpecificCredential',
        'CreateUser',
        'DeactivateMFADevice',
        'DeleteAccessKey',
        'DeleteLoginProfile',
        'DeleteUser',
        'EnableMFADevice',
        'UpdateAccessKey',
        'UpdateLoginProfile',
        'UpdateUser',
      ],
      'account-changes': [
        'AttachRolePolicy',
        'DeleteAccountPasswordPolicy',
        'PutRolePolicy',
        'TagPolicy',
        'TagUser',
        'UntagPolicy',
        'UntagUser',
        'UpdateAccountPasswordPolicy',
      ],
    });
    const followed = Object.keys(catalog).filter((eventName) => !isJudged(eventName));
    expect(followed.sort()).toStrictEqual(['CreateGroup', 'CreateRole', 'DeleteRole', 'DeleteRolePolicy', 'DetachRolePolicy']);
  });

  it('is what the README lists', () => {
    const rows = readFileSync(new URL('../../README.md', import.meta.url), 'utf8').matchAll(/^\| `([a-z-]+)` \| (.+) \|$/gm);
    const listed = new Map([...rows].map(([, handler, events]) => [handler, events?.split(', ').sort()]));
    for (const handler of handlerNames) expect(listed.get(handler), handler).toStrictEqual(eventsOf(handler).sort());
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'GetUser', ''])('does not know `%s`', (eventName) => {
    expect(catalog[eventName]).toBeUndefined();
    expect(isJudged(eventName)).toBe(false);
    expect(interpret(record(eventName), 'id')).toBeUndefined();
  });
});
