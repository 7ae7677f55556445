import { bySeverity, type Severity, severities } from '../../schemas/severity.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import type { Background } from './background.ts';
import { fitText } from './fit-text.ts';
import { type Mail, mailOf } from './mail.ts';
import { line, subjectLine } from './plain-text.ts';
import { storyOf, whoOf } from './story.ts';

const longestBody = 80_000;
const longText = 500;
const shownVerdicts = 40;
const shownRules = 10;

/** Who acted, as one key: verdicts with the same one go into the same digest. */
export function actorKey({ actor, event }: Verdict): string {
  return JSON.stringify([event.account, actor.accountId, actor.type, actor.name, actor.session, actor.name === undefined ? actor.arn : '']);
}

/** Several verdicts of one actor as one plain-text e-mail, worst first; of a single verdict, the e-mail of that one. */
export function digestMailOf(verdicts: readonly [Verdict, ...Verdict[]], background: Background): Mail {
  const [one] = verdicts;
  if (verdicts.length === 1) return mailOf(one, background);
  const sorted = verdicts.toSorted((a, b) => bySeverity(a.severity, b.severity) || a.event.time.localeCompare(b.event.time));
  const times = verdicts.map(({ event }) => event.time).toSorted();
  const title = `${verdicts.length} changes by ${whoOf(one.actor)}, ${countsOf(verdicts)}`;
  const more = sorted.length - shownVerdicts;
  const sections = [
    [`DIGEST: ${line(title, longText)}. None of them is urgent.`],
    [
      `Who      ${line(whoOf(one.actor), longText)}`,
      `Where    account ${line(one.event.account, longText)}`,
      `When     ${line(times[0] ?? '', longText)} to ${line(times.at(-1) ?? '', longText)}`,
      `Rules    ${line(rulesOf(verdicts), longText)}`,
    ],
    ...sorted.slice(0, shownVerdicts).map((verdict, index) => verdictLines(verdict, `${index + 1} of ${sorted.length}`, background)),
    more > 0 ? [`... and ${more} more; the event bus carried them all.`] : [],
  ];
  const body = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return {
    subject: subjectLine(`DIGEST: ${title}`),
    body: fitText(`${body.join('\n\n')}\n`, longestBody, undefined, '\n\n... cut here; the event bus carried the rest.\n'),
  };
}

function verdictLines(verdict: Verdict, count: string, background: Background): string[] {
  const { label, command, advice } = storyOf(verdict, background);
  return [
    `${count}, ${label}, ${line(verdict.event.time, longText)}: ${line(verdict.summary, longText)}`,
    `    Do first: ${line(command ?? advice, longText)}`,
    `    Verdict ${line(verdict.id, longText)}`,
  ];
}

function countsOf(verdicts: readonly Verdict[]): string {
  const of = (severity: Severity) => verdicts.filter((verdict) => verdict.severity === severity).length;
  return severities
    .filter((severity) => of(severity) > 0)
    .map((severity) => `${of(severity)} ${severity}`)
    .join(' and ');
}

function rulesOf(verdicts: readonly Verdict[]): string {
  const counts = new Map<string, number>();
  for (const { rule } of verdicts.flatMap(({ findings }) => findings)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const named = [...counts].toSorted(([, a], [, b]) => b - a).map(([rule, count]) => `${rule} (${count})`);
  return named.length > shownRules ? `${named.slice(0, shownRules).join(', ')} and ${named.length - shownRules} more` : named.join(', ');
}
