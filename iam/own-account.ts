import { type IAMClient, paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import type { Answer } from './directory.ts';
import { answer } from './live-answer.ts';

/** The id of the account that a client's credentials are of, as the first ARN in it tells: every account has a role or a user. */
export function readOwnAccount(client: IAMClient): Promise<Answer<string>> {
  return answer('the authorization details of the account', async () => {
    const pages = paginateGetAccountAuthorizationDetails({ client, pageSize: 1 }, { Filter: ['User', 'Role', 'LocalManagedPolicy'] });
    for await (const { UserDetailList = [], RoleDetailList = [], Policies = [] } of pages) {
      const id = [...UserDetailList, ...RoleDetailList, ...Policies].flatMap(
        ({ Arn = '' }) => /^arn:[^:]+:iam::(\d{12}):/.exec(Arn)?.[1] ?? [],
      );
      if (id[0] !== undefined) return id[0];
    }
    throw new Error('IAM told of no user, role or policy: the account has nothing to sweep');
  });
}
