import { CreateUserCommand, type CreateUserCommandInput, DeleteUserCommand, type IAMClient } from '@aws-sdk/client-iam';

/**
 * Creates a user in moto, not in the last half millisecond of a second: moto tells microseconds, of which the SDK makes the next second,
 * while the credential report still tells the one before, as if of another user. IAM tells whole seconds.
 */
export async function addUser(iam: IAMClient, input: CreateUserCommandInput): Promise<void> {
  const { User } = await iam.send(new CreateUserCommand(input));
  if (User?.CreateDate?.getMilliseconds() !== 0) return;
  await iam.send(new DeleteUserCommand({ UserName: input.UserName }));
  await addUser(iam, input);
}
