/** What the person who typed the command can mend. Its message is all they need; it ends the command with status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
