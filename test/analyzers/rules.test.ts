import { describe, expect, test } from 'vitest';
import { rules } from '../../analyzers/registry.ts';
import type { Finding } from '../../schemas/finding.ts';
import { type ExpectedFinding, judgeCase, type RuleInput, readCases } from '../../scripts/rule-cases.ts';
import { stepsBetween } from './one-step.ts';

/** A finding cut to what the case speaks of. */
function saidBy(found: Finding, expected: ExpectedFinding | undefined) {
  const all = {
    severity: found.severity,
    message: found.message,
    services: found.services,
    paths: found.paths,
    mitigations: found.mitigations.map(({ kind }) => kind),
    evidence: found.evidence.map(({ pointer }) => pointer),
    controls: found.controls,
  };
  const said = new Set(Object.keys(expected ?? all));
  return Object.fromEntries(Object.entries(all).filter(([key]) => said.has(key)));
}

/** What a case shows, without its words; a raw text stands as what it parses to. */
function shown({ document, text, record, posture, passwordPolicy, settings = {} }: RuleInput): unknown {
  return { document: text === undefined ? document : JSON.parse(text), record, posture, passwordPolicy, settings };
}

/** How far a case is from another. An event's name and the parameter that goes with it change together: one step. */
function steps(from: RuleInput, to: RuleInput): number {
  const renamed = from.record?.eventName !== to.record?.eventName;
  return Math.max(Number(renamed), stepsBetween(shown(from), shown(to)) - Number(renamed));
}

describe.each(rules)('$id', ({ id }) => {
  const cases = readCases(id);
  const findingsOf = (input: RuleInput) => judgeCase(input).filter(({ rule }) => rule === id);
  const source = (from: string): RuleInput => {
    const found = cases.flagged.find(({ name }) => name === from);
    if (!found) throw new Error(`test/rules/${id}.json has no flagged case \`${from}\``);
    return found;
  };

  test.each(cases.flagged)('flags: $name', ({ findings, ...input }) => {
    const found = findingsOf(input);
    expect(found.map((finding, index) => saidBy(finding, findings[index]))).toEqual(findings);
  });

  test.each(cases.passing)('passes: $name', (input) => {
    expect(findingsOf(input)).toEqual([]);
  });

  test.each(cases.refused ?? [])('refuses: $name', (input) => {
    expect(() => judgeCase(input)).toThrow(input.error);
  });

  test.each([...cases.passing, ...(cases.refused ?? [])])('is one step from what is flagged: $name', (input) => {
    expect(steps(source(input.from), input)).toBe(1);
  });
});

test('each flagged case of an escalation names its paths', () => {
  for (const { name, findings } of readCases('privilege-escalation').flagged) {
    for (const { paths } of findings) expect(paths?.length, name).toBeGreaterThan(0);
  }
});
