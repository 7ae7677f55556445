import type { Configuration } from '../../schemas/configuration.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { exceptionWords } from '../exception-lines.ts';
import { plural } from '../input-talk.ts';
import { figures } from '../page/figures.ts';
import { page, type Section } from '../page/page.ts';
import { list, paragraph } from '../page/parts.ts';
import type { Content } from '../page/template.ts';
import { countSections } from './page-counts.ts';
import { factsOf, type Made } from './page-facts.ts';
import { storiesBody } from './page-stories.ts';
import { firstUsers, usersTable } from './page-users.ts';
import { verdictsTable } from './page-verdicts.ts';
import type { ReplaySummary } from './summary.ts';
import { daysApart } from './times.ts';
import { wordsOf } from './words.ts';

/** What a page shows of a replay. */
export interface ReplayPage {
  readonly summary: ReplaySummary;
  /** The verdicts shown one by one, in event-time order. */
  readonly rows: readonly Verdict[];
  readonly configuration: Configuration;
  readonly made: Made;
}

/** A replay's end as one self-contained page: what the terminal shows, and with it every user's events by id. */
export function replayPage({ summary, rows, configuration, made }: ReplayPage): string {
  const { accounts, period } = summary;
  const where = `${accounts.length === 1 ? 'account' : 'accounts'} ${accounts.join(', ')}`;
  const title = period === undefined ? 'No IAM change to judge' : `${where}, ${daysApart([period.from, period.to])}`;
  return page({
    title: `${title.slice(0, 1).toUpperCase()}${title.slice(1)}`,
    kind: 'Replay of CloudTrail logs through Trailguard',
    answer: answerOf(summary),
    head: [numbers(summary), firstUsers(summary)],
    facts: factsOf(summary, configuration, made),
    sections: sectionsOf(summary, rows),
  });
}

/** How many, how bad, what first. */
function answerOf({ verdicts, words, users }: ReplaySummary): Content {
  if (verdicts === 0) return 'The trail holds no change that the guard judges.';
  const [first] = users;
  const look = first === undefined ? 'No user stands out.' : `Look first at ${first.user}.`;
  return `${plural(verdicts, 'change')} judged: ${wordsOf(words)}. ${look}`;
}

function numbers({ verdicts, words, looked }: ReplaySummary): Content {
  const { critical = 0, high = 0, medium = 0, low = 0, undetermined = 0, attempted = 0, suppressed = 0, clean = 0 } = words;
  const again = looked.duplicates > 0 ? `, ${looked.duplicates} of them delivered again` : '';
  return figures({
    figures: [
      { name: 'Critical', value: critical, tone: 'critical' },
      { name: 'High', value: high, tone: 'high' },
      { name: 'Medium or low', value: medium + low, tone: 'medium' },
      { name: 'Not to be judged', value: undetermined, tone: 'undetermined', note: 'undetermined' },
      { name: 'Attempted', value: attempted, note: 'refused or failed' },
      { name: 'Clean', value: clean + suppressed, tone: 'clear', ...(suppressed > 0 ? { note: `${suppressed} by an exception` } : {}) },
    ],
    total: `${plural(verdicts, 'change')} in all, in ${plural(looked.records, 'IAM record')}${again}`,
  });
}

function sectionsOf(summary: ReplaySummary, rows: readonly Verdict[]): Section[] {
  const { users, moreUsers, stories, moreStories, exceptions, verdicts } = summary;
  const left = verdicts - rows.length;
  const cut = `The ${rows.length} worst of ${verdicts.toLocaleString('en')}, of equals the latest. trailguard replay --format jsonl prints them all.`;
  return [
    ...(users.length > 0
      ? [
          {
            id: 'users',
            title: 'Users to look at',
            count: users.length + moreUsers,
            intro: paragraph(
              `By what stands at the end of the trail${moreUsers > 0 ? `; the first ${users.length}` : ''}. What was undone counts less; what a user did stands while the user does.`,
            ),
            body: usersTable(summary),
          },
        ]
      : []),
    ...(stories.length > 0
      ? [
          {
            id: 'stories',
            title: 'Stories',
            count: stories.length + moreStories,
            intro: paragraph(
              `What happened to a user and what was done with it, in time order (UTC), worst first${moreStories > 0 ? `; the first ${stories.length}` : ''}.`,
            ),
            body: storiesBody(summary),
          },
        ]
      : []),
    ...countSections(summary),
    ...(exceptions.length > 0
      ? [{ id: 'exceptions', title: 'Exceptions', count: exceptions.length, body: list(exceptions.map(exceptionWords)) }]
      : []),
    ...(rows.length > 0
      ? [
          {
            id: 'verdicts',
            title: 'Verdicts',
            count: rows.length,
            ...(left > 0 ? { intro: paragraph(cut) } : {}),
            body: verdictsTable(rows),
          },
        ]
      : []),
  ];
}
