import type { Posture } from '../../analyzers/posture.ts';
import { rules } from '../../analyzers/registry.ts';
import { controlIds, type Rule } from '../../analyzers/rule.ts';
import { readUserTags } from '../../guard/user-tags.ts';
import { parseFindingsTag } from '../../iam/tag-values.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { agedRules, credentialRules } from './credential-rules.ts';
import type { Held, ReportedFinding } from './report.ts';

const ruleById = new Map(rules.map((rule) => [rule.id, rule]));

/** Findings with the policies to blame as a user holds them. */
export function heldFindings(findings: readonly Finding[], posture: Pick<Posture, 'policies'>): ReportedFinding[] {
  return findings.map((finding) => ({ ...finding, from: 'account', held: heldBy(finding, posture) }));
}

/**
 * What a user's tag names and nothing that was read shows, where not everything was read: it may hold still. Its severity is the rule's, as
 * a tag tells only the worst of all. `policiesRead` is true where only credentials were not.
 */
export function onlyTagged(
  posture: Posture,
  found: readonly Finding[],
  configuration: Configuration,
  policiesRead: boolean,
): ReportedFinding[] {
  const { findings = '' } = readUserTags(posture.tags, configuration.tagPrefix);
  const seen = new Set(found.map(({ rule }) => rule));
  return [...parseFindingsTag(findings).rules].flatMap(([id, ids]) => {
    const rule = ruleById.get(id);
    return rule === undefined || seen.has(id) ? [] : [fromTag(rule, [...ids], configuration, policiesRead && !credentialRules.has(id))];
  });
}

function fromTag(rule: Rule, ids: readonly string[], configuration: Configuration, gone: boolean): ReportedFinding {
  const told = ids.length === 0 ? '' : `: ${ids.join(', ')}`;
  return {
    rule: rule.id,
    severity: configuration.rules[rule.id]?.severity ?? rule.severity,
    title: rule.title,
    message: `is named by the tag${told}; ${gone ? 'nothing that was read shows it any more' : 'what it is about was not read now'}`,
    evidence: [],
    mitigations: [],
    remediation: { summary: rule.remediation.summary, commands: [], url: rule.remediation.url },
    controls: gone || rule.check.policy !== undefined || agedRules.has(rule.id) ? [] : [...controlIds(rule.controls)],
    from: 'tag',
    held: [],
  };
}

function heldBy({ evidence }: Finding, { policies }: Pick<Posture, 'policies'>): Held[] {
  const names = new Set(evidence.flatMap(({ policy }) => policy ?? []));
  return policies.flatMap(({ name, kind, arn, version, group }): Held[] =>
    names.has(name)
      ? [
          {
            name,
            kind,
            ...(arn === undefined ? {} : { arn }),
            ...(version === undefined ? {} : { version }),
            ...(group === undefined ? {} : { group }),
          },
        ]
      : [],
  );
}
