import {
  type GroupDetail,
  type IAMClient,
  type ManagedPolicyDetail,
  paginateGetAccountAuthorizationDetails,
  type UserDetail,
} from '@aws-sdk/client-iam';
import type { Answer } from './directory.ts';
import { answer } from './live-answer.ts';

/** All users, groups and managed policies of an account, in the shape that `ProjectedDirectory.load` takes. Tags of policies are not in it. */
export interface AccountDetails {
  /** `CreateDate` is ISO 8601. */
  readonly UserDetailList: readonly (Omit<UserDetail, 'CreateDate'> & { readonly CreateDate?: string })[];
  readonly GroupDetailList: readonly GroupDetail[];
  /** Customer managed policies, and those of AWS that are in use here. */
  readonly Policies: readonly ManagedPolicyDetail[];
}

// IAM's own default. A policy comes with up to five versions: some thousand on a page would keep IAM longer than the client waits.
const itemsOnPage = 100;

/**
 * Reads an account whole: one call a page of users, groups and policies, roles left out.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export function readAccountDetails(client: IAMClient, pageSize = itemsOnPage): Promise<Answer<AccountDetails>> {
  return answer('the authorization details of the account', async () => {
    const users: AccountDetails['UserDetailList'][number][] = [];
    const groups: GroupDetail[] = [];
    const policies: ManagedPolicyDetail[] = [];
    const pages = paginateGetAccountAuthorizationDetails(
      { client, pageSize },
      { Filter: ['User', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] },
    );
    for await (const page of pages) {
      users.push(...(page.UserDetailList ?? []).map(withTextDate));
      groups.push(...(page.GroupDetailList ?? []));
      policies.push(...(page.Policies ?? []));
    }
    return { UserDetailList: users, GroupDetailList: groups, Policies: policies };
  });
}

function withTextDate({ CreateDate, ...user }: UserDetail): AccountDetails['UserDetailList'][number] {
  return { ...user, ...(CreateDate === undefined ? {} : { CreateDate: CreateDate.toISOString() }) };
}
