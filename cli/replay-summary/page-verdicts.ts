import { actorName } from '../../guard/who.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { badge, code, command, folded, list, paragraph } from '../page/parts.ts';
import { table } from '../page/table.ts';
import type { Content, Html } from '../page/template.ts';
import { wholeTime } from './times.ts';
import { verdictWords, wordOf } from './words.ts';

/** Verdicts one by one, with their findings, what to do, and the ids of their events. */
export function verdictsTable(verdicts: readonly Verdict[]): Html {
  return table({
    id: 'verdicts-table',
    caption: 'Verdicts in time order',
    noun: 'verdict',
    columns: [
      { title: 'Time (UTC)' },
      { title: 'Verdict', choice: 'Verdict', width: 'narrow' },
      { title: 'Who', choice: 'Who' },
      { title: 'What', width: 'wide', unsorted: true },
    ],
    rows: verdicts.map((verdict) => {
      const word = wordOf(verdict);
      const time = new Date(verdict.event.time).toISOString();
      const who = actorName(verdict.actor);
      return [
        { content: wholeTime(time), key: time },
        { content: badge(word), key: verdictWords.indexOf(word), words: [word] },
        { content: who, key: who.toLowerCase(), words: [who.replaceAll(' ', '_')] },
        { content: whatOf(verdict) },
      ];
    }),
  });
}

function whatOf({ id, summary, findings, event }: Verdict): Content {
  const told = findings.map(({ rule, severity, message, remediation }) => [`${rule} (${severity}): ${message}. ${remediation.summary}.`]);
  const commands = findings.flatMap(({ remediation }) => remediation.commands.filter((text) => text.startsWith('aws ')).slice(0, 1));
  const ids = paragraph([code(event.name), ' ', code(id)]);
  if (findings.length === 0) return [paragraph(summary), ids];
  return [
    paragraph(summary),
    ids,
    folded({ summary: 'Findings and what to do', body: [list(told), ...[...new Set(commands)].map((text) => command(text))] }),
  ];
}
