import type { Finding } from '../../../schemas/finding.ts';
import { visible } from '../../../schemas/visible-text.ts';
import { reaches } from '../../exit-status.ts';
import type { CheckedDocument } from '../check-document.ts';
import { placeOf, type Report } from '../report.ts';

/**
 * Documents as test suites of JUnit's XML: a finding at or above the threshold is a failure, one below it a passing test
 * that tells it, a document that could not be judged an error.
 * @see https://github.com/testmoapp/junitxml
 */
export function junitReport({ documents, failOn }: Report): string {
  const suites = documents.map((document) => suiteOf(document, (finding) => reaches(finding.severity, failOn)));
  const total = (key: 'tests' | 'failures' | 'errors') => suites.reduce((sum, suite) => sum + suite[key], 0);
  const counts = `tests="${total('tests')}" failures="${total('failures')}" errors="${total('errors')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="trailguard" ${counts}>`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
  ].join('\n');
}

function suiteOf(document: CheckedDocument, fails: (finding: Finding) => boolean) {
  const { source, findings, errors } = document;
  const cases = [
    ...findings.map((finding) => findingCase(document, finding, fails(finding))),
    ...errors.map((error) => errorCase(source, error)),
  ];
  const [tests, failures] = [Math.max(1, cases.length), findings.filter(fails).length];
  const attributes = attributed({ name: nameOf(document), tests, failures, errors: errors.length });
  const inner = cases.length > 0 ? cases : [`    <testcase${attributed({ name: 'no findings', classname: source })}/>`];
  return { tests, failures, errors: errors.length, xml: [`  <testsuite${attributes}>`, ...inner, '  </testsuite>'].join('\n') };
}

function findingCase({ source }: CheckedDocument, finding: Finding, fails: boolean): string {
  const { rule, severity, message, mitigations, remediation } = finding;
  const { line, column } = placeOf(finding) ?? {};
  const place = [source, line, column].filter((part) => part !== undefined).join(':');
  const text = [place, message, ...mitigations.map((each) => each.message), remediation.summary, ...remediation.commands, remediation.url];
  const body = text.map(escaped).join('\n');
  const inner = fails
    ? `<failure${attributed({ type: severity, message: `${severity}: ${message}` })}>${body}</failure>`
    : `<system-out>${escaped(severity)}: ${body}</system-out>`;
  return `    <testcase${attributed({ name: rule, classname: source, file: source, ...(line === undefined ? {} : { line }) })}>${inner}</testcase>`;
}

function errorCase(source: string, { message, line, column }: CheckedDocument['errors'][number]): string {
  const inner = `<error${attributed({ type: 'not judged', message })}>${escaped(`${source}:${line}:${column}: ${message}`)}</error>`;
  return `    <testcase${attributed({ name: 'not judged', classname: source, file: source, line })}>${inner}</testcase>`;
}

function nameOf({ source, resource }: CheckedDocument): string {
  return resource === undefined ? source : `${source}: ${resource}`;
}

function attributed(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** XML knows no way to write most control characters, so they are written out as text. */
function escaped(text: string): string {
  return visible(text)
    .replace(/[\uFFFE\uFFFF]/g, '\u{FFFD}')
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
