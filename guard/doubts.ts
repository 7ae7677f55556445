import { visible } from '../schemas/visible-text.ts';
import type { Situation } from './situation.ts';

/** Why the changed thing itself could not be judged, or undefined where it could. */
export function whyUndetermined({ watched, policy, passwordPolicy }: Situation): string | undefined {
  if (!watched) return 'the event is of another account than the guard watches';
  if (passwordPolicy?.found === false) return `the password policy could not be read: ${passwordPolicy.detail}`;
  return policy && !policy.document.read ? policy.document.why : undefined;
}

/**
 * Why a change with nothing found is still not clean: something that it reaches could not be read. In a replay, what the trail
 * never showed is only noted; and a user who is gone holds nothing.
 */
export function whyDoubtful({ partialHistory, users, unreadHolders }: Situation): string | undefined {
  if (partialHistory) return undefined;
  const [holder] = unreadHolders;
  if (holder !== undefined) return holder;
  for (const { name, posture } of users) {
    if (!posture.found && posture.why === 'unreadable') return `user ${name} could not be read: ${posture.detail}`;
    const [unread] = posture.found ? posture.value.unread : [];
    if (unread) return `${unread.what} of user ${name} could not be read: ${unread.why}`;
  }
  return undefined;
}

/** What a reader should know was not seen, a sentence each. */
export function notesOf({ users, unreadHolders, notes, policy, author, live }: Situation, flagged: boolean): string[] {
  const ofUsers = users.flatMap(({ name, posture }) => {
    if (!posture.found) return [`user ${name} was not judged: ${posture.detail}`];
    return posture.value.unread.map(({ what, why }) => `user ${name}, ${what} was not judged: ${why}`);
  });
  const ofHolders = unreadHolders.map((what) => `not read: ${what}`);
  const ofDocument = policy?.document.read ? policy.document.value.problems.map(({ message }) => message) : [];
  const ofAuthor = flagged && author && !author.tags.found ? [`the author ${author.name} was not tagged: ${author.tags.detail}`] : [];
  const ofPolicy = flagged && live && !live.tags.found ? [`the policy was not tagged: ${live.tags.detail}`] : [];
  return [...new Set([...notes, ...ofHolders, ...ofUsers, ...ofDocument, ...ofAuthor, ...ofPolicy])].map(visible);
}
