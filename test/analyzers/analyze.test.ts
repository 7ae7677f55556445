import { describe, expect, test } from 'vitest';
import { analyzeAccount, analyzePolicies, analyzePosture } from '../../analyzers/analyze.ts';
import type { HeldPolicy, Posture } from '../../analyzers/posture.ts';
import { rules } from '../../analyzers/registry.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import { allow, findingsOf, policyOf, told, toldOf, type Written } from '../policy/documents.ts';

const withMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

/** A user whose posture holds a group's policy of these statements, and nothing else of note. */
function holding(statements: Written[], more: Partial<Posture> = {}): Posture {
  const policy: HeldPolicy = { kind: 'inline', name: 'reports', group: 'readers', document: policyOf(...statements) };
  return {
    userName: 'alice',
    arn: 'arn:aws:iam::111122223333:user/alice',
    account: '111122223333',
    asOf: '2026-03-02T09:30:00Z',
    groups: ['readers'],
    policies: [policy],
    accessKeys: [],
    tags: {},
    unread: [],
    ...more,
  };
}

const policyRules = rules.filter(({ check }) => check.policy);
const postureTold = (posture: Posture) => toldOf(analyzePosture(posture, defaultConfiguration, policyRules));

describe('what is said beside administrative access', () => {
  test('is nothing', () => {
    expect(told(allow('*'), allow('s3:*'))).toEqual(['admin-access critical']);
  });

  test('is what holds without the condition that lowers it', () => {
    expect(told(allow('*', '*', withMfa), allow('s3:*'))).toEqual(['admin-access high', 'service-admin high s3']);
    expect(told(allow('*', '*', withMfa))).toEqual(['admin-access high']);
  });

  test('is everything, where that rule does not run', () => {
    const others = policyRules.filter(({ id }) => id !== 'admin-access');
    const found = analyzePolicies({ policies: [{ policy: policyOf(allow('*')) }] }, others);
    expect(found.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['service-admin', 'privilege-escalation']));
    expect(found.map(({ rule }) => rule)).not.toContain('admin-access');
  });

  test('comes from the rules that run', () => {
    const only = policyRules.filter(({ id }) => id === 'admin-access');
    expect(toldOf(analyzePolicies({ policies: [{ policy: policyOf(allow('s3:*')) }] }, only))).toEqual([]);
  });
});

describe('a finding', () => {
  test('names services or paths only where there are any', () => {
    const [keys] = findingsOf(allow('kms:Decrypt'));
    expect(keys).not.toHaveProperty('services');
    expect(keys).not.toHaveProperty('paths');
    expect(findingsOf(allow('sqs:*'))[0]).toMatchObject({ services: ['sqs'] });
    expect(findingsOf(allow('sts:AssumeRole'))[0]).toMatchObject({ paths: ['sts-001'] });
  });

  test('that points to nothing has empty lists', () => {
    const [found] = analyzeAccount(null, defaultConfiguration, rules);
    expect(found).toMatchObject({ rule: 'password-policy-weak', evidence: [], mitigations: [] });
    expect(found?.controls).toContain('Security Hub IAM.7');
  });

  test('has the remedy of its rule, with a page and commands', () => {
    const rule = rules.find(({ id }) => id === 'kms-decrypt-all-keys');
    const [found] = findingsOf(allow('kms:Decrypt'));
    expect(found).toMatchObject({ title: rule?.title, remediation: { summary: rule?.remediation.summary, url: rule?.remediation.url } });
    expect(found?.remediation.commands).toHaveLength(1);
  });
});

test('findings are told worst first, rules of one severity in the order of the registry', () => {
  expect(told(allow(['s3:*', 'kms:Decrypt', 'sts:AssumeRole']))).toEqual([
    'privilege-escalation critical',
    'service-admin high s3',
    'kms-decrypt-all-keys high',
  ]);
});

describe('a posture is judged', () => {
  const chinese = allow('kms:*', 'arn:aws-cn:kms:*:*:key/*');

  test('in the partition of its user', () => {
    expect(postureTold(holding([chinese]))).toEqual(['service-admin low kms']);
    expect(postureTold(holding([chinese], { arn: 'arn:aws-cn:iam::111122223333:user/alice' }))).toEqual([
      'service-admin critical kms',
      'kms-decrypt-all-keys high',
    ]);
  });

  test('in those of its documents, where the user’s is not told', () => {
    expect(postureTold(holding([chinese], { arn: '' }))).toContain('service-admin critical kms');
  });

  test('within its boundary', () => {
    const boundary: HeldPolicy = { kind: 'managed', name: 'ceiling', document: policyOf(allow('s3:Get*')) };
    expect(postureTold(holding([allow('s3:*')]))).toEqual(['service-admin high s3']);
    expect(postureTold(holding([allow('s3:*')], { boundary }))).toEqual([]);
  });

  test('by the names of its policies', () => {
    const [found] = analyzePosture(holding([allow('s3:*')]), defaultConfiguration, policyRules);
    expect(found?.evidence.map(({ policy }) => policy)).toEqual(['reports', 'reports']);
  });
});
