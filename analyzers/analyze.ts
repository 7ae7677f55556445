import type { Change } from '../events/change.ts';
import { collectGrants, type Grants, type JudgedPolicy, unrestricted } from '../policy/grants.ts';
import type { Finding } from '../schemas/finding.ts';
import { bySeverity } from '../schemas/severity.ts';
import type { Posture } from './posture.ts';
import { rules as allRules } from './registry.ts';
import { controlIds, type Flag, type Rule } from './rule.ts';

/** What is judged together: policies, within a boundary where there is one. `partition` is the account's, if known. */
export interface PolicyQuestion {
  readonly policies: readonly JudgedPolicy[];
  readonly boundary?: JudgedPolicy;
  readonly partition?: string;
}

/** The rule that says everything the other policy rules could: they are silent about what it has found. */
const subsuming = 'admin-access';

/** Findings of all policy rules on what the policies allow together, worst first. */
export function analyzePolicies(question: PolicyQuestion, rules: readonly Rule[] = allRules): Finding[] {
  const grants = collectGrants(question.policies, question.boundary, question.partition);
  const first = rules.filter(({ id }) => id === subsuming).flatMap((rule) => policyFindings(rule, grants));
  const rest = grantsBeside(first, grants);
  const others = rest ? rules.filter(({ id }) => id !== subsuming).flatMap((rule) => policyFindings(rule, rest)) : [];
  return inOrder([...first, ...others]);
}

/** What is left to say beside an `admin-access` finding: nothing, or where conditions lowered it, only what holds without them. */
function grantsBeside(found: readonly Finding[], grants: Grants): Grants | undefined {
  const [admin] = found;
  if (admin === undefined) return grants;
  return admin.severity === 'critical' ? undefined : unrestricted(grants);
}

/** Findings about one change, whatever its documents hold. */
export function analyzeChange(change: Change, rules: readonly Rule[] = allRules): Finding[] {
  return inOrder(rules.flatMap((rule) => (rule.check.event?.(change) ?? []).map((flag) => finding(rule, flag))));
}

/** Findings about a user: all that it holds judged together, and the rules about users. */
export function analyzePosture(posture: Posture, rules: readonly Rule[] = allRules): Finding[] {
  const { boundary } = posture;
  const policies = analyzePolicies(
    {
      policies: posture.policies.map(({ document, name }) => ({ policy: document, name })),
      ...(boundary ? { boundary: { policy: boundary.document, name: boundary.name } } : {}),
      ...partitionOf(posture.arn),
    },
    rules,
  );
  const user = rules.flatMap((rule) => (rule.check.user?.(posture) ?? []).map((flag) => finding(rule, flag)));
  return inOrder([...policies, ...user]);
}

function partitionOf(arn: string): { partition?: string } {
  const partition = arn.split(':')[1];
  return partition ? { partition } : {};
}

function policyFindings(rule: Rule, grants: Grants): Finding[] {
  return (rule.check.policy?.(grants) ?? []).map((flag) => finding(rule, flag));
}

function finding(rule: Rule, flag: Flag): Finding {
  return {
    rule: rule.id,
    severity: flag.severity ?? rule.severity,
    title: rule.title,
    message: flag.message,
    ...(flag.services ? { services: [...flag.services] } : {}),
    ...(flag.paths ? { paths: [...flag.paths] } : {}),
    evidence: [...(flag.evidence ?? [])],
    mitigations: [...(flag.mitigations ?? [])],
    remediation: { summary: rule.remediation.summary, commands: [...(flag.remedies ?? [])], url: rule.remediation.url },
    controls: [...controlIds(flag.controls ?? rule.controls)],
  };
}

/** Worst first; rules of one severity in the registry's order. */
function inOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => bySeverity(a.severity, b.severity));
}
