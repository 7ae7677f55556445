import { severities } from '../../schemas/severity.ts';
import { badge, code, day, dim, line, moment, paragraph } from '../page/parts.ts';
import { table } from '../page/table.ts';
import type { Html } from '../page/template.ts';
import type { ControlCount, ReportedException, ReportedPolicy, ReportedUser } from './report.ts';
import { lastChangeWords } from './words.ts';

const order = [...severities, 'undetermined', 'clear'];
const states = ['lapsed', 'over', 'unused', 'in use', 'not told'];

/** Users that were flagged once, with when and by whom they became clear. */
export function clearedTable(users: readonly ReportedUser[]): Html {
  return table({
    id: 'cleared-table',
    caption: 'Cleared users',
    noun: 'user',
    columns: [{ title: 'User' }, { title: 'Flagged since' }, { title: 'Cleared' }, { title: 'Last change', unsorted: true }],
    rows: users.map(({ name, since, cleared, lastChange, stale }) => [
      { content: name, key: name.toLowerCase() },
      { content: since === undefined ? dim('not known') : moment(since), key: since ?? '' },
      { content: cleared === undefined ? dim('not known') : moment(cleared), key: cleared ?? '' },
      { content: [lastChange === undefined ? '' : lastChangeWords(lastChange), stale === undefined ? '' : `; tags out of date: ${stale}`] },
    ]),
  });
}

/** Customer managed policies that are flagged, excepted or tagged. */
export function policyTable(policies: readonly ReportedPolicy[]): Html {
  return table({
    id: 'policy-table',
    caption: 'Managed policies',
    noun: 'policy',
    nouns: 'policies',
    columns: [
      { title: 'Policy' },
      { title: 'Severity', choice: 'Severity', width: 'narrow' },
      { title: 'What is wrong', width: 'wide', unsorted: true },
      { title: 'Written by' },
    ],
    rows: policies.map(({ name, verdict, findings, excepted, author, unread }) => [
      { content: name, key: name.toLowerCase() },
      { content: badge(verdict), key: order.indexOf(verdict), words: [verdict] },
      {
        content: [
          ...findings.map(({ rule, message }) => paragraph([code(rule), ` ${message}`])),
          ...excepted.map(({ rule, message, exception }) => paragraph([code(rule), ` ${message}, excepted until ${exception?.expires}`])),
          unread === undefined ? '' : paragraph(dim(`not read: ${unread}`)),
        ],
      },
      { content: author ?? dim('not known') },
    ]),
  });
}

/** The exceptions of the configuration: those to act on first. */
export function exceptionTable(exceptions: readonly ReportedException[]): Html {
  return table({
    id: 'exception-table',
    caption: 'Exceptions',
    noun: 'exception',
    columns: [
      { title: 'State', choice: 'State', width: 'narrow' },
      { title: 'Whom, from which rule' },
      { title: 'Last day', width: 'narrow' },
      { title: 'Who answers', width: 'medium' },
      { title: 'Why' },
      { title: 'Covers', unsorted: true },
    ],
    rows: exceptions
      .toSorted((a, b) => states.indexOf(a.state) - states.indexOf(b.state) || (a.expires < b.expires ? -1 : 1))
      .map(({ state, subject, policy, rule, expires, owner, ticket, reason, subjects, why }) => [
        { content: badge(state), key: states.indexOf(state), words: [state] },
        { content: [subject, ' from ', code(rule), policy === undefined ? '' : `, by the policy ${policy} alone`], key: subject },
        { content: day(expires), key: expires },
        { content: [owner, line(ticket)], key: owner },
        { content: reason, key: reason },
        { content: subjects.length > 0 ? subjects.join(', ') : dim(why ?? 'nothing') },
      ]),
  });
}

/** The controls that flagged users break, with how many they are. */
export function controlTable(controls: readonly ControlCount[]): Html {
  return table({
    id: 'control-table',
    dense: true,
    caption: 'Controls',
    noun: 'control',
    columns: [
      { title: 'Framework', choice: 'Framework', width: 'medium' },
      { title: 'Version', width: 'narrow' },
      { title: 'Control' },
      { title: 'Users', number: true, width: 'narrow' },
      { title: 'By rule' },
    ],
    rows: controls.map(({ framework, version, id, users, rules }) => [
      { content: framework, words: [framework] },
      { content: version ?? '' },
      { content: id, key: id },
      { content: users, key: users },
      { content: rules.join(', ') },
    ]),
  });
}
