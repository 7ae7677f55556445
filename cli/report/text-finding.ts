import { plural } from '../input-talk.ts';
import { labelled, type Place, pasteable } from '../layout.ts';
import type { Paint } from '../paint.ts';
import { type Control, readControl } from './control-counts.ts';
import type { ReportedFinding } from './report.ts';
import { heldWords, statementWords } from './words.ts';

const frameworksShown = ['Security Hub', 'CIS AWS Foundations'];
/** As wide as the widest label. */
const labelWidth = 4;

/** A finding on a terminal: why, by which policy, what eases it, against which controls; and with `whole`, what to do. */
export function findingLines(finding: ReportedFinding, verdict: string, place: Place, paint: Paint, whole: boolean): string[] {
  const { rule, severity, message, exception, lapsed, mitigations, remediation } = finding;
  const own = severity === verdict ? '' : ` (${severity})`;
  const line = (label: string, text: string) => labelled(label.padEnd(labelWidth), text, place, paint.dim);
  const why = line('why', `${rule}${own}: ${message}`);
  if (exception) {
    const { owner, ticket, expires, reason } = exception;
    return [why, line('ok', `excepted until ${expires}, for which ${owner} answers (${ticket}): ${reason}`)];
  }
  const ended = lapsed === undefined ? [] : [`the exception of ${lapsed.owner} (${lapsed.ticket}) ended on ${lapsed.expires}`];
  const [command] = remediation.commands;
  return [
    why,
    ...blame(finding).map((text) => line('by', text)),
    ...[...ended, ...mitigations.map((one) => one.message)].map((text) => line('but', text)),
    ...controlLine(finding).map((text) => line('ids', text)),
    ...(whole ? [line('do', remediation.summary)] : []),
    ...(whole && command !== undefined ? [pasteable(command, place.indent + labelWidth + 2)] : []),
  ];
}

/** The policies to blame, how they are held, and by which statement. */
export function blame(finding: Pick<ReportedFinding, 'held' | 'evidence'>): string[] {
  const statements = new Map(statementWords(finding).map((one) => [one.policy, one.statements]));
  return finding.held.map((held) => `${heldWords(held)}: ${statements.get(held.name) ?? 'no statement told'}`);
}

/** The controls that most readers look for, of the latest version, and how many frameworks there are besides; without any of these, all. */
function controlLine({ controls }: ReportedFinding): string[] {
  const all = controls.map(readControl);
  const known = frameworksShown.filter((name) => all.some(({ framework }) => framework === name));
  const names = [...new Set(all.map(({ framework }) => framework))];
  const shown = known.length > 0 ? known : names;
  const rest = names.length - shown.length;
  const words = shown.map((name) => latestOf(all.filter(({ framework }) => framework === name)));
  return all.length === 0 ? [] : [[...words, ...(rest === 0 ? [] : [`and ${plural(rest, 'framework')} more`])].join('; ')];
}

function latestOf(controls: readonly Control[]): string {
  const latest = controls.map(({ version = '' }) => version).reduce((a, b) => (a > b ? a : b), '');
  const ids = controls.filter(({ version = '' }) => version === latest).map(({ id }) => id);
  return [controls[0]?.framework, latest, ids.join(', ')].filter((part) => part !== '').join(' ');
}
