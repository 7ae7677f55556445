import type { Change, Effect } from '../events/change.ts';
import type { Answer, Directory, ManagedPolicyVersion } from '../iam/directory.ts';
import type { Attempt } from './attempt.ts';
import { touchesGuardTags, withEffect } from './guard-tags.ts';
import type { LivePolicy, Situation, Tags } from './situation.ts';

/** The IAM user who wrote a managed policy that is in force, with the tags it has now. */
export async function readAuthor({ actor, effect }: Change, attempt: Attempt, directory: Directory): Promise<Pick<Situation, 'author'>> {
  const wrote = effect.kind === 'policy-created' || (effect.kind === 'policy-version-created' && effect.isDefault);
  if (!wrote || actor.type !== 'IAMUser' || actor.name === undefined) return {};
  const { name } = actor;
  return { author: { name, tags: await attempt(() => directory.userTags(name)) } };
}

/** The managed policy that a change is about, as it stands in the account: its tags, and the version in force. */
export async function readLivePolicy(
  { effect }: Change,
  attempt: Attempt,
  directory: Directory,
  { settling, tagPrefix }: { readonly settling: boolean; readonly tagPrefix: string },
): Promise<{ live?: LivePolicy }> {
  const arn = changedPolicyArn(effect, tagPrefix);
  if (arn === undefined) return {};
  const [readTags, readInForce] = await Promise.all([
    attempt(() => directory.policyTags(arn)),
    attempt(() => directory.managedPolicy(arn)),
  ]);
  // What IAM does not show yet of a new policy is as it was created. Either read can be the older one.
  const isNew = settling && effect.kind === 'policy-created';
  const tags: Answer<Tags> = isNew && isAbsent(readTags) ? { found: true, value: asCreated(effect.tags) } : readTags;
  const inForce = isNew && isAbsent(readInForce) ? (firstVersion(effect) ?? readInForce) : readInForce;
  const after: Answer<Tags> = tags.found ? { found: true, value: withEffect(tags.value, effect, false) } : tags;
  const unsettled = settling && inForce.found && putsInForce(effect, inForce.value) === false;
  return { live: { arn, tags: after, inForce, unsettled } };
}

function isAbsent(answer: Answer<unknown>): boolean {
  return !answer.found && answer.why === 'absent';
}

/** Whether the version in force is the one that the effect put there; undefined where it put none, or does not name it. */
function putsInForce(effect: Effect, { version }: ManagedPolicyVersion): boolean | undefined {
  const moves = effect.kind === 'default-version-set' || (effect.kind === 'policy-version-created' && effect.isDefault);
  return moves && effect.version !== undefined ? effect.version === version : undefined;
}

/** The managed policy whose document or whose tags of the guard's a change moved. */
function changedPolicyArn(effect: Effect, tagPrefix: string): string | undefined {
  switch (effect.kind) {
    case 'policy-created':
    case 'policy-version-created':
    case 'default-version-set':
      return effect.arn;
    case 'policy-tagged':
    case 'policy-untagged':
      return touchesGuardTags(effect, tagPrefix) ? effect.arn : undefined;
    default:
      return undefined;
  }
}

function asCreated(tags: readonly { readonly key: string; readonly value: string }[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

function firstVersion(effect: Extract<Change['effect'], { kind: 'policy-created' }>): Answer<ManagedPolicyVersion> | undefined {
  const { arn, name, document } = effect;
  if (arn === undefined || document.state === 'omitted') return undefined;
  return { found: true, value: { arn, name: name ?? arn, version: 'v1', isDefault: true, document: document.text } };
}
