import { visible } from '../../schemas/visible-text.ts';
import { plural } from '../input-talk.ts';
import { labelled } from '../layout.ts';
import type { Paint } from '../paint.ts';
import type { Report, ReportedException, ReportedPolicy, ReportedUser } from './report.ts';
import { findingLines } from './text-finding.ts';
import {
  countWords,
  dayOf,
  lastChangeWords,
  minute,
  periodLimits,
  periodWords,
  severityWords,
  sinceWords,
  sourceWords,
  unflaggedWords,
} from './words.ts';

const narrowest = 60;
const widest = 120;
const mostShown = 20;
const indent = 4;
/** As wide as the widest label at the left. */
const labelWidth = 9;

/** A report for a terminal: the worst user and the summary last, where the eye is. Lists are cut at twenty. */
export function reportText(report: Report, columns: number, paint: Paint): string {
  const width = Math.min(widest, Math.max(narrowest, columns));
  const { cleared, policies, exceptions, users } = report;
  const parts = [
    capped('CLEARED', cleared.toReversed(), 'cleared earlier', (user) => clearedLines(user, width, paint), paint),
    capped('POLICIES', policies.toReversed(), 'milder', (policy) => policyLines(policy, width, paint), paint),
    capped('EXCEPTIONS', exceptions, 'more', (exception) => [exceptionLine(exception, width, paint)], paint),
    capped('USERS', users.toReversed(), 'milder', (user) => userLines(user, width, paint), paint),
    closing(report, width, paint),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function capped<Item>(heading: string, items: readonly Item[], rest: string, lines: (item: Item) => string[], paint: Paint): string {
  if (items.length === 0) return '';
  const more = items.length - mostShown;
  const head = [paint.dim(heading), ...(more > 0 ? [paint.dim(`${more} ${rest}: --format html or json lists them`)] : [])];
  return [...head, ...items.slice(-mostShown).flatMap(lines)].join('\n').trimEnd();
}

function userLines(user: ReportedUser, width: number, paint: Paint): string[] {
  const { name, verdict, lastChange, stale, findings, excepted, unread } = user;
  const place = { indent, width };
  return [
    `${paint.bold(visible(name))}  ${paint.verdict(verdict)}  ${paint.dim(visible(sinceWords(user)))}`,
    ...(lastChange === undefined ? [] : [labelled('last', lastChangeWords(lastChange), place, paint.dim)]),
    ...(stale === undefined ? [] : [labelled('tag ', stale, place, paint.dim)]),
    ...unread.map(({ what, why }) => labelled('not read', `${what}: ${why}`, place, paint.dim)),
    ...findings.flatMap((finding, index) => findingLines(finding, verdict, place, paint, index === 0)),
    ...excepted.flatMap((finding) => findingLines(finding, verdict, place, paint, false)),
    '',
  ];
}

function clearedLines({ name, since, cleared, stale, lastChange }: ReportedUser, width: number, paint: Paint): string[] {
  const span = `${since === undefined ? 'flagged' : `flagged ${dayOf(since)}`}, cleared ${cleared === undefined ? 'at a time no tag tells' : dayOf(cleared)}`;
  const by = lastChange === undefined ? '' : `, ${lastChangeWords(lastChange)}`;
  return [labelled(visible(name), `${span}${by}${stale === undefined ? '' : ` (${stale})`}`, { indent: 0, width }, paint.bold)];
}

function policyLines({ name, verdict, author, findings, excepted, unread }: ReportedPolicy, width: number, paint: Paint): string[] {
  const place = { indent, width };
  const by = author === undefined ? '' : paint.dim(`  written by ${visible(author)}`);
  return [
    `${paint.bold(visible(name))}  ${paint.verdict(verdict)}${by}`,
    ...[...findings, ...excepted].map(({ rule, message, exception }) =>
      labelled(exception === undefined ? 'why ' : 'ok  ', `${rule}: ${message}`, place, paint.dim),
    ),
    ...(unread === undefined ? [] : [labelled('not read', unread, place, paint.dim)]),
  ];
}

function exceptionLine(
  { rule, subject, owner, ticket, expires, state, subjects, why }: ReportedException,
  width: number,
  paint: Paint,
): string {
  const said = {
    'in use': `until ${expires}, for which ${owner} answers (${ticket}): covers ${subjects.join(', ')}`,
    unused: `until ${expires}, for which ${owner} answers (${ticket}): covers nothing; take it out`,
    lapsed: `ended on ${expires}, and ${subjects.join(', ')} still needs it: ask ${owner} (${ticket})`,
    over: `ended on ${expires}, and nothing needs it: take it out`,
    'not told': `until ${expires}, for which ${owner} answers (${ticket}): ${why}`,
  }[state];
  return labelled(
    state.padEnd(labelWidth),
    `${subject} from ${rule}, ${said}`,
    { indent: 0, width },
    state === 'lapsed' ? paint.bold : paint.dim,
  );
}

function closing(report: Report, width: number, paint: Paint): string {
  const { account, source, counts, period, configuration, unread, exceptionsEnding, accountFindings, users } = report;
  const line = (label: string, text: string) => labelled(label.padEnd(labelWidth), text, { indent: 0, width }, paint.dim);
  const [worst] = users;
  const first = worst?.findings[0];
  return [
    paint.bold(`Account ${account}, ${visible(sourceWords(source))}, made ${minute(report.madeAt)}`),
    ...(period === undefined ? [] : [line('period', `${periodWords(period)}. ${periodLimits}`)]),
    ...accountFindings.map(({ rule, severity, message }) => line('account', `${rule} (${severity}): the account ${message}`)),
    ...exceptionsEnding.map(({ subject, rule, owner, days }) =>
      line('exception', `${subject} from ${rule} ends in ${plural(days, 'day')}: ${owner} answers for it`),
    ),
    ...unread.slice(0, mostShown).map(({ what, why }) => line('not read', `${what}: ${why}`)),
    ...(unread.length > mostShown ? [`and ${unread.length - mostShown} more that were not read: --format json lists them`] : []),
    line('settings', `configuration ${configuration.hash}${changedWords(report)}, trailguard ${report.version}`),
    ...(counts.stale > 0
      ? [line('tags', `${plural(counts.stale, 'user')} with tags that are out of date: run \`trailguard sweep --apply\``)]
      : []),
    ...(counts.excepted > 0
      ? [
          line(
            'excepted',
            `${counts.excepted} of those ${unflaggedWords(period)} ${counts.excepted === 1 ? 'has' : 'have'} findings that an exception covers`,
          ),
        ]
      : []),
    ...(worst === undefined || first === undefined ? [] : [line('first', `${worst.name}: ${first.message}`)]),
    `${paint.bold(countWords(counts, period))}${counts.flagged === 0 ? '' : ` (${severityWords(counts)})`}`,
  ].join('\n');
}

function changedWords({ configuration }: Report): string {
  if (configuration.changed.length === 0) return ' (the defaults)';
  return ` (${configuration.changed.map(({ setting, value }) => `${setting} ${value}`).join(', ')})`;
}
