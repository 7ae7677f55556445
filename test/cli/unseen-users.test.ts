import { expect, test } from 'vitest';
import { createUnseenUsers } from '../../cli/unseen-users.ts';
import { interpret } from '../../events/interpret.ts';
import { createUser, record } from './records.ts';

function unseenIn(records: readonly Parameters<typeof interpret>[0][]): string[] {
  const users = createUnseenUsers();
  for (const one of records) {
    const change = interpret(one, one.eventID ?? '');
    if (change !== undefined) users.add(change);
  }
  return users.names();
}

const put = (id: string, userName: string, more = {}) =>
  record(id, '09:05:00', 'PutUserPolicy', { userName, policyName: 'p', policyDocument: '{}' }, more);
const rename = (id: string, userName: string, newUserName: string) => record(id, '09:04:00', 'UpdateUser', { userName, newUserName });

test('users whom a trail touches and never shows being created', () => {
  expect(unseenIn([createUser('1', '09:00:00', 'new'), put('2', 'new'), put('3', 'old'), put('4', 'old')])).toEqual(['111122223333/old']);
});

test('a call that failed touches nobody', () => {
  expect(unseenIn([put('1', 'old', { errorCode: 'AccessDenied' })])).toEqual([]);
});

test('a renamed user is the same user: known if the one before was, and named once if not', () => {
  expect(unseenIn([createUser('1', '09:00:00', 'new'), rename('2', 'new', 'newer'), put('3', 'newer')])).toEqual([]);
  expect(unseenIn([rename('1', 'old', 'older'), put('2', 'older')])).toEqual(['111122223333/old']);
});
