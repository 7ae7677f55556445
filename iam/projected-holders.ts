import type { Answer, PolicyHolders } from './directory.ts';
import { isAwsManaged } from './policy-names.ts';
import type { ProjectedAccount } from './projected-account.ts';
import { absent } from './projected-answers.ts';

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
    for (const member of bearer.members) if (account.users.holds(member)) users.add(member.name);
    if (!bearer.complete) unread.add(`members of group ${bearer.name} from before the trail`);
  }
  if (!account.loaded && policy?.complete !== true) unread.add(`holders of policy ${policyArn} from before the trail`);
  if (account.loaded && policy === undefined && users.size === 0 && !isAwsManaged(policyArn)) {
    return absent(`policy ${policyArn} is not in the account's authorization details`);
  }
  return { found: true, value: { users: [...users].sort(), unread: [...unread].sort() } };
}
