import type { Folds } from './fold.ts';

// Where the record does not tell a version's id (its response was left out), the document still is somewhere.
const unknownVersion = 'unknown';

/** How records about managed policies move an account. */
export const policyFolds: Folds<
  | 'policy-created'
  | 'policy-version-created'
  | 'default-version-set'
  | 'policy-version-deleted'
  | 'policy-deleted'
  | 'policy-tagged'
  | 'policy-untagged'
> = {
  'policy-created': (account, { arn, document, tags }, at) => {
    if (arn === undefined) return;
    const policy = account.policies.create(arn, at);
    policy.versions.set('v1', document);
    policy.defaultVersion ??= 'v1';
    for (const { key, value } of tags) policy.tags.set(key, value);
  },
  'policy-version-created': (account, { arn, version = unknownVersion, isDefault, document }, at) => {
    const policy = arn === undefined ? undefined : account.policies.mention(arn, at);
    if (policy === undefined) return;
    policy.versions.set(version, document);
    if (isDefault) policy.defaultVersion = version;
  },
  'default-version-set': (account, { arn, version }, at) => {
    const policy = arn === undefined ? undefined : account.policies.mention(arn, at);
    if (policy !== undefined) policy.defaultVersion = version;
  },
  'policy-version-deleted': (account, { arn, version }, at) => {
    if (arn !== undefined && version !== undefined) account.policies.mention(arn, at)?.versions.delete(version);
  },
  'policy-deleted': (account, { arn }, at) => {
    if (arn !== undefined) account.policies.drop(arn, at);
  },
  'policy-tagged': (account, { arn, tags }, at) => {
    const policy = arn === undefined ? undefined : account.policies.mention(arn, at);
    for (const { key, value } of tags) policy?.tags.set(key, value);
  },
  'policy-untagged': (account, { arn, keys }, at) => {
    const policy = arn === undefined ? undefined : account.policies.mention(arn, at);
    for (const key of keys) policy?.tags.delete(key);
  },
};
