import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AsffFinding } from '../../../alerts/messages/asff.ts';
import { asffCalls } from '../../../alerts/messages/asff-calls.ts';
import { asffOf, clearedAsffOf } from '../../../alerts/messages/security-hub.ts';
import { rules } from '../../../analyzers/registry.ts';
import { runs } from '../../property-runs.ts';
import { aFinding, aVerdict } from '../verdicts.ts';
import { asffSchema } from './asff-schema.ts';
import { anyVerdict, hostileNames } from './hostile.ts';

const validate = new Ajv({ strict: true, allErrors: true }).compile(asffSchema);
const hub = { region: 'us-east-1' };
const account = '123456789012';
const url = 'https://docs.aws.amazon.com/IAM/';

/** What AWS would refuse in a finding; empty where it would take it. */
function refusals(finding: AsffFinding): string[] {
  validate(finding);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;
const one = (verdict: Parameters<typeof asffOf>[0]): AsffFinding => {
  const [finding] = asffOf(verdict, hub);
  if (finding === undefined) throw new Error('no finding');
  return finding;
};

describe('a finding in Security Hub', () => {
  const finding = one(aVerdict());

  test('is what BatchImportFindings takes', () => {
    expect(refusals(finding)).toEqual([]);
  });

  test('belongs to the default product of its account, and to its rule', () => {
    expect(finding.ProductArn).toBe(`arn:aws:securityhub:us-east-1:${account}:product/${account}/default`);
    expect(finding.GeneratorId).toBe('trailguard/admin-access');
    expect(finding.AwsAccountId).toBe(account);
    expect(finding.FindingProviderFields.Severity).toEqual({ Label: 'CRITICAL', Original: 'critical' });
    expect(finding.Compliance).toEqual({ Status: 'FAILED', RelatedRequirements: ['IAM.1'] });
    expect(finding.RecordState).toBe('ACTIVE');
  });

  test('is about the user, with the inline policy', () => {
    expect(finding.Resources).toEqual([
      {
        Type: 'AwsIamUser',
        Id: `arn:aws:iam::${account}:user/bob`,
        Partition: 'aws',
        Details: { AwsIamUser: { UserName: 'bob', UserPolicyList: [{ PolicyName: 'all' }] } },
      },
    ]);
  });

  test.each([
    ['group', 'AwsIamGroup', { AwsIamGroup: { GroupName: 'x' } }],
    ['role', 'AwsIamRole', { AwsIamRole: { RoleName: 'x' } }],
    ['policy', 'AwsIamPolicy', { AwsIamPolicy: { PolicyName: 'x' } }],
  ] as const)('is about a %s', (type, Type, Details) => {
    const of = one(aVerdict({ subject: { type, name: 'x', account }, policies: [] }));
    expect(refusals(of)).toEqual([]);
    expect(of.Resources).toEqual([{ Type, Id: `arn:aws:iam::${account}:${type}/x`, Partition: 'aws', Details }]);
  });

  test('is about the account', () => {
    expect(one(aVerdict({ subject: { type: 'account', account }, policies: [] })).Resources).toEqual([
      { Type: 'AwsAccount', Id: `AWS::::Account:${account}`, Partition: 'aws' },
    ]);
  });

  test('is about the user and the managed policy that was attached', () => {
    const arn = `arn:aws:iam::${account}:policy/all`;
    const { Resources } = one(aVerdict({ policies: [{ kind: 'managed', name: 'all', arn, version: 'v2', active: true }] }));
    expect(Resources.map(({ Type, Id }) => [Type, Id])).toEqual([
      ['AwsIamUser', `arn:aws:iam::${account}:user/bob`],
      ['AwsIamPolicy', arn],
    ]);
    expect(Resources[1]?.Details?.AwsIamPolicy).toEqual({
      PolicyName: 'all',
      PolicyVersionList: [{ VersionId: 'v2', IsDefaultVersion: true }],
    });
  });

  test('holds what to do, but no half of a command', () => {
    const long = `aws iam ${'x'.repeat(600)}`;
    const text = (commands: string[]) =>
      one(aVerdict({ findings: [aFinding({ remediation: { summary: 'Narrow it', commands, url } })] })).Remediation.Recommendation.Text;
    expect(text(['aws iam undo'])).toBe('Narrow it: aws iam undo');
    expect(text([long])).toBe('Narrow it');
  });

  test.each(rules.map(({ id }) => id))('is of types that Security Hub knows for %s', (rule) => {
    const of = one(aVerdict({ findings: [aFinding({ rule })] }));
    expect(refusals(of)).toEqual([]);
    expect(of.FindingProviderFields.Types[0]).toBe('Software and Configuration Checks/AWS Security Best Practices');
  });
});

describe("a finding's life", () => {
  const early = aVerdict();
  const later = aVerdict({
    id: 'another',
    event: { ...early.event, id: 'another', name: 'AttachUserPolicy', time: '2026-03-02T08:00:00Z' },
    findings: [aFinding({ severity: 'high', message: 'other words' })],
  });

  test('is one id, told by account, Region, subject and rule alone', () => {
    expect(one(early).Id).toBe(`trailguard/${account}/us-east-1/user/bob/admin-access`);
    expect(one(later).Id).toBe(one(early).Id);
    expect(one(later).UpdatedAt).toBe('2026-03-02T08:00:00Z');
  });

  test.each([
    ['another rule', aVerdict({ findings: [aFinding({ rule: 'service-admin' })] }), hub],
    ['another user', aVerdict({ subject: { type: 'user', name: 'eve', account } }), hub],
    ['a role of the same name', aVerdict({ subject: { type: 'role', name: 'bob', account } }), hub],
    ['another account', aVerdict({ event: { ...early.event, account: '210987654321' } }), hub],
    ['another Region', early, { region: 'eu-west-1' }],
    ['a name with a separator in it', aVerdict({ subject: { type: 'user', name: 'bob/admin-access', account } }), hub],
  ])('is not that of %s', (_, verdict, of) => {
    expect(asffOf(verdict, of)[0]?.Id).not.toBe(one(early).Id);
  });

  test('tells policies of one name apart by their ARNs', () => {
    const of = (arn: string) => one(aVerdict({ subject: { type: 'policy', name: 'x', arn, account }, policies: [] })).Id;
    expect(of('arn:aws:iam::aws:policy/x')).not.toBe(of(`arn:aws:iam::${account}:policy/x`));
  });

  test('keeps a long name apart from another that begins alike', () => {
    const of = (name: string) => one(aVerdict({ subject: { type: 'user', name, account } })).Id;
    expect(of(`${'é'.repeat(300)}a`)).not.toBe(of(`${'é'.repeat(300)}b`));
    expect(of('é'.repeat(300)).length).toBeLessThanOrEqual(512);
  });

  test('begins when the tag says so', () => {
    expect(asffOf(later, { ...hub, since: '2026-03-01T10:00:00Z' })[0]?.CreatedAt).toBe('2026-03-01T10:00:00Z');
  });

  test('ends archived and passed, under the same id', () => {
    const [cleared] = clearedAsffOf(
      { ...later, findings: [], outcome: 'clean' },
      [{ rule: 'admin-access', title: 'Full administrative access', url }],
      hub,
    );
    expect(cleared).toMatchObject({ Id: one(early).Id, RecordState: 'ARCHIVED', Compliance: { Status: 'PASSED' } });
    expect(cleared?.FindingProviderFields.Severity.Label).toBe('INFORMATIONAL');
    if (cleared) expect(refusals(cleared)).toEqual([]);
  });

  test('is the worst of several findings of one rule', () => {
    const findings = [aFinding({ rule: 'service-admin', severity: 'low' }), aFinding({ rule: 'service-admin', severity: 'high' })];
    expect(asffOf(aVerdict({ findings }), hub).map(({ FindingProviderFields }) => FindingProviderFields.Severity.Label)).toEqual(['HIGH']);
  });

  test('does not begin with a call that failed, nor with what somebody answers for', () => {
    expect(asffOf(aVerdict({ outcome: 'attempted' }), hub)).toEqual([]);
    const exception = { owner: 'a', reason: 'b', ticket: 'c', expires: '2027-01-01' };
    expect(asffOf(aVerdict({ findings: [aFinding({ exception })] }), hub)).toEqual([]);
  });
});

test.each(hostileNames)('%s in a name stays text in Security Hub', (_, name) => {
  const finding = one(
    aVerdict({
      summary: name,
      subject: { type: 'user', name, arn: name, account },
      policies: [{ kind: 'managed', name, arn: `arn:${name}`, version: name, active: true }],
      findings: [aFinding({ title: name, message: name })],
    }),
  );
  expect(refusals(finding)).toEqual([]);
  expect(JSON.stringify(finding)).not.toMatch(/\\[nru]|[\p{Cf}\u2028\u2029]/u);
});

describe('calls of BatchImportFindings', () => {
  const many = (count: number, Description = 'x') =>
    Array.from({ length: count }, (_, index) => ({ ...one(aVerdict()), Id: `trailguard/${index}`, Description }));

  test('hold 100 findings each, in their order', () => {
    const calls = asffCalls(many(250));
    expect(calls.map((call) => call.length)).toEqual([100, 100, 50]);
    expect(calls.flat().map(({ Id }) => Id)).toEqual(many(250).map(({ Id }) => Id));
  });

  test('hold 6 MB at most', () => {
    const calls = asffCalls(many(100, 'x'.repeat(200_000)));
    expect(calls.length).toBeGreaterThan(3);
    for (const call of calls) expect(bytes(call)).toBeLessThanOrEqual(6_000_000);
  });

  test('leave a finding that AWS will refuse on its own', () => {
    const [first, second] = many(2);
    const [huge] = many(1, 'x'.repeat(300_000));
    if (!first || !second || !huge) throw new Error('no findings');
    expect(asffCalls([first, huge, second]).map((call) => call.length)).toEqual([1, 1, 1]);
  });

  test('are none where there is no finding', () => {
    expect(asffCalls([])).toEqual([]);
  });
});

test('whatever the verdict, Security Hub takes each finding, active or cleared', () => {
  fc.assert(
    fc.property(anyVerdict, (verdict) => {
      const findings = asffOf(verdict, hub);
      const cleared = clearedAsffOf(
        verdict,
        verdict.findings.map(({ rule, title }) => ({ rule, title, url })),
        hub,
      );
      for (const finding of [...findings, ...cleared]) {
        expect(refusals(finding)).toEqual([]);
        expect(bytes(finding)).toBeLessThanOrEqual(240_000);
      }
      expect(new Set(findings.map(({ Id }) => Id)).size).toBe(findings.length);
      expect(cleared.map(({ Id }) => Id)).toEqual(expect.arrayContaining(findings.map(({ Id }) => Id)));
    }),
    runs(100),
  );
});
