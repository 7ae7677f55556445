import { lastPart } from './arn.ts';
import { type Call, returned } from './call.ts';
import type { Subject } from './change.ts';
import { text } from './fields.ts';
import { known } from './known.ts';
import { deniedArn, groupName, isOwnCredential, ownerName, policyArn, policyName, userArn, userName } from './parameters.ts';

/** The user of a call. */
export function user(call: Call): Subject {
  return userSubject(call, userName(call));
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

/** The user who joins or leaves a group; the group where the record names no user, as a denied call's message does. */
export function member(call: Call): Subject {
  return userName(call) === undefined && groupName(call) !== undefined ? group(call) : user(call);
}

/** The managed policy of a call, by its friendly name. */
export function policy(call: Call): Subject {
  const arn = policyArn(call);
  return known<Subject>({ type: 'policy', name: policyName(call) ?? lastPart(arn), arn, account: call.account });
}

/** Whose key, password or MFA device it is: a user's, or the account's own where root changes its own. */
export function credentialOwner(call: Call): Subject {
  const ofRoot = isOwnCredential(call) && call.actor.type === 'Root';
  return ofRoot ? { type: 'account', account: call.account } : userSubject(call, ownerName(call));
}

function userSubject(call: Call, name: string | undefined): Subject {
  return known<Subject>({ type: 'user', name, arn: userArn(call, name), account: call.account });
}
