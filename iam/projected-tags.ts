import type { TagWriter } from './directory.ts';
import type { PolicyState, ProjectedAccount, UserState } from './projected-account.ts';

/** Writes tags into a projected account, so that a later posture sees them. Throws what IAM would where the target is gone. */
export function createProjectedTagWriter(account: ProjectedAccount, now: () => string): TagWriter {
  const user = (name: string): UserState =>
    account.users.find(name) ??
    orMissing(gone(account, account.users.wasDropped(name)) ? undefined : account.users.mention(name, now()), name);
  const policy = (arn: string): PolicyState =>
    account.policies.find(arn) ??
    orMissing(gone(account, account.policies.wasDropped(arn)) ? undefined : account.policies.mention(arn, now()), arn);
  return {
    async tagUser(userName, tags) {
      for (const [key, value] of Object.entries(tags)) user(userName).tags.set(key.toLowerCase(), { key, value });
    },
    async untagUser(userName, keys) {
      for (const key of keys) user(userName).tags.delete(key.toLowerCase());
    },
    async tagPolicy(policyArn, tags) {
      for (const [key, value] of Object.entries(tags)) policy(policyArn).tags.set(key, value);
    },
    async untagPolicy(policyArn, keys) {
      for (const key of keys) policy(policyArn).tags.delete(key);
    },
  };
}

function gone(account: ProjectedAccount, dropped: boolean): boolean {
  return dropped || account.loaded;
}

function orMissing<Item>(item: Item | undefined, name: string): Item {
  if (item !== undefined) return item;
  const error = new Error(`\`${name}\` does not exist`);
  error.name = 'NoSuchEntityException';
  throw error;
}
