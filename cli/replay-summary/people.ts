import type { Verdict } from '../../schemas/verdict.ts';
import { byAttention } from './by-attention.ts';
import { make, retag, undergo } from './life.ts';
import { createPerson, type Person, type Step, tell } from './person.ts';
import { toldOf } from './told.ts';
import { taggedUsers } from './written-tags.ts';

/** How many users stay followed where there are too many; up to twice as many are, which take some twenty megabytes. */
const mostFollowed = 500;

/** The users with whom something is wrong, as verdicts tell of them one after the other. */
export interface People {
  add(verdict: Verdict): void;
  all(): Person[];
  /** How many were left out because others are worse. */
  unfollowed(): number;
}

/** Follows the users whom flagged verdicts touch, and what was done with them from then on. */
export function createPeople(tagPrefix: string): People {
  const followed = new Map<string, Person>();
  let unfollowed = 0;

  function find(account: string, name: string, start: boolean): Person | undefined {
    const key = keyOf(account, name);
    const known = followed.get(key);
    if (known !== undefined || !start) return known;
    // Half of them at a time, so that a trail of ever new users does not sort them each time.
    if (followed.size >= 2 * mostFollowed) leaveOutTheMildest();
    const person = createPerson(key, account, name);
    followed.set(key, person);
    return person;
  }

  function rename(account: string, before: string, name: string): void {
    const person = followed.get(keyOf(account, before));
    if (person === undefined) return;
    followed.delete(person.key);
    person.key = keyOf(account, name);
    person.name = name;
    // Their commands are on the name before
    for (const [rule, { command: _, ...reason }] of person.reasons) person.reasons.set(rule, reason);
    followed.set(person.key, person);
  }

  function leaveOutTheMildest(): void {
    const milder = [...followed.values()].sort(byAttention).slice(mostFollowed);
    for (const { key } of milder) followed.delete(key);
    unfollowed += milder.length;
  }

  return {
    add(verdict) {
      const { event, subject, actor, outcome } = verdict;
      // What an exception quiets is part of a story that something else makes worth telling.
      const isWrong = outcome === 'flagged' || outcome === 'undetermined';
      const start = isWrong || outcome === 'suppressed';
      const name = subject.type === 'user' ? subject.name : undefined;
      const about = name === undefined ? undefined : keyOf(event.account, name);
      const byUser = actor.type === 'IAMUser' && actor.name !== undefined ? keyOf(actor.accountId ?? event.account, actor.name) : undefined;
      const step: Step = { ...toldOf(verdict), event: event.name, ...(about && { about }), ...(byUser && { byUser }) };

      const before = outcome === 'attempted' ? undefined : nameBefore(step);
      if (before !== undefined && name !== undefined) rename(event.account, before, name);
      const person = name === undefined ? undefined : find(event.account, name, start);
      if (person !== undefined) {
        undergo(person, verdict, step);
        tell(person, step);
      }
      for (const { user, state } of taggedUsers(verdict, tagPrefix)) {
        const tagged = find(event.account, user, start);
        if (tagged === undefined) continue;
        retag(tagged, state, verdict, step);
        tell(tagged, step);
      }
      if (actor.type !== 'IAMUser' || actor.name === undefined || !(isWrong || outcome === 'attempted')) return;
      const actorPerson = find(actor.accountId ?? event.account, actor.name, true);
      if (actorPerson === undefined) return;
      if (isWrong) make(actorPerson, verdict, step);
      tell(actorPerson, step);
    },
    all: () => [...followed.values()],
    unfollowed: () => unfollowed,
  };
}

/** The name that a user had before it was renamed, as only the sentence of a verdict tells it. */
function nameBefore({ event, deed }: Step): string | undefined {
  return event === 'UpdateUser' ? /^renamed (\S+) to \S+$/.exec(deed)?.[1] : undefined;
}

/** IAM tells user names apart without case. */
function keyOf(account: string, name: string): string {
  return `${account}/${name.toLowerCase()}`;
}
