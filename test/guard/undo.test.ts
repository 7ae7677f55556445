import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Effect } from '../../events/change.ts';
import { undoCommands } from '../../guard/undo.ts';
import { changeBy, changes } from './effects.ts';

const reader = 'arn:aws:iam::111122223333:policy/teams/reader';

/** What takes each call back. A call that is not here takes something away, or can't be taken back. */
const undone: Readonly<Record<string, readonly string[]>> = {
  CreatePolicy: [`delete-policy --policy-arn ${reader}`],
  CreatePolicyVersion: [
    `set-default-policy-version --policy-arn ${reader} --version-id PREVIOUS_VERSION`,
    `delete-policy-version --policy-arn ${reader} --version-id v2`,
  ],
  SetDefaultPolicyVersion: [`set-default-policy-version --policy-arn ${reader} --version-id PREVIOUS_VERSION`],
  PutUserPolicy: ['delete-user-policy --user-name alice --policy-name inline'],
  PutGroupPolicy: ['delete-group-policy --group-name developers --policy-name inline'],
  PutRolePolicy: ['delete-role-policy --role-name deployer --policy-name inline'],
  AttachUserPolicy: [`detach-user-policy --user-name alice --policy-arn ${reader}`],
  AttachGroupPolicy: [`detach-group-policy --group-name developers --policy-arn ${reader}`],
  AttachRolePolicy: [`detach-role-policy --role-name deployer --policy-arn ${reader}`],
  AddUserToGroup: ['remove-user-from-group --group-name developers --user-name alice'],
  CreateUser: ['delete-user --user-name alice'],
  DeleteUserPermissionsBoundary: ['put-user-permissions-boundary --user-name alice --permissions-boundary PREVIOUS_BOUNDARY_ARN'],
  CreateAccessKey: ['update-access-key --user-name alice --access-key-id AKIAEXAMPLE2 --status Inactive'],
  CreateLoginProfile: ['delete-login-profile --user-name alice'],
  CreateServiceSpecificCredential: [
    'update-service-specific-credential --user-name alice --service-specific-credential-id ACCAEXAMPLE --status Inactive',
  ],
};

test.each(changes.map((change) => [change.eventName, change] as const))('%s', (eventName, change) => {
  expect(undoCommands(change)).toEqual((undone[eventName] ?? []).map((words) => `aws iam ${words}`));
});

test('a key that came alive is taken back; one that was deactivated is not', () => {
  const change = changeBy('UpdateAccessKey');
  const effect = (active: boolean): Effect => ({ kind: 'access-key-updated', userName: 'alice', accessKeyId: 'AKIAEXAMPLE', active });
  expect(undoCommands({ ...change, effect: effect(true) })).toEqual([
    'aws iam update-access-key --user-name alice --access-key-id AKIAEXAMPLE --status Inactive',
  ]);
  expect(undoCommands({ ...change, effect: effect(false) })).toEqual([]);
});

test('what the event does not name can not be taken back by a command', () => {
  const { name: _, ...subject } = changeBy('CreateLoginProfile').subject;
  const bare: Effect[] = [
    { kind: 'policy-created', document: { state: 'omitted' }, tags: [] },
    { kind: 'default-version-set' },
    { kind: 'inline-policy-put', document: { state: 'omitted' } },
    { kind: 'policy-attached' },
    { kind: 'group-joined' },
    { kind: 'boundary-deleted' },
    { kind: 'login-profile-created' },
    { kind: 'service-credential-created' },
    { kind: 'user-created', tags: [] },
    { kind: 'access-key-created', active: true },
  ];
  for (const effect of bare) expect(undoCommands({ ...changeBy('CreateLoginProfile'), subject, effect })).toEqual([]);
});

test('names of any kind are one word each to a shell, which is asked', () => {
  const names = ["a'; rm -rf ~ #", '$(id)', '`id`', 'a b', '*', '"', '\\', '\n', '--profile', '~', "it's", 'ä', '!!', 'a;b|c&d>e<f'];
  for (const name of names) {
    const effect: Effect = { kind: 'group-joined', userName: name, groupName: 'g' };
    const [command = ''] = undoCommands({ ...changeBy('AddUserToGroup'), effect });
    const words = execFileSync('sh', ['-c', command.replace(/^aws /, `printf '%s\\0' `)], { encoding: 'utf8' }).split('\0');
    expect(words).toEqual(['iam', 'remove-user-from-group', '--group-name', 'g', '--user-name', name, '']);
  }
});
