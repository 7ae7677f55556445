import type { Change, Effect } from '../events/change.ts';
import type { Answer, Directory } from '../iam/directory.ts';
import type { Attempt } from './attempt.ts';
import { touchesGuardTags } from './guard-tags.ts';
import type { TouchedUser } from './situation.ts';
import { StaleReadError } from './stale-read.ts';

/** A user whose posture a change may have moved, and why. */
export type UserName = Pick<TouchedUser, 'name' | 'relation'>;

/** The users whose posture a change may have moved; `unread` names what could not be listed of them. */
export interface TouchedNames {
  readonly users: readonly UserName[];
  readonly unread: readonly string[];
}

const none: TouchedNames = { users: [], unread: [] };

/**
 * Whose posture a change may have moved: its subject; the members of a group that changed; or, where a policy's default version
 * changed, everyone who holds it. A user who was deleted has none, and tags of others move none.
 */
export async function touchedUsers(
  change: Change,
  attempt: Attempt,
  directory: Directory,
  { settling, tagPrefix }: { readonly settling: boolean; readonly tagPrefix: string },
): Promise<TouchedNames> {
  const { subject, effect } = change;
  // Nobody is in a group, or holds a policy, that is gone; but while IAM settles it may be that it does not show the new name yet.
  const list = <Listed>(what: string, read: () => Promise<Answer<Listed>>): Promise<Answer<Listed>> =>
    attempt(async () => {
      const answer = await read();
      if (settling && !answer.found && answer.why === 'absent') throw new StaleReadError(what, change);
      return answer;
    });
  const group = changedGroup(effect);
  if (group !== undefined)
    return named(await list(`group \`${group}\``, () => directory.members(group)), 'member', `who is in group ${group}`);
  const policy = changedForHolders(effect);
  if (policy !== undefined) {
    const holders = await list(`policy \`${policy}\``, () => directory.holders(policy));
    const users = holders.found ? { found: true as const, value: holders.value.users } : holders;
    const touched = named(users, 'holder', 'who holds the policy');
    return holders.found ? { ...touched, unread: [...holders.value.unread] } : touched;
  }
  if (subject.type !== 'user' || subject.name === undefined || effect.kind === 'user-deleted') return none;
  if (isTagging(effect) && !touchesGuardTags(effect, tagPrefix)) return none;
  return { users: [{ name: subject.name, relation: 'subject' }], unread: [] };
}

/** The group whose policies or name changed. One that was deleted had no members left. */
function changedGroup(effect: Effect): string | undefined {
  switch (effect.kind) {
    case 'inline-policy-put':
    case 'inline-policy-deleted':
    case 'policy-attached':
    case 'policy-detached':
      return effect.holder?.type === 'group' ? effect.holder.name : undefined;
    case 'group-updated':
      return effect.newName ?? effect.groupName;
    default:
      return undefined;
  }
}

/** The managed policy that is another for all who hold it. */
function changedForHolders(effect: Effect): string | undefined {
  const moves = effect.kind === 'default-version-set' || (effect.kind === 'policy-version-created' && effect.isDefault);
  return moves ? effect.arn : undefined;
}

function isTagging(effect: Effect): effect is Extract<Effect, { kind: 'user-tagged' | 'user-untagged' }> {
  return effect.kind === 'user-tagged' || effect.kind === 'user-untagged';
}

function named(answer: Answer<readonly string[]>, relation: UserName['relation'], what: string): TouchedNames {
  if (answer.found) return { users: answer.value.map((name) => ({ name, relation })), unread: [] };
  return { users: [], unread: answer.why === 'absent' ? [] : [`${what}: ${answer.detail}`] };
}
