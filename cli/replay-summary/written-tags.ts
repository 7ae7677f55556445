import type { Verdict } from '../../schemas/verdict.ts';

/** A user whose posture tags a verdict wrote: whether they say since then that something is wrong. */
export interface TaggedUser {
  readonly user: string;
  readonly state: 'flagged' | 'clear';
}

/** The users whose posture tags a verdict wrote. The tag of an author says nothing of what the author holds. */
export function taggedUsers({ actions }: Verdict, prefix: string): TaggedUser[] {
  return actions.flatMap(({ kind, target, result, detail = '' }): TaggedUser[] => {
    if (kind !== 'tag-user' || result !== 'done') return [];
    const set = keysAfter('set', detail, prefix);
    const removed = keysAfter('removed', detail, prefix);
    if (set.has('cleared') || (removed.has('verdict') && !set.has('verdict'))) return [{ user: target, state: 'clear' }];
    return ['verdict', 'findings', 'evidence'].some((key) => set.has(key)) ? [{ user: target, state: 'flagged' }] : [];
  });
}

/** The guard's keys, without their prefix, that an action's detail lists after this word. */
function keysAfter(word: string, detail: string, prefix: string): Set<string> {
  const list = detail.split('; ').find((part) => part.startsWith(`${word} `)) ?? '';
  const keys = list.slice(word.length + 1).split(', ');
  return new Set(keys.filter((key) => key.startsWith(`${prefix}:`)).map((key) => key.slice(prefix.length + 1)));
}
