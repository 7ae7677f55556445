import type { Answer, PolicyHolders } from './directory.ts';
import { isAwsManaged } from './policy-names.ts';
import type { GroupState, ProjectedAccount } from './projected-account.ts';
import { absent, unreadable } from './projected-answers.ts';

/** Every user whom a managed policy bears on by the trail: attached, through a group, or as permissions boundary. */
export function projectHolders(account: ProjectedAccount, policyArn: string): Answer<PolicyHolders> {
  const policy = account.policies.find(policyArn);
  if (policy === undefined && account.policies.wasDropped(policyArn)) return absent(`policy ${policyArn} was deleted`);
  const users = new Set<string>();
  const unread = new Set<string>();
  for (const bearer of account.bearers.get(policyArn) ?? []) {
    if (!('members' in bearer)) {
      if (account.users.holds(bearer) && (bearer.attached.has(policyArn) || bearer.boundaryArn === policyArn)) users.add(bearer.name);
      continue;
    }
    if (!account.groups.holds(bearer) || !bearer.attached.has(policyArn)) continue;
    for (const name of membersOf(account, bearer)) users.add(name);
    if (!bearer.complete) unread.add(`members of group ${bearer.name} from before the trail`);
  }
  if (!account.loaded && policy?.complete !== true) unread.add(`holders of policy ${policyArn} from before the trail`);
  if (account.loaded && policy === undefined && users.size === 0 && !isAwsManaged(policyArn)) {
    return absent(`policy ${policyArn} is not in the account's authorization details`);
  }
  return { found: true, value: { users: [...users].sort(), unread: [...unread].sort() } };
}

/**
 * The users in a group by the trail. Of a group from before it they are those that the trail showed (what else the group brings
 * is then named in the posture of each); where it showed none, who is in it can't be told.
 */
export function projectMembers(account: ProjectedAccount, group: GroupState): Answer<readonly string[]> {
  const members = membersOf(account, group).sort();
  if (members.length === 0 && !group.complete) return unreadable(`the trail does not show who is in group ${group.name}`);
  return { found: true, value: members };
}

function membersOf(account: ProjectedAccount, group: GroupState): string[] {
  return [...group.members].filter((member) => account.users.holds(member)).map((member) => member.name);
}
