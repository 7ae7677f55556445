import { unexcepted } from '../../guard/exceptions.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { bySeverity, type Severity, severities } from '../../schemas/severity.ts';
import { judgePolicy } from './judge-policy.ts';
import type { ReportedFinding, ReportedPolicy } from './report.ts';
import type { PolicyFacts, ReportFacts } from './report-facts.ts';

const order = [...severities, 'undetermined', 'clear'];

/** The customer managed policies that are flagged, excepted or tagged, or could not be judged, worst first. */
export function reportPolicies({ policies, asOf }: ReportFacts, configuration: Configuration): ReportedPolicy[] {
  return policies
    .map((policy) => reportPolicy(policy, configuration, asOf))
    .filter(({ verdict, tag, excepted }) => verdict !== 'clear' || tag !== undefined || excepted.length > 0)
    .toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || (a.name < b.name ? -1 : 1));
}

function reportPolicy(policy: PolicyFacts, configuration: Configuration, at: string): ReportedPolicy {
  const { arn, name } = policy;
  const judged = judgePolicy(policy, configuration, at);
  const tags = policy.tags?.found === true ? policy.tags.value : {};
  const [tag, author] = [tags[`${configuration.tagPrefix}:verdict`], tags[`${configuration.tagPrefix}:author`]];
  const open = judged.found ? unexcepted(judged.value) : [];
  const unread = judged.found ? untold(policy) : judged.detail;
  return {
    name,
    arn,
    verdict: judged.found ? verdictOf(open) : 'undetermined',
    ...(tag === undefined ? {} : { tag }),
    ...(author === undefined ? {} : { author }),
    findings: open.map(reported),
    excepted: judged.found ? judged.value.filter(({ exception }) => exception !== undefined).map(reported) : [],
    ...(unread === undefined ? {} : { unread }),
  };
}

function untold({ tags }: PolicyFacts): string | undefined {
  return tags?.found === false ? `its tags: ${tags.detail}` : undefined;
}

function verdictOf(findings: readonly Finding[]): Severity | 'clear' {
  const [worst] = findings.toSorted((a, b) => bySeverity(a.severity, b.severity));
  return worst?.severity ?? 'clear';
}

function reported(finding: Finding): ReportedFinding {
  return { ...finding, from: 'account', held: [] };
}
