import { policyNameOf } from '../iam/policy-names.ts';
import type { WantedTags } from '../iam/tag-plan.ts';
import { namesTag, parseNamesTag } from '../iam/tag-values.ts';
import type { Tags } from './situation.ts';
import { readUserTags } from './user-tags.ts';

/** What is known of who wrote a managed policy that is flagged now. */
export interface FlaggedPolicy {
  readonly arn: string;
  /** The user that its tag names; undefined where it names none, or could not be read. */
  readonly author: string | undefined;
}

/** Who wrote the managed policies that are flagged now. Names of policies are as a tag spells them. */
export interface Authors {
  /** By user name in lower case: IAM tells users apart without case. */
  readonly byUser: ReadonlyMap<string, readonly string[]>;
  /** Policies whose author is not known: who bears their name keeps it. */
  readonly unsure: ReadonlySet<string>;
}

/** Sorts flagged policies by who wrote them. */
export function authorsOf(policies: readonly FlaggedPolicy[]): Authors {
  const byUser = new Map<string, string[]>();
  const unsure = new Set<string>();
  for (const { arn, author } of policies) {
    const name = namesTag([policyNameOf(arn)]);
    if (author === undefined) unsure.add(name);
    else byUser.set(author.toLowerCase(), [...(byUser.get(author.toLowerCase()) ?? []), name]);
  }
  return { byUser, unsure };
}

/** The tag that names the flagged policies which a user wrote: as it stands where it still holds, else written anew or removed. */
export function wantedAuthored(userName: string, tags: Tags, { byUser, unsure }: Authors, prefix: string): WantedTags {
  const key = `${prefix}:authored`;
  const { authored } = readUserTags(tags, prefix);
  const wrote = new Set(byUser.get(userName.toLowerCase()) ?? []);
  const { names, cut } = parseNamesTag(authored ?? '');
  // Names beyond the tag's end may be of policies whose author is not known: they stay counted.
  const kept = names.filter((name) => wrote.has(name) || unsure.has(name));
  const wanted = [...kept, ...[...wrote].filter((name) => !kept.includes(name)).sort()];
  if (wanted.length === 0 && (cut === 0 || unsure.size === 0)) return { set: {}, remove: authored === undefined ? [] : [key] };
  const hidden = unsure.size > 0 ? Math.max(0, cut - (wanted.length - kept.length)) : 0;
  return { set: { [key]: namesTag(wanted, hidden) }, remove: [] };
}
