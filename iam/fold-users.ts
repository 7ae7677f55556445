import type { Folds } from './fold.ts';
import { addBearer, type ProjectedAccount, type UserState } from './projected-account.ts';

/** How records about users themselves move an account: their names, tags, boundary and credentials. */
export const userFolds: Folds<
  | 'user-created'
  | 'user-updated'
  | 'user-deleted'
  | 'user-tagged'
  | 'user-untagged'
  | 'boundary-put'
  | 'boundary-deleted'
  | 'access-key-created'
  | 'access-key-updated'
  | 'access-key-deleted'
  | 'login-profile-created'
  | 'login-profile-updated'
  | 'login-profile-deleted'
  | 'service-credential-created'
  | 'mfa-enabled'
  | 'mfa-deactivated'
> = {
  'user-created': (account, { userName, arn, path, tags, boundaryArn }, at) => {
    if (userName === undefined) return;
    const user = account.users.create(userName, at);
    user.path = path ?? pathOf(arn) ?? '/';
    user.createdAt = at;
    user.password ??= null;
    user.mfaDevices ??= new Set();
    for (const tag of tags) user.tags.set(tag.key.toLowerCase(), tag);
    if (boundaryArn !== undefined) bound(account, user, boundaryArn);
  },
  'user-updated': (account, { userName, newName, newPath }, at) => {
    if (userName === undefined) return;
    if (newName !== undefined) account.users.rename(userName, newName, at);
    const user = account.users.mention(newName ?? userName, at);
    if (user !== undefined && newPath !== undefined) user.path = newPath;
  },
  'user-deleted': (account, { userName }, at) => {
    if (userName !== undefined) account.users.drop(userName, at);
  },
  'user-tagged': (account, { userName, tags }, at) => {
    const user = mention(account, userName, at);
    for (const tag of tags) user?.tags.set(tag.key.toLowerCase(), tag);
  },
  'user-untagged': (account, { userName, keys }, at) => {
    const user = mention(account, userName, at);
    for (const key of keys) user?.tags.delete(key.toLowerCase());
  },
  'boundary-put': (account, { userName, boundaryArn }, at) => {
    const user = mention(account, userName, at);
    if (user !== undefined && boundaryArn !== undefined) bound(account, user, boundaryArn);
  },
  'boundary-deleted': (account, { userName }, at) => {
    const user = mention(account, userName, at);
    if (user !== undefined) user.boundaryArn = undefined;
  },
  'access-key-created': (account, { userName, accessKeyId, active }, at) => {
    if (accessKeyId === undefined) return;
    mention(account, userName, at)?.accessKeys.set(accessKeyId, { id: accessKeyId, active, createdAt: at });
  },
  'access-key-updated': (account, { userName, accessKeyId, active }, at) => {
    if (accessKeyId === undefined) return;
    const keys = mention(account, userName, at)?.accessKeys;
    keys?.set(accessKeyId, { ...keys.get(accessKeyId), id: accessKeyId, active });
  },
  'access-key-deleted': (account, { userName, accessKeyId }, at) => {
    if (accessKeyId !== undefined) mention(account, userName, at)?.accessKeys.delete(accessKeyId);
  },
  'login-profile-created': (account, { userName }, at) => {
    const user = mention(account, userName, at);
    if (user !== undefined) user.password = { createdAt: at };
  },
  'login-profile-updated': (account, { userName }, at) => {
    // There was a password before, and IAM keeps its date.
    const user = mention(account, userName, at);
    if (user !== undefined) user.password ??= {};
  },
  'login-profile-deleted': (account, { userName }, at) => {
    const user = mention(account, userName, at);
    if (user !== undefined) user.password = null;
  },
  'service-credential-created': (account, { userName }, at) => {
    // No rule asks for such credentials: the user is all that the record tells.
    mention(account, userName, at);
  },
  'mfa-enabled': (account, { userName, serialNumber }, at) => {
    const user = mention(account, userName, at);
    if (user !== undefined && serialNumber !== undefined) user.mfaDevices = new Set(user.mfaDevices).add(serialNumber);
  },
  'mfa-deactivated': (account, { userName, serialNumber }, at) => {
    // Of a user first met here, it stays unknown what other devices there are.
    if (serialNumber !== undefined) mention(account, userName, at)?.mfaDevices?.delete(serialNumber);
  },
};

function mention(account: ProjectedAccount, userName: string | undefined, at: string): UserState | undefined {
  return userName === undefined ? undefined : account.users.mention(userName, at);
}

function bound(account: ProjectedAccount, user: UserState, boundaryArn: string): void {
  user.boundaryArn = boundaryArn;
  addBearer(account, boundaryArn, user);
}

/** The path within a user's ARN: `/team/` of `arn:aws:iam::111122223333:user/team/ada`. */
function pathOf(arn: string | undefined): string | undefined {
  return arn?.match(/:user(\/(?:.*\/)?)[^/]*$/)?.[1];
}
