import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Finding } from '../../schemas/finding.ts';
import { bySeverity, type Severity, severities } from '../../schemas/severity.ts';
import { visible } from '../../schemas/visible-text.ts';
import { faultOf } from '../../trails/list-files.ts';
import { readJsonFile } from '../read-json-file.ts';
import { UsageError } from '../usage-error.ts';
import type { CheckedDocument } from './check-document.ts';
import { isObject } from './inputs/values.ts';

/**
 * A finding that is known: what it is about, but not where. `source` is relative to the folder of the baseline. It holds
 * for a finding that is no worse and reaches no further: of the same severity or a milder one, with no other service or path.
 */
export interface BaselineEntry {
  readonly source: string;
  readonly resource?: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly services?: readonly string[];
  readonly paths?: readonly string[];
}

/** What a baseline makes of a run: documents with new findings only, how many were known, and entries that found nothing. */
export interface Compared {
  readonly documents: readonly CheckedDocument[];
  readonly known: number;
  readonly stale: readonly BaselineEntry[];
}

/** The entries of a baseline file. Throws a `UsageError` where there is none to read. */
export async function readBaseline(path: string): Promise<readonly BaselineEntry[]> {
  if (!existsSync(path)) {
    throw new UsageError(`--baseline \`${visible(path)}\`: no such file; write it from today's findings with --update-baseline`);
  }
  const value = await readJsonFile('--baseline', path);
  const entries = isObject(value) && value.version === 1 ? value.findings : undefined;
  if (!Array.isArray(entries) || !entries.every(isEntry)) {
    throw new UsageError(`--baseline \`${visible(path)}\`: not a baseline of this version; write it anew with --update-baseline`);
  }
  return entries;
}

/** Takes known findings out of what was checked. An entry is stale where its document was judged, or its file is gone. */
export function compareWithBaseline(documents: readonly CheckedDocument[], entries: readonly BaselineEntry[], path: string): Compared {
  const used = new Set<BaselineEntry>();
  const bySource = new Map<string, BaselineEntry[]>();
  for (const entry of entries) bySource.set(entry.source, [...(bySource.get(entry.source) ?? []), entry]);
  let known = 0;
  const compared = documents.map((document) => {
    const candidates = bySource.get(sourceFrom(path, document.source)) ?? [];
    const fresh = document.findings.filter((finding) => {
      const holding = candidates.filter((entry) => holds(entry, document, finding));
      for (const entry of holding) used.add(entry);
      return holding.length === 0;
    });
    known += document.findings.length - fresh.length;
    return { ...document, findings: fresh };
  });
  const unjudged = new Set(documents.filter(({ errors }) => errors.length > 0).map(({ source }) => sourceFrom(path, source)));
  const judged = new Set(documents.map(({ source }) => sourceFrom(path, source)));
  const isStale = (entry: BaselineEntry) =>
    !used.has(entry) && !unjudged.has(entry.source) && (judged.has(entry.source) || isGone(path, entry.source));
  return { documents: compared, known, stale: entries.filter(isStale) };
}

/** Writes the findings of a run as a baseline, in an order that keeps its differences small. */
export async function writeBaseline(path: string, documents: readonly CheckedDocument[]): Promise<void> {
  const entries = documents.flatMap((document) => document.findings.map((finding) => entryOf(document, finding, path)));
  const lines = [...new Set(entries.map((entry) => JSON.stringify(entry)))].sort();
  const list = lines.length > 0 ? `\n    ${lines.join(',\n    ')}\n  ` : '';
  try {
    await writeFile(path, `{\n  "version": 1,\n  "findings": [${list}]\n}\n`);
  } catch (error) {
    throw new UsageError(`--baseline \`${visible(path)}\`: ${faultOf(error)}`);
  }
}

/** An entry in words: `service-admin (s3) in policies/app.json`. */
export function entryWords({ source, resource, rule, services = [], paths = [] }: BaselineEntry): string {
  const about = [...services, ...paths];
  return `${rule}${about.length > 0 ? ` (${about.join(', ')})` : ''} in ${source}${resource === undefined ? '' : `, ${resource}`}`;
}

function entryOf({ source, resource }: CheckedDocument, { rule, severity, services, paths }: Finding, path: string): BaselineEntry {
  return {
    source: sourceFrom(path, source),
    ...(resource === undefined ? {} : { resource }),
    rule,
    severity,
    ...(services ? { services: services.toSorted() } : {}),
    ...(paths ? { paths: paths.toSorted() } : {}),
  };
}

function holds(entry: BaselineEntry, { resource }: CheckedDocument, finding: Finding): boolean {
  const within = (some: readonly string[] = [], all: readonly string[] = []) => some.every((one) => all.includes(one));
  return (
    entry.rule === finding.rule &&
    entry.resource === resource &&
    bySeverity(entry.severity, finding.severity) <= 0 &&
    within(finding.services, entry.services) &&
    within(finding.paths, entry.paths)
  );
}

function sourceFrom(path: string, source: string): string {
  return source === '-'
    ? source
    : relative(dirname(resolve(path)), resolve(source))
        .split(sep)
        .join('/');
}

function isGone(path: string, source: string): boolean {
  return source !== '-' && !existsSync(resolve(dirname(path), source));
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isObject(value)) return false;
  const areTexts = (list: unknown) => list === undefined || (Array.isArray(list) && list.every((item) => typeof item === 'string'));
  return (
    typeof value.source === 'string' &&
    typeof value.rule === 'string' &&
    severities.some((severity) => severity === value.severity) &&
    areTexts(value.services) &&
    areTexts(value.paths)
  );
}
