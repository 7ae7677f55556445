import { createHash } from 'node:crypto';
import type { Finding } from '../../schemas/finding.ts';
import type { Severity } from '../../schemas/severity.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { type AsffFinding, type AsffSeverity, asffLimits } from './asff.ts';
import { resourcesOf } from './asff-resources.ts';
import { asffText } from './asff-text.ts';
import { consoleLinks } from './console-links.ts';
import { partitionOf } from './partition.ts';
import { openFindings, whoOf } from './story.ts';

/** The Security Hub that findings go to. It takes only what its own account sends it. */
export interface Hub {
  readonly region: string;
  /** When the subject was first flagged, as its tag says; the time of the event where nobody knows. */
  readonly since?: string;
}

/** What is said of a rule that a subject no longer breaks. */
export type ClearedRule = Pick<Finding, 'rule' | 'title'> & { readonly url: string };

const labels: Readonly<Record<Severity, AsffSeverity>> = { critical: 'CRITICAL', high: 'HIGH', medium: 'MEDIUM', low: 'LOW' };
const bestPractices = 'Software and Configuration Checks/AWS Security Best Practices';
/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-type-taxonomy.html */
const tactics: ReadonlyMap<string, string> = new Map([
  ['privilege-escalation', 'TTPs/Privilege Escalation'],
  ['credential-compromised', 'TTPs/Credential Access'],
  ['guard-tag-tampered', 'TTPs/Defense Evasion'],
]);

/**
 * The Security Hub findings of a verdict, one for each rule that its subject breaks and nobody answers for. They are updated rather than
 * added where Security Hub knows them: their ids follow from account, Region, subject and rule. None of a call that failed.
 */
export function asffOf(verdict: Verdict, hub: Hub): AsffFinding[] {
  if (verdict.outcome === 'attempted') return [];
  const worst = new Map<string, Finding>();
  for (const finding of openFindings(verdict)) {
    if (!worst.has(finding.rule)) worst.set(finding.rule, finding);
  }
  return [...worst.values()].map((finding) => ({
    ...common(verdict, finding, hub),
    Title: asffText(`${finding.title}: ${subjectWords(verdict)}`, asffLimits.title),
    Description: asffText(`${verdict.summary} ${finding.title}: ${finding.message}`, asffLimits.description),
    FindingProviderFields: { Severity: { Label: labels[finding.severity], Original: finding.severity }, Types: typesOf(finding.rule) },
    Remediation: remediation(finding),
    Compliance: {
      Status: 'FAILED',
      ...(finding.controls.length === 0
        ? {}
        : {
            RelatedRequirements: finding.controls.slice(0, asffLimits.requirements).map((control) => asffText(control, asffLimits.title)),
          }),
    },
    RecordState: 'ACTIVE',
  }));
}

/** The same findings as resolved: what `verdict` or a sweep found the subject no longer to break. */
export function clearedAsffOf(verdict: Verdict, rules: readonly ClearedRule[], hub: Hub): AsffFinding[] {
  return rules.map((cleared) => ({
    ...common(verdict, cleared, hub),
    Title: asffText(`${cleared.title}: ${subjectWords(verdict)}`, asffLimits.title),
    Description: asffText(`No longer found. ${verdict.summary}`, asffLimits.description),
    FindingProviderFields: { Severity: { Label: 'INFORMATIONAL', Original: 'none' }, Types: typesOf(cleared.rule) },
    Remediation: { Recommendation: { Text: 'Nothing is left to do', Url: cleared.url } },
    Compliance: { Status: 'PASSED' },
    RecordState: 'ARCHIVED',
  }));
}

/** What a finding has in common with itself, whether active or resolved. */
function common(verdict: Verdict, { rule }: Pick<Finding, 'rule'>, { region, since }: Hub) {
  const { event, subject } = verdict;
  const account = event.account;
  const source = consoleLinks(verdict).find(({ label }) => label.startsWith('The event'))?.url;
  return {
    SchemaVersion: '2018-10-08' as const,
    Id: idOf(verdict, rule, region),
    ProductArn: `arn:${partitionOf(verdict)}:securityhub:${region}:${account}:product/${account}/default`,
    ProductName: 'Trailguard' as const,
    GeneratorId: `trailguard/${rule}`,
    AwsAccountId: account,
    CreatedAt: since ?? event.time,
    UpdatedAt: event.time,
    ...(source === undefined ? {} : { SourceUrl: source }),
    ProductFields: {
      'trailguard/verdict': asffText(verdict.id, asffLimits.productField),
      'trailguard/event': asffText(event.name, asffLimits.productField),
      'trailguard/actor': asffText(whoOf(verdict.actor), asffLimits.productField),
      'trailguard/subject': asffText(`${subject.type}/${subject.name ?? ''}`, asffLimits.productField),
    },
    Resources: resourcesOf(verdict),
  };
}

/** A policy is told by its ARN, since AWS's own and a customer's may have one name. A subject without a name is told by the event. */
function idOf({ subject, event }: Verdict, rule: string, region: string): string {
  const told = subject.type === 'policy' ? (subject.arn ?? subject.name) : subject.name;
  const name = subject.type === 'account' ? '' : (told ?? `unnamed in ${event.id}`);
  const id = ['trailguard', event.account, region, subject.type, encoded(name), rule].join('/');
  if (id.length <= asffLimits.id) return id;
  return ['trailguard', event.account, region, subject.type, createHash('sha256').update(name).digest('hex'), rule.slice(0, 128)].join('/');
}

function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD'));
}

function subjectWords({ subject: { type, name, account } }: Verdict): string {
  return type === 'account' ? `account ${account}` : `${type} ${name ?? 'without a name'}`;
}

function typesOf(rule: string): string[] {
  const tactic = tactics.get(rule);
  return tactic === undefined ? [bestPractices] : [bestPractices, tactic];
}

function remediation({ remediation: { summary, commands, url } }: Finding): AsffFinding['Remediation'] {
  const [first] = commands;
  const whole = first === undefined ? summary : `${summary}: ${first}`;
  // Half a command is worse than none.
  const text = whole.length <= asffLimits.recommendation ? whole : summary;
  return { Recommendation: { Text: asffText(text, asffLimits.recommendation), Url: url } };
}
