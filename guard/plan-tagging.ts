import type { Change } from '../events/change.ts';
import type { WantedTags } from '../iam/tag-plan.ts';
import { namesTag, parseNamesTag } from '../iam/tag-values.ts';
import type { TagTarget } from '../iam/tagger.ts';
import type { Finding } from '../schemas/finding.ts';
import { foreignTags } from './guard-tags.ts';
import { wantedPolicyTags } from './policy-tags.ts';
import type { Situation, Tags, TouchedUser } from './situation.ts';
import { readUserTags, wantedUserTags } from './user-tags.ts';
import { actorName } from './who.ts';

/** Tags that one thing shall have, and those it has now. */
export interface PlannedTags {
  readonly target: TagTarget;
  readonly current: Tags;
  readonly wanted: WantedTags;
}

/** A touched user with what its posture was found to be. */
export type JudgedUser = TouchedUser & { readonly findings: readonly Finding[] };

/** What was found in a managed policy's version in force; undefined where it is not known to be in force, or not readable. */
export type InForce = readonly Finding[] | undefined;

/** The tags that follow from a change: of every user it touched, of the policy it wrote, and of the policy's author. */
export function planTagging(
  change: Change,
  situation: Situation,
  users: readonly JudgedUser[],
  inForce: InForce,
  prefix: string,
): PlannedTags[] {
  return joined([
    ...users.flatMap((user) => userTagging(user, change, prefix)),
    ...policyTagging(situation, inForce, change, prefix),
    ...authorTagging(situation, inForce, prefix),
  ]);
}

function userTagging({ name, posture, findings, unsettled }: JudgedUser, change: Change, prefix: string): PlannedTags[] {
  if (!posture.found) return [];
  const cause = { time: change.eventTime, by: actorName(change.actor), eventId: change.id };
  const foreign = foreignTags(change.effect, posture.value.tags, prefix);
  const wanted = wantedUserTags(posture.value, findings, cause, { prefix, unsettled, foreign });
  return [{ target: { kind: 'user', name }, current: posture.value.tags, wanted }];
}

/** The managed policy tells what its default version is; one never flagged gets no tag. */
function policyTagging({ live, policy, author }: Situation, inForce: InForce, { effect }: Change, prefix: string): PlannedTags[] {
  if (!live?.tags.found || inForce === undefined) return [];
  const target: TagTarget = { kind: 'policy', name: live.arn };
  const current = live.tags.value;
  const foreign = foreignTags(effect, current, prefix);
  const trusted = Object.fromEntries(Object.entries(current).filter(([key]) => !foreign.includes(key)));
  const wanted = wantedPolicyTags(trusted, inForce, prefix);
  const wrote = inForce.length > 0 && author && isInForce(live, policy) ? { [`${prefix}:author`]: author.name } : {};
  const set = { ...wanted.set, ...wrote };
  const remove = [...new Set([...wanted.remove, ...foreign])].filter((key) => !(key in set));
  return Object.keys(set).length + remove.length === 0 ? [] : [{ target, current, wanted: { set, remove } }];
}

/** An IAM user who wrote a flagged managed policy carries its name, whether or not the user holds it. */
function authorTagging({ live, policy, author }: Situation, inForce: InForce, prefix: string): PlannedTags[] {
  if (!author?.tags.found || !inForce || inForce.length === 0 || !isInForce(live, policy) || policy?.policy.name === undefined) return [];
  const before = parseNamesTag(readUserTags(author.tags.value, prefix).authored ?? '');
  const set = { [`${prefix}:authored`]: namesTag([...before.names, policy.policy.name], before.cut) };
  return [{ target: { kind: 'user', name: author.name }, current: author.tags.value, wanted: { set, remove: [] } }];
}

/** True where the version that the change wrote is the one in force. */
export function isInForce(live: Situation['live'], policy: Situation['policy']): boolean {
  return live?.inForce.found === true && policy?.policy.active === true && live.inForce.value.version === policy.policy.version;
}

/** One write for each target: an author can also hold the policy. */
function joined(planned: readonly PlannedTags[]): PlannedTags[] {
  const byTarget = new Map<string, PlannedTags>();
  for (const plan of planned) {
    const key = `${plan.target.kind} ${plan.target.name}`;
    const other = byTarget.get(key);
    byTarget.set(key, other ? { ...other, wanted: both(other.wanted, plan.wanted) } : plan);
  }
  return [...byTarget.values()];
}

function both(one: WantedTags, other: WantedTags): WantedTags {
  return { set: { ...one.set, ...other.set }, remove: [...one.remove, ...other.remove] };
}
