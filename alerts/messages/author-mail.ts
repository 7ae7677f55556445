import type { Finding } from '../../schemas/finding.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import type { Background } from './background.ts';
import { fitText } from './fit-text.ts';
import type { Mail } from './mail.ts';
import { line, paragraph, subjectLine } from './plain-text.ts';
import { isCommand, statementPlace, storyOf } from './story.ts';

/** The calls that carry a policy document which somebody wrote. */
const writing = new Set(['CreatePolicy', 'CreatePolicyVersion', 'PutUserPolicy', 'PutGroupPolicy', 'PutRolePolicy']);

const longestBody = 40_000;
const longText = 2_000;
const shortText = 500;
const shownFindings = 5;
const shownItems = 5;

/**
 * An e-mail to the developer who wrote a policy: which statement is too broad, and what to write instead. Undefined where the verdict
 * says nothing about a statement of a policy that its actor wrote just then.
 */
export function authorMailOf(verdict: Verdict, background: Background): Mail | undefined {
  const [policy] = verdict.policies;
  if (verdict.outcome !== 'flagged' || !writing.has(verdict.event.name) || policy === undefined) return undefined;
  const story = storyOf(verdict, background);
  const findings = story.findings.filter(({ evidence }) => evidence.some((each) => isIn(policy.name, each)));
  if (findings.length === 0) return undefined;
  const name = policy.name === undefined ? 'a policy that you wrote' : `policy ${policy.name}`;
  const more = findings.length - shownFindings;
  const sections = [
    ['Hello,'],
    [
      `you wrote ${line(name, shortText)} at ${line(story.when, shortText)} in account ${line(verdict.event.account, shortText)}. It allows`,
      'more than it may need to. Nothing was changed in it; here is what to look at.',
    ],
    ...findings.slice(0, shownFindings).map((finding) => findingLines(finding, policy.name, background)),
    more > 0 ? [`There are ${more} more like these.`] : [],
    [
      'Ask before you write: `trailguard check policy.json` says the same of a file.',
      'Does it have to be this broad? Your security team can note an exception, with a reason and an end.',
      'Was it not you? Then tell your security team at once.',
    ],
    [`Verdict ${line(verdict.id, shortText)}`],
  ];
  const body = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return {
    subject: subjectLine(
      policy.name === undefined ? 'A policy of yours allows more than it may need' : `Policy ${policy.name} allows more than it may need`,
    ),
    body: fitText(`${body.join('\n\n')}\n`, longestBody, undefined, '\n\n...\n'),
  };
}

function isIn(policyName: string | undefined, { policy }: Finding['evidence'][number]): boolean {
  return policy === undefined || policy === policyName;
}

function findingLines({ rule, message, evidence, remediation }: Finding, policyName: string | undefined, background: Background): string[] {
  const [first, ...others] = evidence.filter((each) => isIn(policyName, each));
  if (first === undefined) return [];
  const statement = background.statementOf?.(first);
  const why = background.rationales.get(rule);
  const instead = remediation.commands.filter((remedy) => !isCommand(remedy));
  return [
    `In ${line(statementPlace(first), shortText)}: it ${line(message, longText)}.`,
    ...(statement === undefined ? [] : [paragraph(statement, longText)]),
    ...others.slice(0, shownItems).map((each) => `Also ${line(statementPlace(each), shortText)}.`),
    ...(why === undefined ? [] : [`Why that matters: ${line(why, longText)}`]),
    `What to write instead: ${line(remediation.summary, longText)}.`,
    ...instead.slice(0, shownItems).map((text) => `    ${line(text, longText)}`),
    `More: ${line(remediation.url, shortText).replace('[:]//', '://')}`,
  ];
}
