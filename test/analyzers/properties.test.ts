import fc from 'fast-check';
import { expect, test } from 'vitest';
import { worse } from '../../analyzers/severity.ts';
import { PolicyError } from '../../policy/parse.ts';
import type { Finding } from '../../schemas/finding.ts';
import { bySeverity, type Severity } from '../../schemas/severity.ts';
import { runs } from '../property-runs.ts';
import { allow, deny, judgeText, statements, textOf } from './written-policies.ts';

/**
 * Each thing that is flagged, with its worst severity: a rule, a service of it. A path of an escalation has no severity
 * of its own in a finding: it counts as the least.
 */
function flaggedThings(findings: readonly Finding[]): ReadonlyMap<string, Severity> {
  const things = new Map<string, Severity>();
  for (const { rule, severity, services, paths } of findings) {
    for (const thing of services?.map((service) => `${rule} ${service}`) ?? [rule]) things.set(thing, severity);
    for (const path of paths ?? []) things.set(`${rule} ${path}`, 'low');
  }
  return things;
}

/** Fails where `after` flags a thing that `before` does not, or flags it worse. */
function expectNothingWorse(after: ReadonlyMap<string, Severity>, before: ReadonlyMap<string, Severity>) {
  // Under `admin-access` the rest is silent: breaking it up may bring to light what it held.
  fc.pre(!before.has('admin-access'));
  for (const [thing, severity] of after) {
    const was = before.get(thing);
    expect(was, `${thing} came up`).toBeDefined();
    expect(bySeverity(was ?? 'none', severity), `${thing} became worse`).toBeLessThanOrEqual(0);
  }
}

/** Fails where `after` lacks a thing that `before` flags, or flags it less, save where `admin-access` says it. */
function expectNothingEased(after: ReadonlyMap<string, Severity>, before: ReadonlyMap<string, Severity>) {
  for (const [thing, severity] of before) {
    const now = worse(after.get(thing) ?? 'none', after.get('admin-access') ?? 'none');
    expect(bySeverity(now, severity), `${thing} went from ${severity} to ${now}`).toBeLessThanOrEqual(0);
  }
}

const flaggedIn = (...texts: Parameters<typeof judgeText>) => flaggedThings(judgeText(...texts));

test('a Deny adds nothing and worsens nothing', () => {
  fc.assert(
    fc.property(statements, deny, (written, more) => {
      expectNothingWorse(flaggedIn(textOf([...written, more])), flaggedIn(textOf(written)));
    }),
    runs(250),
  );
});

test('a boundary adds nothing and worsens nothing', () => {
  fc.assert(
    fc.property(statements, statements, (written, boundary) => {
      expectNothingWorse(flaggedIn(textOf(written), textOf(boundary)), flaggedIn(textOf(written)));
    }),
    runs(100),
  );
});

test('an Allow takes nothing away and eases nothing, save where `admin-access` then says it', () => {
  fc.assert(
    fc.property(statements, allow, (written, more) => {
      expectNothingEased(flaggedIn(textOf([...written, more])), flaggedIn(textOf(written)));
    }),
    runs(250),
  );
});

test('an Allow more in a boundary takes nothing away and eases nothing', () => {
  fc.assert(
    fc.property(statements, statements, allow, (written, boundary, more) => {
      const text = textOf(written);
      expectNothingEased(flaggedIn(text, textOf([...boundary, more])), flaggedIn(text, textOf(boundary)));
    }),
    runs(100),
  );
});

/** Judges a text; nothing but `PolicyError` may escape. */
function survives(text: string) {
  try {
    judgeText(text);
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyError);
  }
}

test('only PolicyError escapes, whatever the text', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json()), survives), runs(1000));
});

test('only PolicyError escapes, whatever stands where a policy has its values', () => {
  const text = fc.constantFrom('Allow', 'Deny', '*', 's3:*', ':', 'a:b:c', '${', '?*', 'arn:aws:kms:*', 'constructor:toString');
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), text, fc.array(text, { maxLength: 3 }));
  const keys = ['Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition', 'Sid', 'Principal', '__proto__'];
  const statement = fc
    .dictionary(fc.constantFrom(...keys), value, { maxKeys: 5 })
    .map((odd) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...odd }));
  const document = fc.record(
    { Version: value, Statement: fc.oneof(value, statement, fc.array(statement, { maxLength: 3 })) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(document, (odd) => survives(JSON.stringify(odd))),
    runs(500),
  );
});

test('only PolicyError escapes, whatever conditions say', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('StringLike', 'IpAddress', 'Bool', 'Null', 'aws:SourceIp', 'iam:PassedToService', '__proto__', 'constructor'),
  );
  const value = fc.oneof(word, fc.jsonValue({ maxDepth: 1 }), fc.array(word, { maxLength: 3 }));
  const condition = fc.dictionary(word, fc.oneof(value, fc.dictionary(word, value, { maxKeys: 3 })), { maxKeys: 3 });
  fc.assert(
    fc.property(condition, (Condition) =>
      survives(JSON.stringify({ Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*', Condition } })),
    ),
    runs(300),
  );
});
