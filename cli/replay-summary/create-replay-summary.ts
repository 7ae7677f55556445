import { actorName } from '../../guard/who.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import { bySeverity } from '../../schemas/severity.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { createExceptionUses } from '../exception-lines.ts';
import { type FinalTags, needingAttention } from './attention.ts';
import { createPeople } from './people.ts';
import { createPeriods } from './periods.ts';
import { storiesOf } from './stories.ts';
import type { Looked, ReplaySummary } from './summary.ts';
import { createTallies, createWordCounts } from './tallies.ts';
import { wordOf } from './words.ts';

/** What the verdicts cannot tell of a replay. */
export interface Ending {
  readonly looked: Looked;
  /** The tags of a user at the end of the trail, where they are known. Without, they follow from what the verdicts say was written. */
  readonly finalTags?: FinalTags;
}

/** Takes verdicts in event-time order, one by one, and keeps a bounded part of them. */
export interface SummaryInTheMaking {
  add(verdict: Verdict): void;
  result(ending: Ending): Promise<ReplaySummary>;
}

const mostUsers = 10;
const mostStories = 5;
const mostWorst = 3;

/** A summary that grows with the verdicts, which were given under this configuration. */
export function createReplaySummary({ tagPrefix, exceptions }: Pick<Configuration, 'tagPrefix' | 'exceptions'>): SummaryInTheMaking {
  const words = createWordCounts();
  const [rules, actors] = [createTallies(), createTallies()];
  const periods = createPeriods();
  const people = createPeople(tagPrefix);
  const uses = createExceptionUses(exceptions);
  const accounts = new Set<string>();
  const worst: { severity: Exclude<Verdict['severity'], 'none'>; summary: string }[] = [];
  let [count, from, to] = [0, '', ''];
  return {
    add(verdict) {
      const word = wordOf(verdict);
      const { time, account } = verdict.event;
      const utc = new Date(time).toISOString();
      from ||= utc;
      to = utc;
      count += 1;
      accounts.add(account);
      words.add(word);
      for (const { rule } of verdict.findings) rules.add(rule, word);
      actors.add(actorName(verdict.actor), word);
      periods.add(utc, word);
      people.add(verdict);
      uses.add(verdict);
      const { severity } = verdict;
      if (verdict.outcome !== 'flagged' || severity === 'none') return;
      const [known] = worst;
      if (known && bySeverity(severity, known.severity) < 0) worst.length = 0;
      if (worst.length < mostWorst && (worst[0]?.severity ?? severity) === severity) worst.push({ severity, summary: verdict.summary });
    },
    async result({ looked, finalTags }) {
      const followed = people.all();
      const users = await needingAttention(followed, tagPrefix, finalTags);
      const stories = storiesOf(followed);
      const severity = worst[0]?.severity;
      return {
        verdicts: count,
        words: words.counts(),
        ...(count > 0 ? { period: { from, to } } : {}),
        accounts: [...accounts].sort(),
        looked,
        rules: rules.result(),
        actors: actors.result(),
        periods: periods.result(),
        exceptions: uses.uses(),
        worst: severity && { severity, count: words.counts()[severity] ?? 0, summaries: worst.map(({ summary }) => summary) },
        users: users.slice(0, mostUsers),
        moreUsers: Math.max(0, users.length - mostUsers),
        stories: stories.slice(0, mostStories),
        moreStories: Math.max(0, stories.length - mostStories),
        unfollowed: people.unfollowed(),
      };
    },
  };
}
