import { visible } from '../../schemas/visible-text.ts';
import { gridRow, labelled } from '../layout.ts';
import type { Paint } from '../paint.ts';
import type { Periods, ReplaySummary, Tallies } from './summary.ts';
import { wordsOf } from './words.ts';

const most = 20;
const countWidth = 9;
const gaps = 2 * 2;

/** Findings by rule, and verdicts by actor and by day: what says nothing (one actor, one day) is left out. */
export function countsText({ rules, actors, periods }: ReplaySummary, width: number, paint: Paint): string {
  return [
    rules.rows.length === 0 ? '' : labelled('findings by rule ', tallied(rules), { indent: 0, width }, paint.bold),
    actors.rows.length < 2 ? '' : labelled('verdicts by actor', tallied(actors), { indent: 0, width }, paint.bold),
    periods.rows.length < 2 ? '' : periodsText(periods, width, paint),
  ]
    .filter((text) => text !== '')
    .join('\n');
}

function tallied({ rows, others }: Tallies): string {
  const shown = rows.slice(0, most).map(({ name, count }) => `${name} ${count}`);
  const left = rows.slice(most);
  const rest = left.reduce((sum, { count }) => sum + count, others);
  const among = left.length > 0 ? `${left.length} others` : 'others';
  return [...shown, ...(rest > 0 ? [`and ${rest} of ${among}`] : [])].join(', ');
}

function periodsText({ unit, rows }: Periods, width: number, paint: Paint): string {
  const name = 'YYYY-MM-DD'.length;
  const grid = [
    { name: 'from', width: name },
    { name: 'count', width: countWidth },
    { name: 'words', width: width - name - countWidth - gaps },
  ];
  const head = paint.dim(gridRow(grid, { from: unit === 'week' ? 'WEEK FROM' : unit.toUpperCase(), count: 'VERDICTS', words: 'OF THESE' }));
  const shown = rows
    .slice(-most)
    .map((row) => gridRow(grid, { from: visible(row.name), count: String(row.count), words: wordsOf(row.words, paint.verdict) }));
  const earlier = rows.length - shown.length;
  return ['', head, ...(earlier > 0 ? [`${earlier} earlier ${unit}s are not shown`] : []), ...shown].join('\n');
}
