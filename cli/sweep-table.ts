import type { SweepReport, Swept } from '../guard/sweep-report.ts';
import { flaggedWords, shortfall } from '../guard/sweep-summary.ts';
import { bySeverity } from '../schemas/severity.ts';
import { visible } from '../schemas/visible-text.ts';
import { exceptionLines } from './exception-lines.ts';
import { plural } from './input-talk.ts';
import { gridRow, labelled, paragraph } from './layout.ts';
import type { Paint } from './paint.ts';
import { widthOf } from './text-width.ts';

/** With less room a row is told in words, one below the other. */
const narrowestGrid = 60;
const narrowest = 30;
const widest = 120;
const mostShown = 20;
const verdictWidth = 12;
const indent = 4;

/** Users and policies whose tags are not as they should be, worst first, each with why; long lists are cut at twenty. */
export function sweepTable({ users, policies }: SweepReport, columns: number, paint: Paint): string {
  const width = Math.min(widest, Math.max(narrowest, columns));
  return [tableOf('USER', users, width, paint), tableOf('POLICY', policies, width, paint)].filter((text) => text !== '').join('\n\n');
}

/** The last lines: what was looked at, how it stands, what was or would be written, and what is missing. */
export function sweepClosing(report: SweepReport, columns: number, paint: Paint): string {
  const { account, counts, findings, exceptions, unread, complete, credentialsAsOf, severity } = report;
  const width = Math.min(widest, Math.max(narrowest, columns));
  const { users, policies, results } = counts;
  const asOf = credentialsAsOf === undefined ? '' : `, credentials as of ${credentialsAsOf}`;
  const words = `${plural(users.total, 'user')} and ${policies.total} customer managed ${policies.total === 1 ? 'policy' : 'policies'}`;
  const said = (text: string) => paragraph(text, width, indent);
  return [
    said(`${words} of account ${account} judged${asOf}`).replace(words, paint.bold(words)),
    said(`users: ${flaggedWords(users)}, ${users.clear} clear, ${users.none} never flagged`),
    said(`tags: ${resultWords(results)}`),
    ...(severity === 'none' ? [] : [said(`worst that no tag had named: ${paint.verdict(severity)}`)]),
    ...findings.map((finding) =>
      labelled(finding.severity, `${finding.rule}: the account ${finding.message}`, { indent: 0, width }, (label) =>
        paint.verdict(finding.severity, label),
      ),
    ),
    ...exceptionLines(exceptions, report.startedAt, width, paint),
    ...unread.slice(0, mostShown).map(({ what, why }) => labelled('not read', `${what}: ${why}`, { indent: 0, width }, paint.dim)),
    ...(unread.length > mostShown ? [said(`and ${unread.length - mostShown} more that were not read: --format json lists them`)] : []),
    ...(complete ? [] : [paint.bold(said(`not complete: ${shortfall(counts)}`))]),
    ...(results.planned > 0
      ? [
          said(
            'nothing was written: --apply writes these tags (where the guard is deployed, run its function `sweep` instead: docs/sweep.md)',
          ),
        ]
      : []),
  ].join('\n');
}

function tableOf(heading: string, swept: readonly Swept[], width: number, paint: Paint): string {
  const changed = swept.filter(({ result }) => result !== 'unchanged');
  if (changed.length === 0) return '';
  const longest = changed.reduce((most, { name }) => Math.max(most, widthOf(visible(name))), heading.length);
  const grid = [
    { name: 'name', width: Math.min(longest, width - 2 * verdictWidth - 10 - 6) },
    { name: 'before', width: verdictWidth },
    { name: 'after', width: verdictWidth },
    { name: 'tags', width: 10 },
  ];
  const rows = changed.slice(0, mostShown).map((one) => {
    const cells = { name: visible(one.name), before: one.before, after: paint.verdict(one.verdict), tags: resultWord(one) };
    const row = width < narrowestGrid ? paragraph(narrowRow(cells), width, indent) : gridRow(grid, cells);
    return [row, ...reasons(one, width, paint)].join('\n');
  });
  const more = changed.length - mostShown;
  const head = paint.dim(gridRow(grid, { name: heading, before: 'VERDICT', after: 'BECOMES', tags: 'TAGS' }));
  return [...(width < narrowestGrid ? [] : [head]), ...rows, ...(more > 0 ? [`and ${more} more: --format json lists them`] : [])].join(
    '\n',
  );
}

function narrowRow({ name, before, after, tags }: { name: string; before: string; after: string; tags: string }): string {
  return `${name}: ${before} → ${after}${tags === '' ? '' : `, tags ${tags}`}`;
}

function reasons({ findings, appeared, detail, verdict, before }: Swept, width: number, paint: Paint): string[] {
  const place = { indent, width };
  const why = findings
    .toSorted((a, b) => Number(appeared.includes(b.rule)) - Number(appeared.includes(a.rule)) || bySeverity(a.severity, b.severity))
    .slice(0, 3)
    .map(({ rule, severity, message }) =>
      labelled(appeared.includes(rule) ? 'new' : 'why', `${rule} (${severity}): ${message}`, place, paint.dim),
    );
  const more = findings.length > 3 ? [`${' '.repeat(indent)}and ${findings.length - 3} more`] : [];
  const cleared = verdict === 'clear' && before !== 'clear' ? [labelled('why', 'nothing is wrong any more', place, paint.dim)] : [];
  return [...why, ...more, ...cleared, ...(detail === undefined ? [] : [labelled('but', detail, place, paint.dim)])];
}

function resultWord({ result, tags }: Swept): string {
  if (result !== 'planned' && result !== 'done') return result === 'left' ? 'not reached' : result;
  const written = Object.keys(tags?.set ?? {}).length;
  const removed = tags?.remove.length ?? 0;
  return [written > 0 ? `+${written}` : '', removed > 0 ? `-${removed}` : ''].filter((word) => word !== '').join(' ');
}

function resultWords(results: SweepReport['counts']['results']): string {
  const said: readonly (readonly [keyof typeof results, string])[] = [
    ['done', 'corrected'],
    ['planned', 'to correct'],
    ['failed', 'failed'],
    ['unread', 'may not be read'],
    ['left', 'not reached'],
    ['gone', 'deleted meanwhile'],
    ['unchanged', 'as they should be'],
  ];
  return said
    .filter(([key]) => results[key] > 0 || key === 'unchanged')
    .map(([key, words]) => `${results[key]} ${words}`)
    .join(', ');
}
