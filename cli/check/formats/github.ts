import type { Severity } from '../../../schemas/severity.ts';
import { visible } from '../../../schemas/visible-text.ts';
import { createPaint } from '../../paint.ts';
import { placeOf, type Report, type Result, resultsOf, sentence, summary } from '../report.ts';
import { pathBelow } from '../source-uri.ts';
import type { Look } from './text.ts';

const levels: Readonly<Record<Severity, string>> = { critical: 'error', high: 'error', medium: 'warning', low: 'notice' };

/**
 * Findings as workflow commands, which GitHub Actions shows beside the lines of a pull request; then the counts.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function githubReport(report: Report, { quiet }: Look): string {
  const faults = report.documents.flatMap(({ source, errors }) =>
    errors.map(({ message, line, column }) =>
      command('error', { file: pathBelow(source) ?? source, line, col: column, title: 'not judged' }, message),
    ),
  );
  return [...resultsOf(report).map(annotation), ...faults, ...(quiet ? [] : [summary(report, createPaint(false))])].join('\n');
}

function annotation(result: Result): string {
  const { document, finding } = result;
  const { line = 1, column = 1 } = placeOf(finding) ?? {};
  const title = `${finding.severity} ${finding.rule}`;
  const lines = [
    sentence(result),
    ...finding.mitigations.map(({ message }) => message),
    finding.remediation.summary,
    finding.remediation.url,
  ];
  return command(levels[finding.severity], { file: pathBelow(document.source) ?? document.source, line, col: column, title }, ...lines);
}

function command(name: string, properties: Readonly<Record<string, string | number>>, ...lines: readonly string[]): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(visible(String(value)))}`);
  return `::${name} ${written.join(',')}::${lines.map((line) => escapeData(visible(line))).join('%0A')}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
