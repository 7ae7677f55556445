import { worstWord } from './by-attention.ts';
import { chapterOf } from './chapter.ts';
import type { Person, Step } from './person.ts';
import { sentence } from './sentence.ts';
import type { Story, StoryLine } from './summary.ts';
import { byWord, verdictWords } from './words.ts';

const mostLines = 12;

/**
 * What happened to users and what was done with them, worst first. Where a user created another, who did nothing himself, the
 * other's life is one line of the creator's story; every other story is told once, and only where it has more than one change.
 */
export function storiesOf(people: readonly Person[]): Story[] {
  const byKey = new Map(people.map((person) => [person.key, person]));
  const creators = creatorsAmong(people);
  const folded = new Set([...creators].filter(([key]) => didNothing(byKey.get(key))).map(([key]) => key));
  return people
    .filter((person) => !folded.has(person.key) && !['clean', 'attempted', 'suppressed'].includes(worstWord(person)))
    .map((person) => storyOf(person, createdBy(person, creators, byKey), folded))
    .filter(({ lines, untold }) => lines.length + untold > 1 || lines.some(({ eventIds }) => eventIds.length > 1))
    .sort(byWorstLines);
}

/** Which followed user created which, both by key. */
function creatorsAmong(people: readonly Person[]): Map<string, string> {
  const creators = new Map<string, string>();
  for (const { key, steps } of people) {
    for (const { event, about, word } of steps) {
      if (event === 'CreateUser' && word !== 'attempted' && about !== undefined && about !== key) creators.set(about, key);
    }
  }
  return creators;
}

function didNothing(person: Person | undefined): boolean {
  return person !== undefined && !person.steps.some(({ about, byUser }) => about !== person.key && byUser === person.key);
}

function createdBy({ key }: Person, creators: ReadonlyMap<string, string>, byKey: ReadonlyMap<string, Person>): Person[] {
  return [...creators].flatMap(([created, creator]) => (creator === key ? (byKey.get(created) ?? []) : []));
}

function storyOf(person: Person, created: readonly Person[], folded: ReadonlySet<string>): Story {
  const others = new Set(created.map(({ key }) => key));
  // Of users with a story of their own, this one tells only that they were created.
  const own = person.steps.filter(
    ({ about, event }) => about === undefined || !others.has(about) || (event === 'CreateUser' && !folded.has(about)),
  );
  const lines = [
    ...own.map((step) => lineOf(step, person, others)),
    ...created.filter(({ key }) => folded.has(key)).map((one) => chapterOf(one, person)),
  ];
  const inTime = lines.sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  const kept = new Set(inTime.toSorted((a, b) => byWord(a.word, b.word)).slice(0, mostLines));
  return {
    user: person.name,
    account: person.account,
    word: inTime.map(({ word }) => word).sort(byWord)[0] ?? 'clean',
    lines: inTime.filter((line) => kept.has(line)),
    untold: inTime.length - kept.size + person.dropped,
  };
}

function lineOf(step: Step, { key }: Person, apart: ReadonlySet<string>): StoryLine {
  const { time, eventId, by, byUser, about, word } = step;
  const text = `${byUser === key ? '' : `${by} `}${sentence(step)}`;
  return { time, text: about !== undefined && apart.has(about) ? `${text}, whose story is told apart` : text, word, eventIds: [eventId] };
}

/** By the worst lines: the most critical ones first, then the most high ones, and so on. */
function byWorstLines(a: Story, b: Story): number {
  for (const word of verdictWords) {
    const count = ({ lines }: Story) => lines.filter((line) => line.word === word).length;
    if (count(a) !== count(b)) return count(b) - count(a);
  }
  return Date.parse(a.lines[0]?.time ?? '') - Date.parse(b.lines[0]?.time ?? '');
}
