import { visible } from '../guard/visible-text.ts';
import type { Finding } from '../schemas/finding.ts';
import { severities } from '../schemas/severity.ts';
import type { CheckedDocument } from './check-document.ts';
import { plural } from './input-talk.ts';
import { labelled, pasteable } from './layout.ts';
import type { Paint } from './paint.ts';

const widest = 120;
const indent = 2;

/** What `check` found, for people: each finding with its place, its reason and its remedy, and the counts last. */
export function checkedText(documents: readonly CheckedDocument[], columns: number, paint: Paint): string {
  const width = Math.min(widest, columns);
  const findings = documents.flatMap(({ source, findings }) => findings.map((finding) => findingText(source, finding, width, paint)));
  return [...findings, summary(documents, paint)].join('\n');
}

function findingText(source: string, finding: Finding, width: number, paint: Paint): string {
  const [first] = finding.evidence;
  const place = [source, first?.line, first?.column].filter((part) => part !== undefined).join(':');
  const at = { indent, width };
  const [command] = finding.remediation.commands;
  return [
    `${visible(place)}  ${paint.verdict(finding.severity)}  ${paint.bold(finding.rule)}`,
    labelled('why', finding.message, at, paint.dim),
    ...finding.mitigations.map(({ message }) => labelled('but', message, at, paint.dim)),
    labelled('do ', finding.remediation.summary, at, paint.dim),
    ...(command === undefined ? [] : [pasteable(command, indent + 5)]),
    '',
  ].join('\n');
}

function summary(documents: readonly CheckedDocument[], paint: Paint): string {
  const judged = documents.filter(({ findings, errors }) => findings.length > 0 || errors.length === 0);
  const all = judged.flatMap(({ findings }) => findings);
  const counts = severities.map((severity) => ({ severity, count: all.filter((finding) => finding.severity === severity).length }));
  const parts = counts.filter(({ count }) => count > 0).map(({ severity, count }) => paint.verdict(severity, `${count} ${severity}`));
  const detail = parts.length > 0 ? `: ${parts.join(', ')}` : '';
  const unjudged = documents.length - judged.length;
  const rest = unjudged > 0 ? `; ${unjudged} not judged` : '';
  return `${paint.bold(plural(all.length, 'finding'))} in ${plural(judged.length, 'document')}${detail}${rest}`;
}
