import { lastPart } from './arn.ts';
import { asked, type Call, returned } from './call.ts';
import type { Subject } from './change.ts';
import { text } from './fields.ts';
import { known } from './known.ts';
import {
  deniedArn,
  groupName,
  isOfRoot,
  movedUserArn,
  ownerName,
  policyArn,
  policyName,
  roleName,
  userArn,
  userName,
} from './parameters.ts';

/** The user of a call. */
export function user(call: Call): Subject {
  return userSubject(call, userName(call));
}

/** The user that a call renames or moves: as it is called since, or as before where the call failed. */
export function updatedUser(call: Call): Subject {
  const [newName, newPath] = [asked(call, 'newUserName'), asked(call, 'newPath')];
  if (call.errorCode !== undefined || (newName ?? newPath) === undefined) return user(call);
  const name = newName ?? userName(call);
  return known<Subject>({ type: 'user', name, arn: movedUserArn(call, name), account: call.account });
}

/** The group of a call. */
export function group(call: Call): Subject {
  const name = groupName(call);
  return known<Subject>({
    type: 'group',
    name,
    arn: text(returned(call, 'group'), 'arn') ?? deniedArn(call, 'group'),
    account: call.account,
  });
}

/** The group that a call renames: as it is called since, or as before where the call failed. */
export function updatedGroup(call: Call): Subject {
  const newName = call.errorCode === undefined ? asked(call, 'newGroupName') : undefined;
  return newName === undefined ? group(call) : { type: 'group', name: newName, account: call.account };
}

/** The role of a call. */
export function role(call: Call): Subject {
  const arn = text(returned(call, 'role'), 'arn') ?? deniedArn(call, 'role');
  return known<Subject>({ type: 'role', name: roleName(call), arn, account: call.account });
}

/** The account that a call is made in. */
export function account(call: Call): Subject {
  return { type: 'account', account: call.account };
}

/** The user who joins or leaves a group; the group where the record names no user, as a denied call's message does. */
export function member(call: Call): Subject {
  return userName(call) === undefined && groupName(call) !== undefined ? group(call) : user(call);
}

/** The managed policy of a call, by its friendly name. */
export function policy(call: Call): Subject {
  const arn = policyArn(call);
  return known<Subject>({ type: 'policy', name: policyName(call) ?? lastPart(arn), arn, account: call.account });
}

/** Whose key, password or MFA device it is: a user's, or the account's where it is root's. */
export function credentialOwner(call: Call): Subject {
  return isOfRoot(call) ? account(call) : userSubject(call, ownerName(call));
}

function userSubject(call: Call, name: string | undefined): Subject {
  return known<Subject>({ type: 'user', name, arn: userArn(call, name), account: call.account });
}
