import { actorName } from '../guard/who.ts';
import type { Finding } from '../schemas/finding.ts';
import type { Verdict } from '../schemas/verdict.ts';
import { visible } from '../schemas/visible-text.ts';
import { type Column, gridRow, labelled, pasteable } from './layout.ts';
import type { Paint } from './paint.ts';
import { wordOf } from './replay-summary/words.ts';

const narrowest = 60;
const widest = 120;
const timeWidth = 8;
const verdictWidth = 12;
const indent = timeWidth + 2;
const commandIndent = indent + 'why  '.length;
const dayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/**
 * A table for people, in the order given: a heading for each day and account; when, who, what and the verdict in a row;
 * and below each row that is not clean why, and what to do. Commands are not wrapped, so that they can be pasted.
 */
export function verdictTable(verdicts: readonly Verdict[], columns: number, paint: Paint): string {
  const width = Math.min(widest, Math.max(narrowest, columns));
  const grid = gridFor(verdicts, width);
  const lines: string[] = [];
  let heading = '';
  for (const verdict of verdicts) {
    const next = headingOf(verdict);
    if (next !== heading)
      lines.push('', paint.bold(visible(next)), paint.dim(gridRow(grid, { time: 'TIME', who: 'WHO', what: 'WHAT', verdict: 'VERDICT' })));
    heading = next;
    lines.push(row(grid, verdict, paint), ...reasons(verdict, width, paint));
  }
  return lines
    .join('\n')
    .trim()
    .replace(/\n{3,}/g, '\n\n');
}

function gridFor(verdicts: readonly Verdict[], width: number): Column[] {
  const room = width - timeWidth - verdictWidth - 3 * 2;
  const longestWho = verdicts.reduce((longest, { actor }) => Math.max(longest, actorName(actor).length), 'who'.length);
  const whoWidth = Math.min(longestWho, Math.floor(room * 0.4));
  return [
    { name: 'time', width: timeWidth },
    { name: 'who', width: whoWidth },
    { name: 'what', width: room - whoWidth },
    { name: 'verdict', width: verdictWidth },
  ];
}

function headingOf({ event }: Verdict): string {
  return `${dayFormat.format(new Date(event.time))} (UTC), account ${event.account}`;
}

function row(grid: readonly Column[], verdict: Verdict, paint: Paint): string {
  const time = new Date(verdict.event.time).toISOString().slice(11, 19);
  return gridRow(grid, { time, who: actorName(verdict.actor), what: what(verdict), verdict: paint.verdict(wordOf(verdict)) });
}

/** What a change was and whom it was about: `SetDefaultPolicyVersion → reports v2`. */
function what({ outcome, event, subject, policies }: Verdict): string {
  const [policy] = policies;
  const version = subject.type === 'policy' && outcome !== 'attempted' && policy?.version !== undefined ? ` ${policy.version}` : '';
  const dormant = outcome === 'flagged' && policies.length > 0 && policies.every(({ active }) => !active) ? ' (not in force)' : '';
  return visible(`${event.name} → ${subject.name ?? `an unnamed ${subject.type}`}${version}${dormant}`);
}

function reasons(verdict: Verdict, width: number, paint: Paint): string[] {
  if (verdict.outcome === 'clean') return [];
  const place = { indent, width };
  const untold = verdict.outcome === 'flagged' ? [] : [labelled('why', verdict.summary, place, paint.dim)];
  const shown = new Set<string>();
  const findings = verdict.findings.flatMap((finding) => explain(finding, verdict, shown, width, paint));
  const tagged = verdict.actions
    .filter(({ kind, result }) => kind !== 'note' && result === 'done')
    .map(({ kind, target }) => `${kind === 'tag-user' ? 'user' : 'policy'} ${target}`);
  const tags = tagged.length > 0 ? [labelled('tag', tagged.join(', '), place, paint.dim)] : [];
  return [...untold, ...findings, ...tags, ''];
}

function explain(finding: Finding, verdict: Verdict, shown: Set<string>, width: number, paint: Paint): string[] {
  const place = { indent, width };
  const own = finding.severity === verdict.severity ? '' : ` (${finding.severity})`;
  const why = labelled('why', `${finding.rule}${own}: ${finding.message}`, place, paint.dim);
  if (finding.exception) return [why, labelled('ok ', exceptionWords(finding.exception), place, paint.dim)];
  const lapsed = finding.lapsed
    ? [`the exception of ${finding.lapsed.owner} (${finding.lapsed.ticket}) ended on ${finding.lapsed.expires}`]
    : [];
  const eased = [...lapsed, ...finding.mitigations.map(({ message }) => message)];
  const mitigations = eased.map((message) => labelled('but', message, place, paint.dim));
  if (verdict.outcome !== 'flagged') return [why, ...mitigations];
  const command = finding.remediation.commands.slice(0, 1).filter((text) => !shown.has(text));
  for (const text of command) shown.add(text);
  return [
    why,
    ...mitigations,
    labelled('do ', finding.remediation.summary, place, paint.dim),
    ...command.map((text) => pasteable(text, commandIndent)),
  ];
}

function exceptionWords({ owner, reason, ticket, expires }: NonNullable<Finding['exception']>): string {
  return `excepted until ${expires}, for which ${owner} answers (${ticket}): ${reason}`;
}
