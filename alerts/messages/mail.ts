import type { Finding } from '../../schemas/finding.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import type { Background } from './background.ts';
import { consoleLinks } from './console-links.ts';
import { fitText } from './fit-text.ts';
import { line, longestSubject, paragraph, subjectLine } from './plain-text.ts';
import { isCommand, lapsedNote, placeOf, type Story, storyOf } from './story.ts';

/** An e-mail of plain text. The subject is one line of fewer than 100 ASCII characters. */
export interface Mail {
  readonly subject: string;
  readonly body: string;
}

/** Amazon SNS takes 256 KB, and a UTF-16 code unit is at most three bytes. */
const longestBody = 80_000;
const longText = 2_000;
const shortText = 500;
const shownFindings = 20;
const shownItems = 10;

/**
 * A verdict as a plain-text e-mail: in its first lines who did what to whom, why it matters and how to take it back; then links into the
 * AWS console, then each finding with its statement and its remedy.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function mailOf(verdict: Verdict, background: Background): Mail {
  const story = storyOf(verdict, background);
  const more = story.findings.length - shownFindings;
  const sections = [
    [`${story.label}: ${line(verdict.summary, longText)}`, ...head(story)],
    consoleLinks(verdict).map(({ label, url }) => `${label}:\n    ${url}`),
    ...story.findings
      .slice(0, shownFindings)
      .map((finding, index) => findingLines(finding, `${index + 1} of ${story.findings.length}`, story.command, background)),
    more > 0 ? [`... and ${more} more findings; the verdict on the event bus holds them all.`] : [],
    story.excepted.slice(0, shownItems).map(exceptedLine),
    actionLines(verdict),
    [
      `Verdict ${line(verdict.id, shortText)}, ${line(verdict.event.name, shortText)}, called with ${line(verdict.event.userAgent ?? 'an unknown client', shortText)}`,
    ],
  ];
  const body = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return {
    subject: subjectOf(verdict, story),
    body: fitText(`${body.join('\n\n')}\n`, longestBody, undefined, '\n\n... cut here; the verdict on the event bus holds the rest.\n'),
  };
}

/** What is wrong is at the end of a summary, and would be cut off first: where all of it is too long, the rule is named before it. */
function subjectOf({ summary }: Verdict, { label, findings: [worst] }: Story): string {
  const whole = `${label}: ${summary}`;
  return subjectLine(whole.length <= longestSubject || worst === undefined ? whole : `${label} (${worst.rule}): ${summary}`);
}

function head(story: Story): string[] {
  const rows = [
    ['Who', story.who],
    ['To whom', story.whom],
    ['Why it matters', story.why],
    ['Do first', story.command ?? story.advice],
    ['When', `${story.when}, ${story.where}`],
  ] as const;
  return rows.map(([label, text]) => `${label.padEnd('Why it matters'.length)}  ${line(text, longText)}`);
}

function findingLines(finding: Finding, count: string, first: string | undefined, { statementOf }: Background): string[] {
  const { rule, severity, title, message, evidence, mitigations, remediation, controls } = finding;
  const [worst] = evidence;
  const statement = worst && statementOf?.(worst);
  const lapsed = lapsedNote(finding);
  return [
    `Finding ${count}: ${rule}, ${severity}`,
    `  ${line(`${title}: ${message}`, longText)}`,
    ...(lapsed === undefined ? [] : [`  ${line(lapsed, shortText)}`]),
    ...capped(evidence.map((each) => `  In ${line(placeOf(each), shortText)}`)),
    ...(statement === undefined ? [] : [paragraph(statement, longText)]),
    ...capped(mitigations.map((each) => `  Eased by: ${line(each.message, shortText)}`)),
    `  What to do: ${line(remediation.summary, longText)}`,
    ...remedies(
      '  Run:',
      remediation.commands.filter((remedy) => isCommand(remedy) && remedy !== first),
    ),
    ...remedies(
      '  Write instead:',
      remediation.commands.filter((remedy) => !isCommand(remedy)),
    ),
    `  More: ${line(remediation.url, shortText).replace('[:]//', '://')}`,
    ...(controls.length === 0 ? [] : [`  Controls: ${line(controls.join(', '), longText)}`]),
  ];
}

function remedies(label: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : [label, ...capped(texts.map((text) => `    ${line(text, longText)}`))];
}

function exceptedLine({ rule, severity, exception }: Finding): string {
  return line(
    `Not alerted: ${rule} (${severity}); ${exception?.owner} answers for it until ${exception?.expires}: ${exception?.reason}`,
    longText,
  );
}

function actionLines({ actions }: Verdict): string[] {
  return capped(
    actions.map(({ kind, target, result, detail }) => {
      const what = kind === 'note' ? 'Note' : `${kind === 'tag-user' ? 'Tagging user' : 'Tagging policy'} ${target}: ${result}`;
      return line(detail === undefined ? what : `${what}; ${detail}`.replace(/^Note; /, 'Note: '), longText);
    }),
  );
}

function capped(lines: readonly string[]): string[] {
  const more = lines.length - shownItems;
  return more > 0 ? [...lines.slice(0, shownItems), `  ... and ${more} more`] : [...lines];
}
