import { expect, test } from 'vitest';
import { appearedOrWorse } from '../../guard/appeared.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { Severity } from '../../schemas/severity.ts';

function finding(rule: string, severity: Severity, services: string[] = []): Finding {
  const remediation = { summary: '', commands: [], url: 'https://example.com' };
  return { rule, severity, title: '', message: '', services, evidence: [], mitigations: [], remediation, controls: [] };
}

const s3 = finding('service-admin', 'high', ['s3']);

test('what the tags do not name has appeared', () => {
  expect(appearedOrWorse([s3], {})).toEqual([s3]);
  expect(appearedOrWorse([s3], { verdict: 'low', findings: 'policy-attached-directly' })).toEqual([s3]);
});

test('what the tags name is not told again', () => {
  expect(appearedOrWorse([s3], { verdict: 'high', findings: 'service-admin:s3' })).toEqual([]);
});

test('a new service of a known rule has appeared', () => {
  const both = finding('service-admin', 'high', ['s3', 'ec2']);
  expect(appearedOrWorse([both], { verdict: 'high', findings: 'service-admin:s3' })).toEqual([both]);
});

test('behind a cut tag further services can not be told from known ones', () => {
  const both = finding('service-admin', 'high', ['s3', 'ec2']);
  expect(appearedOrWorse([both], { verdict: 'high', findings: 'service-admin:s3 +7' })).toEqual([]);
});

test('a known finding that is worse than the verdict stood for is told', () => {
  expect(appearedOrWorse([s3], { verdict: 'medium', findings: 'service-admin:s3' })).toEqual([s3]);
  expect(appearedOrWorse([s3], { verdict: 'undetermined', findings: 'service-admin:s3' })).toEqual([]);
});
