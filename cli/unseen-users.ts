import type { Change } from '../events/change.ts';

/**
 * The users that changes touch although the changes never show their creation, as `account/name`: what these users held
 * before the trail begins is unknown to a replay.
 */
export function unseenUsers(changes: Iterable<Change>): string[] {
  const created = new Set<string>();
  const unseen = new Set<string>();
  for (const { account, subject, effect, errorCode } of changes) {
    if (errorCode !== undefined || subject.type !== 'user' || subject.name === undefined) continue;
    const user = `${account}/${subject.name}`;
    if (effect.kind === 'user-created') created.add(user);
    else if (!created.has(user)) unseen.add(user);
  }
  return [...unseen];
}
