import type { Change } from '../events/change.ts';
import { collectGrants, type Grants, type JudgedPolicy, unrestricted } from '../policy/grants.ts';
import { forTheLast } from '../policy/remembered.ts';
import type { Finding } from '../schemas/finding.ts';
import { bySeverity } from '../schemas/severity.ts';
import type { PasswordPolicy, Posture } from './posture.ts';
import { rules as allRules } from './registry.ts';
import { type ChangeContext, controlIds, type Flag, type Rule } from './rule.ts';
import type { Settings } from './settings.ts';
import { moved } from './severity.ts';

/** What is judged together: policies, within a boundary where there is one. `partition` is the account's, if known. */
export interface PolicyQuestion {
  readonly policies: readonly JudgedPolicy[];
  readonly boundary?: JudgedPolicy;
  readonly partition?: string;
}

/** The rule that says everything the other policy rules could: they are silent about what it has found. */
const subsuming = 'admin-access';

const policyRules = forTheLast((rules: readonly Rule[]) => ({
  admin: rules.find(({ id }) => id === subsuming),
  others: rules.filter(({ id, check }) => id !== subsuming && check.policy !== undefined),
}));

/** Findings of all policy rules on what the policies allow together, worst first. */
export function analyzePolicies(question: PolicyQuestion, rules: readonly Rule[] = allRules): Finding[] {
  const grants = collectGrants(question.policies, question.boundary, question.partition);
  const { admin, others } = policyRules(rules);
  const flags = admin?.check.policy?.(grants) ?? [];
  const findings = admin ? flags.map((flag) => finding(admin, flag)) : [];
  const rest = grantsBeside(flags, grants);
  if (rest) for (const rule of others) for (const flag of rule.check.policy?.(rest) ?? []) findings.push(finding(rule, flag));
  return inOrder(findings);
}

const rulesOf = forTheLast((rules: readonly Rule[]) => ({
  event: rules.filter(({ check }) => check.event !== undefined),
  user: rules.filter(({ check }) => check.user !== undefined),
}));

/** What is left to say beside an `admin-access` finding: nothing, or where conditions lowered it, only what holds without them. */
function grantsBeside([admin]: readonly Flag[], grants: Grants): Grants | undefined {
  if (admin === undefined) return grants;
  return admin.severity === undefined ? undefined : unrestricted(grants);
}

/** Findings about one change, whatever its documents hold. */
export function analyzeChange(change: Change, context: ChangeContext, rules: readonly Rule[]): Finding[] {
  return inOrder(rulesOf(rules).event.flatMap((rule) => (rule.check.event?.(change, context) ?? []).map((flag) => finding(rule, flag))));
}

/** Findings about a user: all that it holds judged together, and the rules about users. */
export function analyzePosture(
  posture: Posture,
  settings: Settings,
  rules: readonly Rule[],
  /** How policies are judged: a caller who meets the same ones again may remember what was found. */
  analyze: (question: PolicyQuestion, rules: readonly Rule[]) => readonly Finding[] = analyzePolicies,
): Finding[] {
  const { boundary } = posture;
  const policies = analyze(
    {
      policies: posture.policies.map(({ document, name }) => ({ policy: document, name })),
      ...(boundary ? { boundary: { policy: boundary.document, name: boundary.name } } : {}),
      ...partitionOf(posture.arn),
    },
    rules,
  );
  const user = rulesOf(rules).user.flatMap((rule) => (rule.check.user?.(posture, settings) ?? []).map((flag) => finding(rule, flag)));
  return inOrder([...policies, ...user]);
}

/** Findings about an account: its password policy, null where it has none. */
export function analyzeAccount(passwordPolicy: PasswordPolicy | null, settings: Settings, rules: readonly Rule[]): Finding[] {
  return inOrder(rules.flatMap((rule) => (rule.check.account?.(passwordPolicy, settings) ?? []).map((flag) => finding(rule, flag))));
}

function partitionOf(arn: string): { partition?: string } {
  const partition = arn.split(':')[1];
  return partition ? { partition } : {};
}

function finding(rule: Rule, flag: Flag): Finding {
  const { severity = rule.severity } = flag;
  return {
    rule: rule.id,
    severity: rule.configuredSeverity === undefined ? severity : moved(severity, rule.severity, rule.configuredSeverity),
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
function inOrder(findings: Finding[]): Finding[] {
  return findings.length < 2 ? findings : findings.toSorted((a, b) => bySeverity(a.severity, b.severity));
}
