import type { Effect } from '../events/change.ts';
import { tagKeysUnder } from '../events/tag-keys.ts';

/** True where an effect writes or removes one of the guard's own tags. */
export function touchesGuardTags(effect: Effect, tagPrefix: string): boolean {
  return tagKeysUnder(effect, tagPrefix).length > 0;
}

/**
 * Keys of the guard's own tags, as spelled, that still have the value which the effect gave them: somebody else's word, not
 * the guard's. What the guard has written over since is its own again.
 */
export function foreignTags(effect: Effect, current: Readonly<Record<string, string>>, tagPrefix: string): string[] {
  if (!('tags' in effect)) return [];
  const now = new Map(Object.entries(current).map(([key, value]) => [key.toLowerCase(), value]));
  const own = new Set(tagKeysUnder(effect, tagPrefix));
  return effect.tags.filter(({ key, value }) => own.has(key) && now.get(key.toLowerCase()) === value).map(({ key }) => key);
}

/** Tags as they are once an effect has happened: a read of a moment ago may not show it. Users' keys have no case. */
export function withEffect(tags: Readonly<Record<string, string>>, effect: Effect, ignoreCase: boolean): Readonly<Record<string, string>> {
  const same = (key: string) => (ignoreCase ? key.toLowerCase() : key);
  if (effect.kind === 'user-tagged' || effect.kind === 'policy-tagged') {
    const written = new Set(effect.tags.map(({ key }) => same(key)));
    return {
      ...Object.fromEntries(Object.entries(tags).filter(([key]) => !written.has(same(key)))),
      ...Object.fromEntries(effect.tags.map(({ key, value }) => [key, value])),
    };
  }
  if (effect.kind === 'user-untagged' || effect.kind === 'policy-untagged') {
    const removed = new Set(effect.keys.map(same));
    return Object.fromEntries(Object.entries(tags).filter(([key]) => !removed.has(same(key))));
  }
  return tags;
}
