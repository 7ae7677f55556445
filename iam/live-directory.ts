import type { IAMClient } from '@aws-sdk/client-iam';
import type { Directory, TagWriter } from './directory.ts';
import { readHolders, readMembers } from './live-holders.ts';
import { readInline } from './live-inline.ts';
import { readPasswordPolicy } from './live-password-policy.ts';
import { createLivePolicies } from './live-policies.ts';
import { readPosture, readUser } from './live-posture.ts';
import { createLiveTagWriter, toTags } from './live-tags.ts';

/** What a live directory is made of. The caller makes the client (see `createIamClient`), for one account. */
export interface LiveDirectoryParts {
  readonly client: IAMClient;
  readonly account: string;
  readonly now: () => Date;
}

/**
 * The account as it is now, read through IAM's API. Absent and denied are answers; throttling, server and network
 * faults are thrown. It keeps the documents of managed policy versions, by the policy's unique id, and nothing else.
 */
export function createLiveDirectory({ client, account, now }: LiveDirectoryParts): Directory & TagWriter {
  const policies = createLivePolicies(client, now);
  return {
    posture: (userName) => readPosture({ client, account, now, readManaged: policies.version }, userName),
    async managedPolicy(arn, version) {
      const read = await policies.version(arn, version);
      if (!read.found) return read;
      const { parsed: _, ...policy } = read.value;
      return { found: true, value: policy };
    },
    inlinePolicy: (holder, policyName) => readInline(client, holder, policyName),
    holders: (policyArn) => readHolders(client, policyArn),
    members: (groupName) => readMembers(client, groupName),
    passwordPolicy: () => readPasswordPolicy(client),
    async userTags(userName) {
      const user = await readUser(client, userName);
      return user.found ? { found: true, value: toTags(user.value.Tags) } : user;
    },
    async policyTags(policyArn) {
      const policy = await policies.about(policyArn);
      return policy.found ? { found: true, value: toTags(policy.value.Tags) } : policy;
    },
    ...createLiveTagWriter(client),
  };
}
