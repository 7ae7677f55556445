import { bySeverity } from '../../../schemas/severity.ts';
import { visible } from '../../../schemas/visible-text.ts';
import { labelled, pasteable } from '../../layout.ts';
import type { Paint } from '../../paint.ts';
import { codeFrame } from '../code-frame.ts';
import { placeOf, type Report, type Result, resultsOf, sentence, summary } from '../report.ts';

const widest = 120;
const indent = 2;

/** How to lay text out. `quiet` leaves the findings alone. */
export interface Look {
  readonly columns: number;
  readonly paint: Paint;
  readonly quiet: boolean;
}

/** What `check` found, for people: each finding with its place, its reason and its remedy; the worst and the counts last. */
export function textReport(report: Report, { columns, paint, quiet }: Look): string {
  const width = Math.min(widest, columns);
  const results = resultsOf(report).toSorted((a, b) => bySeverity(b.finding.severity, a.finding.severity));
  const findings = results.map((result) => findingText(result, width, paint));
  return [...findings, ...(quiet ? [] : [summary(report, paint)])].join('\n');
}

/** What reads and what writes, apart. */
const mostRemedies = 2;

function findingText(result: Result, width: number, paint: Paint): string {
  const { document, finding } = result;
  const place = placeOf(finding);
  const head = [document.source, place?.line, place?.column].filter((part) => part !== undefined).join(':');
  const at = { indent, width };
  return [
    `${visible(head)}  ${paint.verdict(finding.severity)}  ${paint.bold(finding.rule)}`,
    labelled('why', sentence(result), at, paint.dim),
    ...frame(result, width).map((line) => `${' '.repeat(indent)}${paint.dim(line)}`),
    ...finding.mitigations.map(({ message }) => labelled('but', message, at, paint.dim)),
    labelled('do ', finding.remediation.summary, at, paint.dim),
    ...finding.remediation.commands.slice(0, mostRemedies).map((remedy) => pasteable(remedy, indent + 5)),
    '',
  ].join('\n');
}

function frame({ document: { file }, finding }: Result, width: number): string[] {
  if (file === undefined) return [];
  const places = finding.evidence.flatMap(({ line, column }) => (line === undefined || column === undefined ? [] : [{ line, column }]));
  return codeFrame(file, places, width - indent);
}
