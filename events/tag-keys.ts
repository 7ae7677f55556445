import type { Effect } from './change.ts';

/** Keys of the tags that an effect writes or removes, as they are spelled. */
function tagKeysIn(effect: Effect): readonly string[] {
  switch (effect.kind) {
    case 'user-created':
    case 'policy-created':
    case 'user-tagged':
    case 'policy-tagged':
      return effect.tags.map(({ key }) => key);
    case 'user-untagged':
    case 'policy-untagged':
      return effect.keys;
    default:
      return [];
  }
}

/**
 * The same, of the tags under a prefix: the guard's own. In any case: IAM takes user tag keys that differ in case for one, and a policy's would
 * still pass for the guard's to a reader.
 */
export function tagKeysUnder(effect: Effect, tagPrefix: string): readonly string[] {
  const start = `${tagPrefix}:`.toLowerCase();
  return tagKeysIn(effect).filter((key) => key.toLowerCase().startsWith(start));
}
