import { plural } from '../input-talk.ts';
import type { Section } from '../page/page.ts';
import { paragraph } from '../page/parts.ts';
import { table } from '../page/table.ts';
import type { Html } from '../page/template.ts';
import type { ReplaySummary, Tally } from './summary.ts';
import { verdictWords } from './words.ts';

const mostRows = 500;

/** Findings by rule, verdicts by actor and by period. */
export function countSections({ rules, actors, periods, words }: ReplaySummary): Section[] {
  const shown = verdictWords.filter((word) => words[word]);
  const tableOf = (id: string, title: string, noun: string, rows: readonly Tally[]): Html =>
    table({
      id: `${id}-table`,
      caption: title,
      noun,
      columns: [
        { title: noun[0]?.toUpperCase() + noun.slice(1) },
        { title: 'All', number: true },
        ...shown.map((word) => ({ title: word, number: true as const })),
      ],
      rows: rows.map(({ name, count, words: own }) => [
        { content: name },
        { content: count, key: count },
        ...shown.map((word) => ({ content: own[word] ?? 0, key: own[word] ?? 0 })),
      ]),
    });
  const actorsLeft = actors.rows.slice(mostRows);
  const others = actorsLeft.reduce((sum, { count }) => sum + count, actors.others);
  const sections = [
    {
      id: 'rules',
      title: 'Findings by rule',
      noun: 'rule',
      rows: rules.rows,
      intro: 'Each beside the verdicts that the findings belong to; a verdict can have several.',
    },
    {
      id: 'actors',
      title: 'Verdicts by actor',
      noun: 'actor',
      rows: actors.rows.slice(0, mostRows),
      ...(others > 0 ? { intro: `${plural(others, 'verdict')} of further actors are not listed.` } : {}),
    },
    { id: 'periods', title: `Verdicts by ${periods.unit}`, noun: periods.unit, rows: periods.rows, intro: 'In UTC.' },
  ];
  return sections
    .filter(({ id, rows }) => rows.length > (id === 'rules' ? 0 : 1))
    .map(({ id, title, noun, rows, intro }) => ({
      id,
      title,
      count: rows.length,
      ...(intro === undefined ? {} : { intro: paragraph(intro) }),
      body: tableOf(id, title, noun, rows),
    }));
}
