import { type HolderDetail, readAuthorizationDetails } from './authorization-details.ts';
import { addBearer, type GroupState, type HolderState, type ProjectedAccount, type UserState } from './projected-account.ts';

// Loaded things were there before the first record.
const beforeAll = '';

/** Fills an account from the output of `aws iam get-account-authorization-details`. Credentials and the password policy are not in it. Throws where it is no such output. */
export function loadDetails(account: ProjectedAccount, value: unknown): void {
  const details = readAuthorizationDetails(value);
  account.loaded = true;
  for (const detail of details.groups) fill(account, account.groups.create(detail.name, beforeAll), detail);
  for (const detail of details.users) {
    const user = account.users.create(detail.name, beforeAll);
    fill(account, user, detail);
    account.partition = detail.arn.split(':')[1] ?? account.partition;
    user.path = detail.path;
    if (detail.createdAt !== undefined) user.createdAt = detail.createdAt;
    for (const tag of detail.tags) user.tags.set(tag.key.toLowerCase(), tag);
    for (const name of detail.groups) {
      const group = account.groups.mention(name, beforeAll);
      if (group === undefined) continue;
      user.groups.add(group);
      group.members.add(user);
    }
    if (detail.boundaryArn !== undefined) {
      user.boundaryArn = detail.boundaryArn;
      addBearer(account, detail.boundaryArn, user);
    }
  }
  for (const detail of details.roles) hold(account.roles.create(detail.name, beforeAll), detail);
  for (const { arn, defaultVersion, versions, tags } of details.policies) {
    const policy = account.policies.create(arn, beforeAll);
    policy.defaultVersion = defaultVersion;
    for (const { name, text } of versions) policy.versions.set(name, { state: 'present', text });
    for (const { key, value } of tags) policy.tags.set(key, value);
  }
}

function fill(account: ProjectedAccount, holder: UserState | GroupState, detail: HolderDetail): void {
  hold(holder, detail);
  for (const arn of detail.attached) addBearer(account, arn, holder);
}

function hold(holder: HolderState, detail: HolderDetail): void {
  for (const { name, text } of detail.inline) holder.inline.set(name, { state: 'present', text });
  for (const arn of detail.attached) holder.attached.add(arn);
}
