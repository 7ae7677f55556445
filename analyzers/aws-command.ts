/** A command of the AWS CLI for IAM, safe to paste into a POSIX shell whatever the names hold. */
export function iamCommand(...words: readonly string[]): string {
  return shellCommand('aws', 'iam', ...words);
}

/** A command, safe to paste into a POSIX shell whatever its words hold. */
export function shellCommand(...words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

/** A word for a POSIX shell: as it is where nothing in it is special, in single quotes otherwise. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The command that makes a user's access key useless until somebody activates it again. */
export function deactivateKey(userName: string, keyId: string): string {
  return iamCommand('update-access-key', '--user-name', userName, '--access-key-id', keyId, '--status', 'Inactive');
}

/** The command that deletes a user's access key for good. */
export function deleteKey(userName: string, keyId: string): string {
  return iamCommand('delete-access-key', '--user-name', userName, '--access-key-id', keyId);
}

/** The command that says when, where and for which service an access key was last used. */
export function lastUseOfKey(keyId: string): string {
  return iamCommand('get-access-key-last-used', '--access-key-id', keyId);
}

/** The command that takes away a user's console password. */
export function deletePassword(userName: string): string {
  return iamCommand('delete-login-profile', '--user-name', userName);
}
