import { named, plural } from '../input-talk.ts';
import { labelled, paragraph } from '../layout.ts';
import type { Paint } from '../paint.ts';
import type { ReplaySummary } from './summary.ts';
import { dayOf, hourOf, wholeTime } from './times.ts';
import { wordsOf } from './words.ts';

const indent = 2;

/** The last lines: what was looked at, how many verdicts of each kind there are, and the worst of them. */
export function closingText(summary: ReplaySummary, width: number, paint: Paint): string {
  const { verdicts, words, looked, worst } = summary;
  const again = looked.duplicates > 0 ? ` (${looked.duplicates} delivered again)` : '';
  const where = `in ${plural(looked.records, 'IAM record')}${again}`;
  const head = verdicts === 0 ? `No IAM change to judge ${where}` : `${paint.bold(plural(verdicts, 'change'))} judged ${where}`;
  // Where users were listed, the worst was told there.
  const told = worst?.summaries.slice(0, summary.users.length > 0 ? 1 : undefined) ?? [];
  const more = worst === undefined ? 0 : worst.count - told.length;
  return [
    ...scope(summary, width, paint),
    paragraph(head, width, indent),
    ...(verdicts > 0 ? [paragraph(wordsOf(words, paint.verdict), width, indent)] : []),
    ...told.map((text) => labelled(worst?.severity ?? '', text, { indent: 0, width }, (label) => paint.verdict(label))),
    ...(more > 0 ? [`and ${more} more that ${more === 1 ? 'is' : 'are'} ${worst?.severity}`] : []),
  ].join('\n');
}

function scope(
  { period, accounts, looked: { files, unread = 0, filters = [], interrupted } }: ReplaySummary,
  width: number,
  paint: Paint,
): string[] {
  const line = (label: string, text: string) => labelled(label, text, { indent: 0, width }, paint.dim);
  return [
    ...(period === undefined
      ? []
      : [
          line(
            'judged',
            `${span(period)}, ${accounts.length === 1 ? 'account' : 'accounts'} ${named(accounts)}${files === undefined ? '' : `, ${plural(files, 'file')}`}`,
          ),
        ]),
    ...(filters.length === 0 ? [] : [line('only  ', filters.join(' '))]),
    ...(unread === 0
      ? []
      : [line('unread', `${plural(unread, 'input')} could not be read, or not to the end: what they hold was not judged`)]),
    ...(interrupted ? [paint.bold('interrupted: this is of what was judged until then')] : []),
  ];
}

function span({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${wholeTime(from)} to ${dayOf(from) === dayOf(to) ? hourOf(to) : wholeTime(to)} UTC`;
}
