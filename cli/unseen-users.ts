import type { Change } from '../events/change.ts';

/** Finds out which users a trail touches although it never shows their creation: what these held before it begins is unknown to a replay. */
export interface UnseenUsers {
  add(change: Change): void;
  /** As `account/name`. */
  names(): string[];
}

/** Takes changes in event-time order. */
export function createUnseenUsers(): UnseenUsers {
  const created = new Set<string>();
  const unseen = new Set<string>();
  return {
    add({ account, subject, effect, errorCode }) {
      if (errorCode !== undefined || subject.type !== 'user' || subject.name === undefined) return;
      // Of a user who is renamed, the subject has the new name; it is known as well, or as little, as the one before
      const before = effect.kind === 'user-updated' ? effect.userName : undefined;
      const [user, named] = [`${account}/${before ?? subject.name}`, `${account}/${subject.name}`];
      if (effect.kind !== 'user-created' && !created.has(user)) unseen.add(user);
      if (effect.kind === 'user-created' || effect.kind === 'user-updated') created.add(named);
    },
    names: () => [...unseen],
  };
}
