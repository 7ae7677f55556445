import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../../analyzers/registry.ts';
import { type Controls, controlIds, type Rule } from '../../analyzers/rule.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import { validateVerdict } from '../../schemas/validate.ts';
import { judgeCase, type RuleInput, readCases, scopeOf } from '../../scripts/rule-cases.ts';
import { unwritten } from '../../scripts/unwritten.ts';

const repository = new URL('../../', import.meta.url);
const facts = new URL('../shared/facts/controls.json', repository);
const ids = rules.map(({ id }) => id);

/** The frameworks that may be cited, and what their ids look like. */
const frameworks: Readonly<Record<string, RegExp>> = {
  'Security Hub': /^(IAM|KMS)\.\d+$/,
  'AWS Config': /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/,
  'CIS AWS Foundations': /^\d+\.\d+\.\d+ \d+\.\d+$/,
  'NIST 800-53 r5': /^[A-Z]{2}-\d+(\(\d+\))?$/,
  'NIST 800-171 r2': /^3\.\d+\.\d+$/,
  'PCI DSS': /^\d+\.\d+(\.\d+)? \d+(\.\d+)+$/,
  'ISO 27001:2022': /^A\.\d+\.\d+$/,
  'SOC 2': /^CC\d+\.\d+$/,
  'MITRE ATT&CK': /^T\d{4}(\.\d{3})?$/,
  CloudGuard: /^D9\.AWS\.[A-Z]+\.\d+$/,
};

/** Checked controls; what must not be cited with the default configuration stands apart. */
type CheckedControls = Controls & {
  readonly except?: unknown;
  readonly threshold?: unknown;
  readonly stricter?: Readonly<Record<string, readonly { readonly controls: Controls }[]>>;
  readonly by_minimum?: Readonly<Record<string, Controls>>;
};

function namesIn(folder: string, extension: string): string[] {
  return readdirSync(new URL(folder, repository))
    .filter((name) => name.endsWith(extension) && name !== 'README.md')
    .map((name) => name.slice(0, -extension.length));
}

test('the rule files, the registry, the cases and the pages name the same rules', () => {
  expect(new Set(ids).size).toBe(ids.length);
  const sorted = ids.toSorted();
  expect(namesIn('analyzers/rules/', '.ts').toSorted()).toEqual(sorted);
  expect(namesIn('test/rules/', '.json').toSorted()).toEqual(sorted);
  expect(namesIn('docs/rules/', '.md').toSorted()).toEqual(sorted);
});

describe.each(rules)('$id', (rule: Rule) => {
  const { id } = rule;
  const cases = readCases(id);

  test('its file exports it', async () => {
    const module: Record<string, unknown> = await import(new URL(`analyzers/rules/${id}.ts`, repository).href);
    expect(Object.values(module)).toContain(rule);
  });

  test('its page is in the index', () => {
    const index = readFileSync(new URL('docs/rules/README.md', repository), 'utf8');
    expect(index).toContain(`](${id}.md)`);
    expect(index.match(/\]\([a-z0-9-]+\.md\)/g)).toHaveLength(ids.length);
  });

  test('says why it matters and what to do, with pages to read', () => {
    const texts = { title: rule.title, rationale: rule.rationale, remediation: rule.remediation.summary };
    for (const [name, text] of Object.entries(texts)) {
      expect.soft(text.trim(), `${name} is empty`).not.toBe('');
      expect.soft(text.startsWith(unwritten), `${name} is still the scaffold's: write it`).toBe(false);
    }
    expect.soft(rule.title, 'a title has no final period').not.toMatch(/\.$/);
    expect.soft(rule.references, 'references are missing').not.toEqual([]);
    for (const url of [rule.remediation.url, ...rule.references]) expect(url).toMatch(/^https:\/\/[^\s]+$/);
  });

  test('cites controls of known frameworks, in their form', () => {
    for (const [framework, idsCited] of Object.entries(rule.controls)) {
      const form = frameworks[framework];
      if (form === undefined) throw new Error(`framework \`${framework}\` is not known: add its form to this test`);
      const cited = controlIds({ '': idsCited }).map((cite) => cite.trim());
      expect(cited, `${framework} has no id`).not.toEqual([]);
      for (const cite of cited) expect(cite, framework).toMatch(form);
    }
  });

  test.each(Object.keys(rule.check))('has flagged and passing cases of the %s scope, one of each on its page', (scope) => {
    const ofScope = (input: RuleInput) => scopeOf(input) === scope;
    const flagged = cases.flagged.filter(ofScope);
    const passing = cases.passing.filter(ofScope);
    for (const group of [flagged, passing]) {
      expect(group.length, `test/rules/${id}.json: cases of the ${scope} scope`).toBeGreaterThan(0);
      expect(group.filter(({ example }) => example).length, `test/rules/${id}.json: an \`example\` of the ${scope} scope`).toBeGreaterThan(
        0,
      );
    }
  });

  test('its cases are well written', () => {
    const all: RuleInput[] = [...cases.flagged, ...cases.passing, ...(cases.refused ?? [])];
    const known = ['name', 'example', 'from', 'document', 'text', 'record', 'posture', 'passwordPolicy', 'settings', 'findings', 'error'];
    expect(new Set(all.map(({ name }) => name)).size, 'two cases have one name').toBe(all.length);
    for (const input of all) {
      expect(input.name.startsWith(unwritten), `case \`${input.name}\` is still the scaffold's: write it`).toBe(false);
      expect(Object.keys(input).filter((key) => !known.includes(key))).toEqual([]);
      const { document, text, record, posture, passwordPolicy } = input;
      const shown = [document, text, record, record === undefined ? posture : undefined, passwordPolicy].filter(
        (value) => value !== undefined,
      );
      expect(shown.length, `case \`${input.name}\` shows one thing`).toBe(1);
    }
    for (const { name, findings } of cases.flagged) expect(findings.length, `case \`${name}\` expects no finding`).toBeGreaterThan(0);
  });

  test('its findings keep the schema and cite no more than the rule', () => {
    const findings = cases.flagged.flatMap((input) => judgeCase(input));
    expect(() => validateVerdict(verdictWith(findings))).not.toThrow();
    for (const finding of findings.filter((one) => one.rule === id)) {
      expect(controlIds(rule.controls)).toEqual(expect.arrayContaining(finding.controls));
      expect(finding.message).toMatch(/[^.\s]$/);
    }
  });
});

if (!existsSync(facts))
  process.stderr.write('\nSKIPPED: test/analyzers/conformance.test.ts: there is no list of checked controls beside this checkout\n\n');

test.runIf(existsSync(facts))('controls are those that were checked against the frameworks', () => {
  const { controls } = JSON.parse(readFileSync(facts, 'utf8')) as { controls: Record<string, CheckedControls> };
  for (const { id, controls: cited } of rules) {
    const { except: _, threshold: __, stricter = {}, by_minimum: byMinimum = {}, ...always } = controls[id] ?? {};
    // Of those for stricter settings, the rule may cite what a threshold of the configuration decides.
    const configured = Object.entries(stricter).flatMap(([name, bounds]) => (name in defaultConfiguration.thresholds ? bounds : []));
    const checked = [always as Controls, ...Object.values(byMinimum), ...configured.map((bound) => bound.controls)].flatMap((ids) =>
      controlIds(ids),
    );
    expect(controlIds(cited).toSorted(), id).toEqual([...new Set(checked)].toSorted());
  }
});

function verdictWith(findings: unknown) {
  return {
    id: 'example',
    outcome: 'flagged',
    severity: 'low',
    summary: 'example',
    event: {
      id: 'example',
      name: 'PutUserPolicy',
      time: '2026-03-02T09:30:00Z',
      source: 'iam.amazonaws.com',
      account: '111122223333',
      region: 'us-east-1',
    },
    actor: { type: 'IAMUser' },
    subject: { type: 'user', account: '111122223333' },
    policies: [],
    findings,
    actions: [],
  };
}
