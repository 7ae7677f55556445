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
 * Works out what to write, always under the keys as wanted. IAM compares the tag keys of users without case: the key sent
 * replaces or removes the one present, however that is spelled. Never the spelling present: a user who may tag himself
 * chooses it, and the guard's own permission to tag compares keys with case. Of policies IAM compares keys with case.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#case-sensitivity
 */
export function planTags(current: Readonly<Record<string, string>>, wanted: WantedTags, { ignoreCase }: { ignoreCase: boolean }): TagPlan {
  const same = (key: string): string => (ignoreCase ? key.toLowerCase() : key);
  const present = new Map(Object.entries(current).map(([key, value]) => [same(key), value]));
  const asked = new Map(
    Object.entries(wanted.set).map(([key, value]) => [same(tagKey(key)), { key: tagKey(key), value: tagValue(value) }]),
  );
  const unwanted = new Map(wanted.remove.map((key) => [same(tagKey(key)), tagKey(key)]));

  const changed = [...asked].filter(([id, { value }]) => present.has(id) && present.get(id) !== value).map(([, tag]) => tag);
  const added = [...asked].filter(([id]) => !present.has(id)).map(([, tag]) => tag);
  const remove = [...unwanted].filter(([id]) => present.has(id) && !asked.has(id)).map(([, key]) => key);

  // Tags that AWS itself sets do not count.
  const counted = [...present.keys()].filter((key) => !/^aws:/i.test(key)).length;
  const room = Math.max(0, mostTags - counted + remove.length);
  const fitting = added.slice(0, room);
  return {
    set: Object.fromEntries([...changed, ...fitting].map(({ key, value }) => [key, value])),
    remove,
    removeFirst: remove.length > 0 && counted + fitting.length > mostTags,
    noRoomFor: added.slice(room).map(({ key }) => key),
  };
}
