import { describe, expect, test } from 'vitest';
import { activeRules } from '../../analyzers/active-rules.ts';
import { analyzeAccount, analyzePolicies, analyzePosture } from '../../analyzers/analyze.ts';
import { nearRules } from '../../analyzers/near-rules.ts';
import type { Posture } from '../../analyzers/posture.ts';
import { rules } from '../../analyzers/registry.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { defaultConfiguration, type RuleConfiguration } from '../../schemas/configuration.ts';

const configured = (settings: Record<string, RuleConfiguration>) => activeRules({ rules: settings });
const idsOf = (settings: Record<string, RuleConfiguration>) => configured(settings).map(({ id }) => id);
const allow = (statement: object) =>
  parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Resource: '*', ...statement }] }));
const told = (settings: Record<string, RuleConfiguration>, statement: object) =>
  analyzePolicies({ policies: [{ policy: allow(statement) }] }, configured(settings)).map(({ rule, severity }) => `${severity} ${rule}`);

const unbounded: Posture = {
  userName: 'alice',
  arn: 'arn:aws:iam::111122223333:user/alice',
  account: '111122223333',
  asOf: '2026-03-02T09:30:00Z',
  groups: [],
  policies: [],
  accessKeys: [{ id: 'AKIAEXAMPLE', active: true }],
  tags: {},
  unread: [],
};

describe('which rules run', () => {
  test('all but those that must be asked for', () => {
    const optIn = ['permissions-boundary-missing', 'user-purpose-untagged'];
    expect(rules.filter((rule) => rule.optIn).map(({ id }) => id)).toEqual(optIn);
    expect(idsOf({})).toEqual(rules.map(({ id }) => id).filter((id) => !optIn.includes(id)));
    expect(analyzePosture(unbounded, defaultConfiguration, activeRules(defaultConfiguration))).toEqual([]);
  });

  test('a rule is switched on and off by its id', () => {
    const enabled = configured({ 'permissions-boundary-missing': { enabled: true }, 'user-purpose-untagged': { enabled: true } });
    expect(analyzePosture(unbounded, defaultConfiguration, enabled).map(({ rule }) => rule)).toEqual([
      'permissions-boundary-missing',
      'user-purpose-untagged',
    ]);
    expect(idsOf({ 'password-policy-weak': { enabled: false } })).not.toContain('password-policy-weak');
    expect(analyzeAccount(null, defaultConfiguration, configured({ 'password-policy-weak': { enabled: false } }))).toEqual([]);
  });

  test('a rule that the configuration says nothing of runs as it is', () => {
    expect(configured({ 'admin-access': { enabled: true } }).filter((rule) => !rules.includes(rule))).toEqual([]);
  });

  test('a severity alone switches nothing on', () => {
    expect(idsOf({ 'permissions-boundary-missing': { severity: 'high' } })).not.toContain('permissions-boundary-missing');
  });
});

describe('a configured severity', () => {
  const condition = { Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } };

  test('takes the place of the usual one', () => {
    expect(told({ 'service-admin': { severity: 'medium' } }, { Action: 's3:*' })).toEqual(['medium service-admin']);
    expect(analyzeAccount(null, defaultConfiguration, configured({ 'password-policy-weak': { severity: 'low' } }))).toMatchObject([
      { rule: 'password-policy-weak', severity: 'low' },
    ]);
  });

  test('moves what is worse or milder than usual by as many steps, within the scale', () => {
    expect(told({ 'service-admin': { severity: 'medium' } }, { Action: 's3:*', ...condition })).toEqual(['low service-admin']);
    expect(told({ 'service-admin': { severity: 'low' } }, { Action: 's3:*', ...condition })).toEqual(['low service-admin']);
    expect(told({ 'service-admin': { severity: 'critical' } }, { Action: 's3:*', ...condition })).toEqual(['high service-admin']);
    expect(told({ 'service-admin': { severity: 'medium' } }, { Action: ['sts:*', 's3:*'] })).toContain('high service-admin');
  });

  test('leaves alone what admin-access says of the rules below it', () => {
    expect(told({}, { Action: '*' })).toEqual(['critical admin-access']);
    for (const severity of ['high', 'medium', 'low'] as const) {
      expect(told({ 'admin-access': { severity } }, { Action: '*' })).toEqual([`${severity} admin-access`]);
    }
    expect(told({ 'admin-access': { severity: 'low' } }, { Action: '*', ...condition })).toEqual(['low admin-access']);
    expect(told({ 'admin-access': { enabled: false } }, { Action: '*' })).not.toEqual([]);
  });

  test('orders the findings', () => {
    const posture = {
      ...unbounded,
      password: {},
      mfaDevices: [],
      policies: [],
      accessKeys: ['A', 'B'].map((id) => ({ id, active: true })),
    };
    const order = (settings: Record<string, RuleConfiguration>) =>
      analyzePosture(posture, defaultConfiguration, configured(settings)).map(({ rule }) => rule);
    expect(order({})).toEqual(['console-user-without-mfa', 'multiple-access-keys']);
    expect(order({ 'multiple-access-keys': { severity: 'critical' } })).toEqual(['multiple-access-keys', 'console-user-without-mfa']);
  });
});

describe('rules near an id that is none', () => {
  test.each([
    ['admin-acess', 'admin-access'],
    ['admin_access', 'admin-access'],
    ['policy-attached-direct', 'policy-attached-directly'],
    ['access-key-not-rotated', 'access-key-unrotated'],
    ['user-created', 'iam-user-created'],
  ])('%s', (id, near) => {
    expect(nearRules(id)).toContain(near);
  });

  test('none for a rule, and none where nothing comes near', () => {
    expect(nearRules('admin-access')).toEqual([]);
    for (const id of ['', 'x', 'colour', '__proto__', 'constructor', 'a'.repeat(10_000), '-'.repeat(1000)])
      expect(nearRules(id), id.slice(0, 20)).toEqual([]);
  });
});
