import { type IAMClient, type Tag, TagPolicyCommand, TagUserCommand, UntagPolicyCommand, UntagUserCommand } from '@aws-sdk/client-iam';
import type { TagWriter } from './directory.ts';

/** Writes tags in the live account, one call each. */
export function createLiveTagWriter(client: IAMClient): TagWriter {
  return {
    async tagUser(userName, tags) {
      await client.send(new TagUserCommand({ UserName: userName, Tags: fromTags(tags) }));
    },
    async untagUser(userName, keys) {
      await client.send(new UntagUserCommand({ UserName: userName, TagKeys: [...keys] }));
    },
    async tagPolicy(policyArn, tags) {
      await client.send(new TagPolicyCommand({ PolicyArn: policyArn, Tags: fromTags(tags) }));
    },
    async untagPolicy(policyArn, keys) {
      await client.send(new UntagPolicyCommand({ PolicyArn: policyArn, TagKeys: [...keys] }));
    },
  };
}

/** Tags as a record, keys as IAM spells them. */
export function toTags(tags: readonly Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']));
}

function fromTags(tags: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
