import type { Password } from '../analyzers/posture.ts';

/**
 * A console password from what IAM tells. Its last use is the user's: IAM keeps it after a password is deleted, so a use from
 * before `createdAt` was another password's, and this one was never used. Nothing told means never used as well: IAM has
 * told it since October 20, 2014. Times are ISO 8601.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_User.html
 */
export function toPassword(createdAt: string | undefined, lastUsedAt: string | null): Password {
  const isOlder = createdAt !== undefined && lastUsedAt !== null && Date.parse(lastUsedAt) < Date.parse(createdAt);
  return { ...(createdAt === undefined ? {} : { createdAt }), lastUsedAt: isOlder ? null : lastUsedAt };
}
