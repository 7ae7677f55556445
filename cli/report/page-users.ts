import { severities } from '../../schemas/severity.ts';
import { badge, code, command, dim, folded, line, link, list, moment, paragraph, plain } from '../page/parts.ts';
import { type Cell, table } from '../page/table.ts';
import { type Content, type Html, template } from '../page/template.ts';
import { frameworkWords } from './control-counts.ts';
import type { ReportedFinding, ReportedUser } from './report.ts';
import { blame } from './text-finding.ts';
import { actorWords, lastChangeWords, sinceWords } from './words.ts';

const order = [...severities, 'undetermined', 'clear'];

const nothingTold = 'Its tag says that it could not be judged. What was read now shows nothing, and not everything was read.';

/** The flagged users, and those that could not be judged, a row each. */
export function userTable(users: readonly ReportedUser[]): Html {
  return table({
    id: 'user-table',
    caption: 'Flagged users',
    noun: 'user',
    columns: [
      { title: 'User' },
      { title: 'Severity', choice: 'Severity', width: 'narrow' },
      { title: 'Since', width: 'medium' },
      { title: 'What is wrong, and by which policy', choice: 'Rule', unsorted: true, width: 'wide' },
    ],
    rows: users.map(rowOf),
  });
}

const strong = template<Content>('<strong class="who"><%= it %></strong>');

function rowOf(user: ReportedUser): Cell[] {
  const { name, verdict, since, lastChange, stale, findings, excepted, authored, authoredLeftOut, unread } = user;
  const wrote = authored.length === 0 ? [] : [`wrote ${authored.join(', ')}${authoredLeftOut === 0 ? '' : ` and ${authoredLeftOut} more`}`];
  return [
    { content: plain([strong(name), ...wrote.map((text) => line(text))]), key: name.toLowerCase() },
    { content: badge(verdict), key: order.indexOf(verdict), words: [verdict] },
    {
      content: plain([
        since === undefined ? dim(sinceWords(user)) : moment(since),
        ...(lastChange === undefined
          ? []
          : [line(lastChange.time === since ? `by ${actorWords(lastChange)}` : `last change ${lastChangeWords(lastChange)}`)]),
        ...(stale === undefined ? [] : [line(`tags out of date: ${stale}`)]),
      ]),
      key: since ?? '',
    },
    {
      content: plain([
        ...findings.map((finding) => findingBlock(finding, verdict)),
        ...excepted.map((finding) => findingBlock(finding, verdict)),
        ...unread.map(({ what, why }) => paragraph(dim(`not read: ${what}: ${why}`))),
        ...(findings.length + excepted.length + unread.length > 0 ? [] : [paragraph(dim(nothingTold))]),
      ]),
      words: [...new Set([...findings, ...excepted].map(({ rule }) => rule))],
    },
  ];
}

const block = template<{ readonly rule: Content; readonly message: string; readonly notes: readonly Content[]; readonly more: Content }>(
  `<div class="finding"><p><%= it.rule %> <%= it.message %></p>
<% for (const note of it.notes) { %><p class="note"><%= note %></p><% } %><%= it.more %></div>`,
);

function findingBlock(finding: ReportedFinding, verdict: string): Html {
  const { rule, severity, message, mitigations, exception, lapsed } = finding;
  return block({
    rule: plain([code(rule), severity === verdict ? '' : plain([' ', badge(severity)])]),
    message,
    notes: [
      ...blame(finding).map((text) => `by ${text}`),
      ...mitigations.map((one) => one.message),
      ...(exception
        ? [`excepted until ${exception.expires}, for which ${exception.owner} answers (${exception.ticket}): ${exception.reason}`]
        : []),
      ...(lapsed ? [`the exception of ${lapsed.owner} (${lapsed.ticket}) ended on ${lapsed.expires}`] : []),
    ],
    more: exception ? '' : remedy(finding),
  });
}

function remedy({ remediation, controls }: ReportedFinding): Html {
  return folded({
    summary: controls.length === 0 ? 'What to do' : 'What to do, and the controls it breaks',
    body: [
      paragraph(plain([`${remediation.summary}. `, link({ to: remediation.url, text: 'How AWS says it' })])),
      ...remediation.commands.map((text) => command(text)),
      ...(controls.length === 0 ? [] : [list(frameworkWords(controls))]),
    ],
  });
}
