import type { Holder } from '../events/change.ts';
import type { Folds } from './fold.ts';
import { addBearer, type HolderState, type ProjectedAccount } from './projected-account.ts';

/** How records about who holds which policy, and about groups and roles, move an account. */
export const holderFolds: Folds<
  | 'inline-policy-put'
  | 'inline-policy-deleted'
  | 'policy-attached'
  | 'policy-detached'
  | 'group-created'
  | 'group-updated'
  | 'group-deleted'
  | 'group-joined'
  | 'group-left'
  | 'role-created'
  | 'role-deleted'
> = {
  'inline-policy-put': (account, { holder, policyName, document }, at) => {
    if (policyName !== undefined) mention(account, holder, at)?.inline.set(policyName, document);
  },
  'inline-policy-deleted': (account, { holder, policyName }, at) => {
    if (policyName !== undefined) mention(account, holder, at)?.inline.delete(policyName);
  },
  'policy-attached': (account, { holder, policyArn }, at) => {
    if (policyArn !== undefined) attach(account, holder, policyArn, at);
  },
  'policy-detached': (account, { holder, policyArn }, at) => {
    if (policyArn !== undefined) mention(account, holder, at)?.attached.delete(policyArn);
  },
  'group-created': (account, { groupName }, at) => {
    if (groupName !== undefined) account.groups.create(groupName, at);
  },
  'group-updated': (account, { groupName, newName }, at) => {
    if (groupName !== undefined && newName !== undefined) account.groups.rename(groupName, newName, at);
  },
  'group-deleted': (account, { groupName }, at) => {
    if (groupName !== undefined) account.groups.drop(groupName, at);
  },
  'group-joined': (account, { userName, groupName }, at) => {
    const [user, group] = both(account, userName, groupName, at);
    if (user === undefined || group === undefined) return;
    user.groups.add(group);
    group.members.add(user);
  },
  'group-left': (account, { userName, groupName }, at) => {
    const [user, group] = both(account, userName, groupName, at);
    if (user === undefined || group === undefined) return;
    user.groups.delete(group);
    group.members.delete(user);
  },
  'role-created': (account, { roleName }, at) => {
    if (roleName !== undefined) account.roles.create(roleName, at);
  },
  'role-deleted': (account, { roleName }, at) => {
    if (roleName !== undefined) account.roles.drop(roleName, at);
  },
};

function attach(account: ProjectedAccount, holder: Holder | undefined, policyArn: string, at: string): void {
  mention(account, holder, at)?.attached.add(policyArn);
  if (holder === undefined || holder.type === 'role') return;
  const bearer = holder.type === 'user' ? account.users.find(holder.name) : account.groups.find(holder.name);
  if (bearer !== undefined) addBearer(account, policyArn, bearer);
}

function mention(account: ProjectedAccount, holder: Holder | undefined, at: string): HolderState | undefined {
  switch (holder?.type) {
    case 'user':
      return account.users.mention(holder.name, at);
    case 'group':
      return account.groups.mention(holder.name, at);
    case 'role':
      return account.roles.mention(holder.name, at);
    default:
      return undefined;
  }
}

function both(account: ProjectedAccount, userName: string | undefined, groupName: string | undefined, at: string) {
  if (userName === undefined || groupName === undefined) return [undefined, undefined] as const;
  return [account.users.mention(userName, at), account.groups.mention(groupName, at)] as const;
}
