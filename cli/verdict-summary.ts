import { severities } from '../schemas/severity.ts';
import type { Verdict } from '../schemas/verdict.ts';
import { plural } from './input-talk.ts';
import { labelled } from './layout.ts';
import type { Paint } from './paint.ts';
import { verdictWord } from './verdict-table.ts';

const words = [...severities, 'undetermined', 'attempted', 'suppressed', 'clean'];
const mostWorst = 3;

/** What a replay looked at. */
export interface Looked {
  /** IAM records read, duplicates included. */
  readonly records: number;
  /** Records that came again. */
  readonly duplicates: number;
}

/** The last lines of a table: verdicts counted, and the worst of them named, where the eye is. */
export function verdictSummary(verdicts: readonly Verdict[], looked: Looked, width: number, paint: Paint): string {
  const again = looked.duplicates > 0 ? ` (${looked.duplicates} delivered again)` : '';
  const where = `in ${plural(looked.records, 'IAM record')}${again}`;
  if (verdicts.length === 0) return `No IAM change to judge ${where}`;
  const counted = words
    .map((word) => ({ word, count: verdicts.filter((verdict) => verdictWord(verdict) === word).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => paint.verdict(word, `${count} ${word}`));
  const head = `${paint.bold(plural(verdicts.length, 'change'))} judged ${where}`;
  return [head, counted.join(', '), ...worstLines(verdicts, width, paint)].join('\n');
}

function worstLines(verdicts: readonly Verdict[], width: number, paint: Paint): string[] {
  const severity = severities.find((candidate) => verdicts.some((verdict) => verdictWord(verdict) === candidate));
  if (severity === undefined) return [];
  const worst = verdicts.filter((verdict) => verdictWord(verdict) === severity);
  const named = worst
    .slice(0, mostWorst)
    .map(({ summary }) => labelled(severity, summary, { indent: 0, width }, (label) => paint.verdict(label)));
  const more = worst.length - mostWorst;
  return more > 0 ? [...named, `and ${more} more: the rows marked ${severity}`] : named;
}
