import { tagKey, tagValue } from './tag-values.ts';

/** The most tags of a user or policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const mostTags = 50;

/** The guard's own tags as they shall be. Keys in neither list are not the guard's business. */
export interface WantedTags {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** The writes that bring tags to what is wanted. */
export interface TagPlan {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
  /** True where the tags to set fit only once the others are removed. */
  readonly removeFirst: boolean;
  /** Keys that IAM's limit leaves no room for. */
  readonly noRoomFor: readonly string[];
}

/**
 * Works out what to write. IAM compares the tag keys of users without case, and of policies with it; a key that exists is
 * written in its present spelling, so that there is never a second one.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#case-sensitivity
 */
export function planTags(current: Readonly<Record<string, string>>, wanted: WantedTags, { ignoreCase }: { ignoreCase: boolean }): TagPlan {
  const same = (key: string): string => (ignoreCase ? key.toLowerCase() : key);
  const present = new Map(Object.entries(current).map(([key, value]) => [same(key), { key, value }]));
  const asked = new Map(
    Object.entries(wanted.set).map(([key, value]) => [same(tagKey(key)), { key: tagKey(key), value: tagValue(value) }]),
  );
  const tags = [...asked.values()];

  const changed = tags.flatMap(({ key, value }) => {
    const old = present.get(same(key));
    return old !== undefined && old.value !== value ? [[old.key, value] as const] : [];
  });
  const added = tags.filter(({ key }) => !present.has(same(key)));
  const remove = [...new Set(wanted.remove.map((key) => same(tagKey(key))))].flatMap((key) => {
    const old = present.get(key);
    return old === undefined || asked.has(key) ? [] : [old.key];
  });

  // Tags that AWS itself sets do not count.
  const counted = Object.keys(current).filter((key) => !/^aws:/i.test(key)).length;
  const room = Math.max(0, mostTags - counted + remove.length);
  const fitting = added.slice(0, room);
  return {
    set: Object.fromEntries([...changed, ...fitting.map(({ key, value }) => [key, value] as const)]),
    remove,
    removeFirst: remove.length > 0 && counted + fitting.length > mostTags,
    noRoomFor: added.slice(room).map(({ key }) => key),
  };
}
