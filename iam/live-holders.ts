import { type IAMClient, paginateGetGroup, paginateListEntitiesForPolicy } from '@aws-sdk/client-iam';
import type { Answer, PolicyHolders } from './directory.ts';
import { inParallel } from './in-parallel.ts';
import { answer, collect } from './live-answer.ts';

const groupsAtOnce = 5;

/**
 * Every user whom a managed policy bears on: attached, through a group, or as permissions boundary. One call a page of
 * holders and one a page of each group's members. A group gone since it was listed bears on nobody; one that may not be
 * read is named in `unread`.
 */
export async function readHolders(client: IAMClient, policyArn: string): Promise<Answer<PolicyHolders>> {
  const entities = await answer(`holders of policy ${policyArn}`, async () => {
    const users: string[] = [];
    const groups: string[] = [];
    // Without a usage filter IAM lists both uses, as a policy and as a boundary.
    for await (const page of paginateListEntitiesForPolicy({ client }, { PolicyArn: policyArn })) {
      users.push(...(page.PolicyUsers ?? []).map((user) => user.UserName ?? ''));
      groups.push(...(page.PolicyGroups ?? []).map((group) => group.GroupName ?? ''));
    }
    return { users, groups };
  });
  if (!entities.found) return entities;

  const members = await inParallel(entities.value.groups, groupsAtOnce, (group) => readMembers(client, group));
  const users = [...entities.value.users, ...members.flatMap((group) => (group.found ? group.value : []))];
  const unread = members.flatMap((group) => (group.found || group.why === 'absent' ? [] : [group.detail]));
  return { found: true, value: { users: [...new Set(users)].sort(), unread: unread.sort() } };
}

/** The users in a group, sorted: one call a page. */
export function readMembers(client: IAMClient, group: string): Promise<Answer<string[]>> {
  return answer(`members of group ${group}`, async () => {
    const users = await collect(paginateGetGroup({ client }, { GroupName: group }), (page) => page.Users);
    return users.map((user) => user.UserName ?? '').sort();
  });
}
