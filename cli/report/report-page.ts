import { severities } from '../../schemas/severity.ts';
import { figures, shareBar } from '../page/figures.ts';
import { page, type Section } from '../page/page.ts';
import { badge, command, list, plain } from '../page/parts.ts';
import { type Html, template } from '../page/template.ts';
import { factsOf } from './page-facts.ts';
import { clearedTable, controlTable, exceptionTable, policyTable } from './page-tables.ts';
import { userTable } from './page-users.ts';
import type { Report } from './report.ts';
import { answerWords, minute, unflaggedWords } from './words.ts';

const mostFirst = 3;

/** A report as a page: one file that asks for nothing, to be read, sorted, printed and filed. */
export function reportPage(report: Report): string {
  return page({
    kind: `Trailguard report on IAM users, ${minute(report.madeAt)}`,
    title: `Account ${report.account}`,
    answer: plain([answerWords(report), ...worstWords(report)]),
    head: plain([numbers(report), first(report)]),
    sections: sectionsOf(report),
    facts: factsOf(report),
  });
}

function worstWords({ counts, complete, source }: Report): string[] {
  const undetermined = counts.undetermined === 0 ? [] : [` ${counts.undetermined} could not be judged.`];
  const unread = source.kind === 'file' ? [' Keys, passwords and MFA were not read.'] : complete ? [] : [' Not everything could be read.'];
  return [...undetermined, ...unread];
}

function numbers({ counts, period, source, users: listed }: Report): Html {
  const { flagged, undetermined, cleared, unflagged, users, excepted } = counts;
  const stale = listed.filter(({ standing, stale }) => standing === 'flagged' && stale !== undefined).length;
  const worst = severities.find((severity) => counts.severities[severity] > 0);
  return plain([
    figures({
      figures: [
        {
          name: 'Flagged',
          value: flagged,
          ...(worst === undefined ? {} : { tone: worst }),
          ...(stale === 0 ? {} : { note: `${stale.toLocaleString('en')} with tags out of date` }),
        },
        { name: 'Not judged', value: undetermined, tone: 'undetermined' },
        { name: 'Cleared', value: cleared, tone: 'clear' },
        {
          name: capital(unflaggedWords(period)),
          value: unflagged,
          ...(excepted === 0 ? {} : { note: `${excepted.toLocaleString('en')} of them excepted` }),
        },
      ],
      total: `${users.toLocaleString('en')} users in all${source.kind === 'file' ? ', by a saved file' : ''}`,
    }),
    flagged === 0
      ? ''
      : shareBar(
          'Flagged',
          severities.map((word) => ({ word, count: counts.severities[word] })),
        ),
  ]);
}

interface Step {
  readonly badge: Html;
  readonly name: string;
  readonly message: string;
  readonly remedy: string;
  readonly command: Html | undefined;
}

const firstSteps = template<readonly Step[]>(
  `<section class="first" aria-labelledby="first"><h2 id="first">What first</h2><ol>
<% for (const { badge, name, message, remedy, command } of it) { %><li><div><p><%= badge %> <strong class="who"><%= name %></strong> <%= message %></p><p class="dim"><%= remedy %></p><%= command %></div></li>
<% } %></ol></section>`,
);

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The worst users, each with the worst finding and the first command that mends it. */
function first({ users }: Report): Html | undefined {
  const steps = users.flatMap(({ name, verdict, findings: [worst] }): Step[] => {
    const paste = worst?.remediation.commands.find((text) => text.startsWith('aws '));
    return worst === undefined
      ? []
      : [
          {
            badge: badge(verdict),
            name,
            message: worst.message,
            remedy: `${worst.remediation.summary}.`,
            command: paste === undefined ? undefined : command(paste),
          },
        ];
  });
  return steps.length === 0 ? undefined : firstSteps(steps.slice(0, mostFirst));
}

function sectionsOf(report: Report): Section[] {
  const { users, cleared, policies, exceptions, controls, accountFindings, unread } = report;
  const sections: (Section & { readonly count: number })[] = [
    {
      id: 'users',
      title: 'Flagged, or not judged',
      count: users.length,
      intro:
        'Worst first; of two that are equally bad, the one that is flagged longer. Each with the statement to blame, how it is held, what to do and the controls it breaks.',
      body: users.length === 0 ? '' : userTable(users),
    },
    {
      id: 'exceptions',
      title: 'Exceptions',
      count: exceptions.length,
      intro: 'What somebody answers for, until a day. One that is over or covers nothing should go.',
      body: exceptionTable(exceptions),
    },
    {
      id: 'policies',
      title: 'Managed policies',
      count: policies.length,
      intro: policiesIntro,
      body: policyTable(policies),
    },
    {
      id: 'cleared',
      title: 'Cleared users',
      count: cleared.length,
      intro: 'Flagged once, and clear since the day that is told.',
      body: clearedTable(cleared),
    },
    {
      id: 'controls',
      title: 'Controls',
      count: controls.length,
      intro: controlsIntro,
      body: controlTable(controls),
    },
    {
      id: 'account',
      title: 'The account itself',
      count: accountFindings.length,
      body: list(
        accountFindings.map(({ severity, rule, message, remediation }) =>
          plain([badge(severity), ` ${rule}: the account ${message}. ${remediation.summary}.`]),
        ),
      ),
    },
    {
      id: 'unread',
      title: 'Not read',
      count: unread.length,
      intro: 'Nothing here is called clear.',
      body: list(unread.map(({ what, why }) => `${what}: ${why}`)),
    },
  ];
  return sections.filter(({ id, count }) => count > 0 || id === 'users');
}

const controlsIntro =
  'A control stands here only where the configured threshold is as strict as the control asks, and a flagged user breaks it. That a control is not here does not say that it is kept.';
const policiesIntro =
  'Customer managed policies, each judged by itself, whoever holds it; with the IAM user that wrote it, where a tag tells.';
