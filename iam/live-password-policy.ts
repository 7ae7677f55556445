import { GetAccountPasswordPolicyCommand, type IAMClient } from '@aws-sdk/client-iam';
import type { PasswordPolicy } from '../analyzers/posture.ts';
import type { Answer } from './directory.ts';
import { answer } from './live-answer.ts';

// What IAM asks for where a policy does not say it.
const shortestPassword = 6;

/**
 * The account's password policy, null where it has none: then IAM's defaults hold. One call.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html
 */
export async function readPasswordPolicy(client: IAMClient): Promise<Answer<PasswordPolicy | null>> {
  const policy = await answer('the password policy of the account', async () => {
    const { PasswordPolicy: read } = await client.send(new GetAccountPasswordPolicyCommand({}));
    if (read === undefined) throw new Error('IAM answered GetAccountPasswordPolicy without a policy');
    return {
      minimumLength: read.MinimumPasswordLength ?? shortestPassword,
      requireSymbols: read.RequireSymbols ?? false,
      requireNumbers: read.RequireNumbers ?? false,
      requireUppercase: read.RequireUppercaseCharacters ?? false,
      requireLowercase: read.RequireLowercaseCharacters ?? false,
    };
  });
  return policy.found || policy.why === 'unreadable' ? policy : { found: true, value: null };
}
