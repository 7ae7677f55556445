import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyzePolicies } from '../../analyzers/analyze.ts';
import { worse } from '../../analyzers/severity.ts';
import { PolicyError, parsePolicy } from '../../policy/parse.ts';
import { bySeverity } from '../../schemas/severity.ts';

const runs = { numRuns: 250 };
/** For what holds by construction, so that a slip would show soon. */
const fewerRuns = { numRuns: 100 };

type Element = string | readonly string[];
interface WrittenStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: Element;
  readonly NotAction?: Element;
  readonly Resource?: Element;
  readonly NotResource?: Element;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

// Services of few actions, and halves of their actions, so that statements often meet and complete each other.
const actions = [
  '*',
  'iam:*',
  'iam:Get*',
  'kms:*',
  'kms:Decrypt',
  'kms:ReEncrypt*',
  'kms:D*',
  'sqs:*',
  'sqs:*Queue*',
  'sqs:*Message*',
  'sqs:*Permission',
  'execute-api:*',
  'execute-api:I*',
  'execute-api:ManageConnections',
  's3:GetObject',
  'nosuchservice:*',
];
const resources = [
  '*',
  'arn:aws:*',
  'arn:aws:kms:*:*:key/*',
  'arn:aws:kms:*:111122223333:key/*',
  'arn:aws:kms:eu-west-1:111122223333:key/*',
  'arn:aws:sqs:*:*:*',
  'arn:aws:sqs:eu-west-1:111122223333:orders',
  'arn:aws:s3:::reports/*',
];
const conditions = [
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
  { StringEquals: { 'example:Mood': 'good' } },
];

function elementOf(name: string, values: readonly string[]) {
  const list = fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 4 });
  return fc
    .tuple(list, fc.constantFrom(name, name, name, `Not${name}`))
    .map(([items, key]): Record<string, readonly string[]> => ({ [key]: items }));
}

function statementOf(effect: 'Allow' | 'Deny'): fc.Arbitrary<WrittenStatement> {
  return fc
    .tuple(
      elementOf('Action', actions),
      elementOf('Resource', resources),
      fc.option(fc.constantFrom(...conditions), { nil: undefined, freq: 4 }),
    )
    .map(([action, resource, condition]) => ({ Effect: effect, ...action, ...resource, ...(condition ? { Condition: condition } : {}) }));
}

const allow = statementOf('Allow');
const deny = statementOf('Deny');
const statements = fc.array(fc.oneof({ arbitrary: allow, weight: 3 }, { arbitrary: deny, weight: 1 }), { minLength: 1, maxLength: 4 });

function judge(written: readonly WrittenStatement[]) {
  // A named partition, so that a statement cannot change what "every resource" is asked in.
  return analyzePolicies({
    policies: [{ policy: parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: written })) }],
    partition: 'aws',
  });
}

/** What must not depend on how a document is written. */
function essence(written: readonly WrittenStatement[]) {
  return judge(written).map(({ rule, severity, services }) => ({ rule, severity, services }));
}

/** Each thing that is flagged, with its worst severity: a rule, or a service of it. */
function flaggedThings(written: readonly WrittenStatement[]) {
  const things = new Map<string, ReturnType<typeof judge>[number]['severity']>();
  for (const { rule, severity, services } of judge(written)) {
    for (const thing of services?.map((service) => `${rule} ${service}`) ?? [rule]) things.set(thing, severity);
  }
  return things;
}

test('a Deny adds nothing and worsens nothing', () => {
  fc.assert(
    fc.property(statements, deny, (written, more) => {
      const before = flaggedThings(written);
      // Under `admin-access` the rest is silent: a Deny that breaks it up may bring to light what it held.
      fc.pre(!before.has('admin-access'));
      for (const [thing, severity] of flaggedThings([...written, more])) {
        const was = before.get(thing);
        expect(was, `${thing} came up`).toBeDefined();
        expect(bySeverity(was ?? 'none', severity), `${thing} became worse`).toBeLessThanOrEqual(0);
      }
    }),
    runs,
  );
});

test('an Allow takes nothing away and eases nothing, save where `admin-access` then says it', () => {
  fc.assert(
    fc.property(statements, allow, (written, more) => {
      const after = flaggedThings([...written, more]);
      for (const [thing, severity] of flaggedThings(written)) {
        const now = worse(after.get(thing) ?? 'none', after.get('admin-access') ?? 'none');
        expect(bySeverity(now, severity), `${thing} went from ${severity} to ${now}`).toBeLessThanOrEqual(0);
      }
    }),
    runs,
  );
});

test('the order of statements changes nothing', () => {
  fc.assert(
    fc.property(statements, (written) => {
      expect(essence(written.toReversed())).toEqual(essence(written));
    }),
    fewerRuns,
  );
});

test('the case of actions changes nothing', () => {
  const shout = (element: Element | undefined) =>
    element === undefined ? undefined : [element].flat().map((action) => action.toUpperCase());
  fc.assert(
    fc.property(statements, (written) => {
      const loud = written.map((statement) => ({
        ...statement,
        ...defined({ Action: shout(statement.Action), NotAction: shout(statement.NotAction) }),
      }));
      expect(essence(loud)).toEqual(essence(written));
    }),
    fewerRuns,
  );
});

test('a scalar is a list of one, and a lone statement too', () => {
  const scalar = (element: Element | undefined) => (Array.isArray(element) && element.length === 1 ? element[0] : element);
  fc.assert(
    fc.property(statements, (written) => {
      const terse = written.map((statement) => ({
        ...statement,
        ...defined({
          Action: scalar(statement.Action),
          NotAction: scalar(statement.NotAction),
          Resource: scalar(statement.Resource),
          NotResource: scalar(statement.NotResource),
        }),
      }));
      expect(essence(terse)).toEqual(essence(written));
    }),
    fewerRuns,
  );
});

test('a statement split by its actions means the same', () => {
  const split = (statement: WrittenStatement): WrittenStatement[] =>
    Array.isArray(statement.Action) ? statement.Action.map((Action: string) => ({ ...statement, Action })) : [statement];
  fc.assert(
    fc.property(statements, (written) => {
      expect(essence(written.flatMap(split))).toEqual(essence(written));
    }),
    fewerRuns,
  );
});

test('several policies mean what one with all their statements means', () => {
  fc.assert(
    fc.property(statements, (written) => {
      const policies = written.map((statement, index) => ({
        policy: parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statement })),
        name: `p${index}`,
      }));
      const apart = analyzePolicies({ policies, partition: 'aws' }).map(({ rule, severity, services }) => ({ rule, severity, services }));
      expect(apart).toEqual(essence(written));
    }),
    fewerRuns,
  );
});

/** Judges a text; nothing but `PolicyError` may escape. */
function survives(text: string) {
  try {
    analyzePolicies({ policies: [{ policy: parsePolicy(text) }] });
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyError);
  }
}

test('only PolicyError escapes, whatever the text', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json()), survives), { numRuns: 1000 });
});

test('only PolicyError escapes, whatever stands where a policy has its values', () => {
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('Allow', 'Deny', '*', 's3:*', ':', 'a:b:c', '${', '?*'));
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
    { numRuns: 500 },
  );
});

function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
