import type { Finding } from '../../schemas/finding.ts';
import { type Severity, severities } from '../../schemas/severity.ts';
import type { Threshold } from '../exit-status.ts';
import { plural } from '../input-talk.ts';
import type { CheckedDocument } from './check-document.ts';

/** All that a run of `check` found. Every format tells the same of it. */
export interface Report {
  /** In the order in which they were given. */
  readonly documents: readonly CheckedDocument[];
  /** How many files were passed over. */
  readonly skipped: number;
  /** How many documents of plans are not known before they are applied. */
  readonly unknown: number;
  /** How many findings the baseline held back. */
  readonly known: number;
  readonly failOn: Threshold;
}

/** A finding with its document. */
export interface Result {
  readonly document: CheckedDocument;
  readonly finding: Finding;
}

/** All findings, in the order of their documents. */
export function resultsOf({ documents }: Report): Result[] {
  return documents.flatMap((document) => document.findings.map((finding) => ({ document, finding })));
}

/** Where a finding stands: its first evidence that has a place. */
export function placeOf({ evidence }: Finding): { readonly line: number; readonly column: number } | undefined {
  for (const { line, column } of evidence) if (line !== undefined && column !== undefined) return { line, column };
  return undefined;
}

/** A finding in one sentence: what it allows, and whose policy it is where a file holds many. */
export function sentence({ document, finding }: Result): string {
  return document.resource === undefined ? finding.message : `${document.resource} ${finding.message}`;
}

/**
 * What was looked at and what came of it, in one line: `2 findings in 41 documents, 3 files skipped: 1 critical, 1 low`.
 * `paint` colours a severity.
 */
export function summary(report: Report, paint: { bold(text: string): string; verdict(word: Severity, text: string): string }): string {
  const judged = report.documents.filter(({ findings, errors }) => findings.length > 0 || errors.length === 0);
  const found = judged.flatMap(({ findings }) => findings);
  const counts = severities.map((severity) => ({ severity, count: found.filter((finding) => finding.severity === severity).length }));
  const parts = counts.filter(({ count }) => count > 0).map(({ severity, count }) => paint.verdict(severity, `${count} ${severity}`));
  const unjudged = report.documents.length - judged.length;
  return [
    `${paint.bold(plural(found.length, report.known > 0 ? 'new finding' : 'finding'))} in ${plural(judged.length, 'document')}`,
    report.skipped > 0 ? `, ${plural(report.skipped, 'file')} skipped` : '',
    report.unknown > 0 ? `, ${report.unknown} more known only after apply` : '',
    parts.length > 0 ? `: ${parts.join(', ')}` : '',
    report.known > 0 ? `; ${report.known} known from the baseline` : '',
    unjudged > 0 ? `; ${unjudged} not judged` : '',
  ].join('');
}
