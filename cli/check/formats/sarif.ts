import type { Location, Log, Notification, ReportingDescriptor, Result as SarifResult } from 'sarif';
import type { Finding } from '../../../schemas/finding.ts';
import type { Severity } from '../../../schemas/severity.ts';
import { visible } from '../../../schemas/visible-text.ts';
import { installedVersion } from '../../installed.ts';
import type { CheckedDocument } from '../check-document.ts';
import { fingerprint } from '../fingerprint.ts';
import { placeOf, type Report, type Result, resultsOf, sentence } from '../report.ts';
import { uriOf } from '../source-uri.ts';

const root = '%SRCROOT%';
const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;
/** GitHub calls it critical above 9.0, high from 7.0, medium from 4.0. */
const scores: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' };

/** GitHub refuses rules with more than twice this many. */
const mostTags = 10;

/**
 * Findings as SARIF 2.1.0. GitHub reads the severity off the rule while ours varies by finding, so each rule has one
 * descriptor for each severity it was found at.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/code-security/reference/code-scanning/sarif-support-for-code-scanning
 */
export function sarifReport(report: Report): string {
  const results = resultsOf(report);
  const descriptors = new Map(results.map(({ finding }) => [descriptorId(finding), descriptorOf(finding)]));
  const ids = [...descriptors.keys()];
  const notifications = report.documents.flatMap(notificationsOf);
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'trailguard', semanticVersion: installedVersion(), rules: [...descriptors.values()] } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [root]: { description: { text: 'the folder in which trailguard was run' } } },
        invocations: [{ executionSuccessful: notifications.length === 0, toolExecutionNotifications: notifications }],
        results: numbered(results, ids),
      },
    ],
  };
  return JSON.stringify(log);
}

function descriptorId({ rule, severity }: Finding): string {
  return `${rule}/${severity}`;
}

function descriptorOf(finding: Finding): ReportingDescriptor {
  const { title, severity, remediation, controls } = finding;
  return {
    id: descriptorId(finding),
    name: `${finding.rule}-${severity}`.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: `${title}. ${remediation.summary}.` },
    help: { text: `${remediation.summary}. ${remediation.url}`, markdown: `${remediation.summary}. [More](${remediation.url})` },
    helpUri: remediation.url,
    defaultConfiguration: { level: levels[severity] },
    properties: {
      controls,
      tags: ['security', 'aws-iam', ...controls].slice(0, mostTags),
      precision: 'very-high',
      'security-severity': scores[severity],
    },
  };
}

/** Results with their fingerprints; those that share one are told apart by number. */
function numbered(results: readonly Result[], ids: readonly string[]): SarifResult[] {
  const seen = new Map<string, number>();
  return results.map((result) => {
    const print = fingerprint(result);
    const count = (seen.get(print) ?? 0) + 1;
    seen.set(print, count);
    return { ...resultOf(result, ids), partialFingerprints: { 'trailguard/v1': `${print}:${count}` } };
  });
}

function resultOf(result: Result, ids: readonly string[]): SarifResult {
  const { document, finding } = result;
  const ruleId = descriptorId(finding);
  const [, ...others] = finding.evidence;
  const lines = [`${sentence(result)}.`, ...finding.mitigations.map(({ message }) => `${message}.`), `${finding.remediation.summary}.`];
  const { line, column } = placeOf(finding) ?? {};
  return {
    ruleId,
    ruleIndex: ids.indexOf(ruleId),
    level: levels[finding.severity],
    message: { text: lines.map(visible).join('\n') },
    locations: [
      {
        ...locationOf(document.source, line, column),
        ...(document.resource === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: document.resource, kind: 'resource' }] }),
      },
    ],
    relatedLocations: others.map((evidence, index) => ({
      id: index + 1,
      ...locationOf(document.source, evidence.line, evidence.column),
      message: { text: `statement ${evidence.statement}: ${visible(evidence.pointer)}` },
    })),
  };
}

function locationOf(source: string, startLine = 1, startColumn = 1): Location {
  return { physicalLocation: { artifactLocation: artifactOf(source), region: { startLine, startColumn } } };
}

function artifactOf(source: string) {
  const { uri, isRelative } = uriOf(source);
  return isRelative ? { uri, uriBaseId: root } : { uri };
}

function notificationsOf({ source, errors }: CheckedDocument): Notification[] {
  return errors.map(({ message, line, column }) => ({
    level: 'error',
    message: { text: visible(message) },
    locations: [locationOf(source, line, column)],
  }));
}
