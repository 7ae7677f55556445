import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../policy/parse.ts';
import { allow, policyOf, refusal, textOf } from './documents.ts';

const text = textOf([allow('s3:GetObject', 'arn:aws:s3:::b/*')]);
const statementText = '"Action":"s3:*","Resource":"*"';

describe('a document is read', () => {
  test.each([
    ['as plain text', text],
    ['URL-encoded', encodeURIComponent(text)],
    ['with a byte order mark', `\u{FEFF}${text}`],
    ['URL-encoded with a byte order mark inside', encodeURIComponent(`\u{FEFF}${text}`)],
    ['with CRLF and tabs', JSON.stringify(JSON.parse(text), null, '\t').replaceAll('\n', '\r\n')],
    ['with space before its colons', text.replaceAll('":', '" :')],
    ['with escapes in its keys', text.replace('"Effect"', '"\\u0045ffect"')],
  ])('%s', (_, written) => {
    expect(parsePolicy(written)).toEqual(parsePolicy(text));
    expect(parsePolicy(written).problems).toEqual([]);
  });

  test('with a scalar where a list may stand, and says which it was', () => {
    expect(policyOf(allow('s3:GetObject')).statements[0]?.action.scalar).toBe(true);
    expect(policyOf(allow(['s3:GetObject'])).statements[0]?.action.scalar).toBe(false);
  });

  test('with one statement instead of a list', () => {
    expect(parsePolicy(textOf(allow('s3:*'))).statements).toMatchObject([{ index: 0, pointer: '/Statement' }]);
  });

  test('without a Version, as the older language', () => {
    expect(parsePolicy(`{"Statement":{"Effect":"Allow",${statementText}}}`).version).toBe('2008-10-17');
  });

  test('with numbers and booleans as condition values', () => {
    const condition = { NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 }, Bool: { 'aws:SecureTransport': [true] } };
    expect(policyOf(allow('s3:*', '*', { Condition: condition })).statements[0]?.conditions.map(({ values }) => values)).toEqual([
      ['3600'],
      ['true'],
    ]);
  });

  test('at its longest, 131,072 characters', () => {
    const frame = textOf([allow([], '*')]);
    const names = '"s3:GetObject",'.repeat(8_732);
    const long = frame.replace('"Action":[]', `"Action":[${names.slice(0, -1)}]`).padEnd(131_072);
    expect(long).toHaveLength(131_072);
    expect(parsePolicy(long).statements[0]?.action.patterns).toHaveLength(8_732);
  });
});

describe('duplicate keys are found, and read at their worst', () => {
  const effects = ({ statements }: ReturnType<typeof parsePolicy>) => statements.map(({ effect }) => effect);

  test.each([
    ['Deny, then Allow', '"Effect":"Deny","Effect":"Allow"'],
    ['Allow, then Deny', '"Effect":"Allow","Effect":"Deny"'],
    ['Allow, then Deny behind an escape', '"Effect":"Allow","\\u0045ffect":"Deny"'],
  ])('%s reads as Allow', (_, both) => {
    const policy = parsePolicy(`{"Version":"2012-10-17","Statement":[{${both},${statementText}}]}`);
    expect(effects(policy)).toEqual(['Allow']);
    expect(policy.problems).toMatchObject([{ pointer: '/Statement/0/Effect', line: 1 }]);
  });

  test('of Statement: both lists count, and none of their Denies', () => {
    const policy = parsePolicy(
      `{"Statement":[{"Effect":"Allow",${statementText}}],"Statement":[{"Effect":"Deny",${statementText}},{"Effect":"Allow",${statementText}}]}`,
    );
    expect(effects(policy)).toEqual(['Allow', 'Allow']);
  });

  test('of Version: the older language, in which nothing is a variable', () => {
    const policy = parsePolicy(`{"Version":"2012-10-17","Version":"2008-10-17","Statement":{"Effect":"Allow",${statementText}}}`);
    expect(policy.version).toBe('2008-10-17');
    expect(policy.problems).toMatchObject([{ pointer: '/Version' }]);
  });

  test.each(['Action', 'Resource'])('of %s: each value counts', (name) => {
    const policy = parsePolicy(`{"Statement":{"Effect":"Allow",${statementText},"${name}":"b:c"}}`);
    const key = name === 'Action' ? 'action' : 'resource';
    expect(policy.statements.map((statement) => statement[key].patterns[0]?.text)).toEqual([name === 'Action' ? 's3:*' : '*', 'b:c']);
  });

  test.each([
    ['Condition', '"Condition":{},"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}', '/Statement/0/Condition'],
    ['an operator', '"Condition":{"Bool":{"a:b":"true"},"Bool":{"aws:MultiFactorAuthPresent":"true"}}', '/Statement/0/Condition/Bool'],
    ['a condition key', '"Condition":{"Bool":{"a/b":"x","a/b":"y"}}', '/Statement/0/Condition/Bool/a~1b'],
  ])('of %s: no condition of the statement is relied on', (_, condition, pointer) => {
    const policy = parsePolicy(`{"Statement":[{"Effect":"Allow",${statementText},${condition}}]}`);
    expect(policy.problems).toMatchObject([{ pointer }]);
    expect(policy.statements.flatMap(({ conditions }) => conditions).every(({ doubtful }) => doubtful)).toBe(true);
  });

  test('a Deny that a duplicate touches is not relied on', () => {
    expect(parsePolicy(`{"Statement":{"Effect":"Deny",${statementText},"Sid":"a","Sid":"b"}}`).statements).toEqual([]);
  });

  test('their places are lines and columns', () => {
    const policy = parsePolicy(`{\n  "Statement": {\r\n    "Effect": "Allow", "Effect": "Deny",\n${statementText}}}`);
    expect(policy.problems).toMatchObject([{ line: 3, column: 24 }]);
  });

  test('too many to read are refused', () => {
    expect(refusal(`{"Statement":{${'"Effect":"Allow",'.repeat(40)}${statementText}}}`).message).toMatch(/too many duplicate keys/);
  });

  test('thousands of them take no time', () => {
    const start = performance.now();
    const policy = parsePolicy(`{${'"a":1,'.repeat(15_000)}"Statement":{"Effect":"Allow",${statementText}}}`);
    expect(policy.problems).toHaveLength(14_999);
    parsePolicy(
      `{"a":1,"a":1,"Statement":{${Array.from({ length: 8_000 }, (_, i) => `"k${i}":1,`).join('')}"Effect":"Allow",${statementText}}}`,
    );
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('keys that JavaScript knows do no harm', () => {
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s', (key) => {
    const poisoned = `{"${key}":{"Effect":"Deny","polluted":true},"Version":"2012-10-17","Statement":[{"${key}":{"Effect":"Deny"},"Effect":"Allow",${statementText},"Condition":{"${key}":{"${key}":"x"}}}]}`;
    const { statements } = parsePolicy(poisoned);
    expect(statements).toMatchObject([{ effect: 'Allow', conditions: [{ operator: key, key, values: ['x'] }] }]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('a prototype cannot lend an element', () => {
    expect(refusal(`{"Statement":{"__proto__":{"Effect":"Allow"},${statementText}}}`).message).toContain('needs an `Effect`');
    expect(refusal(`{"Statement":{"__proto__":{"Effect":"Allow"},"Sid":"a","Sid":"b",${statementText}}}`).message).toContain(
      'needs an `Effect`',
    );
  });
});

describe('what is no identity policy is refused, and why', () => {
  test.each([
    ['nothing', '', /empty/],
    ['a list', '[]', /JSON object/],
    ['null', 'null', /JSON object/],
    ['a number', '7', /JSON object/],
    ['no Statement', '{}', /no `Statement`/],
    ['Statement in the wrong case', '{"statement":[]}', /case-sensitive/],
    ['a statement that is text', '{"Statement":["x"]}', /statement 0 is not an object/],
    ['a Version that is a number', '{"Version":2012,"Statement":[]}', /`Version`/],
    ['Effect in the wrong case', `{"Statement":{"Effect":"allow",${statementText}}}`, /`Effect`/],
    ['effect in the wrong case', `{"Statement":{"effect":"Allow",${statementText}}}`, /`Effect`/],
    ['action in the wrong case', '{"Statement":{"Effect":"Allow","action":"*","Resource":"*"}}', /no `Action`/],
    ['no Resource', '{"Statement":{"Effect":"Allow","Action":"*"}}', /no `Resource`/],
    ['Action beside NotAction', `{"Statement":{"Effect":"Allow",${statementText},"NotAction":"a:b"}}`, /keep one/],
    ['a number as Action', '{"Statement":{"Effect":"Allow","Action":7,"Resource":"*"}}', /`Action` that is not text/],
    ['null as Resource', '{"Statement":{"Effect":"Allow","Action":"*","Resource":[null]}}', /`Resource` that is not text/],
    ['an object as Action', '{"Statement":{"Effect":"Allow","Action":{},"Resource":"*"}}', /`Action` that is not text/],
    ['a Condition that is text', `{"Statement":{"Effect":"Allow",${statementText},"Condition":"x"}}`, /`Condition`/],
    ['an operator that is text', `{"Statement":{"Effect":"Allow",${statementText},"Condition":{"Bool":"x"}}}`, /`Bool`/],
    ['null as a condition value', `{"Statement":{"Effect":"Allow",${statementText},"Condition":{"Bool":{"a:b":null}}}}`, /`a:b`/],
    ['a trust policy', `{"Statement":{"Effect":"Allow",${statementText},"Principal":"*"}}`, /only identity policies/],
    ['NotPrincipal', `{"Statement":{"Effect":"Allow",${statementText},"NotPrincipal":{}}}`, /only identity policies/],
    ['what only looks URL-encoded', '%zz', /does not decode/],
    ['deep nesting', `${'['.repeat(100)}${']'.repeat(100)}`, /nested/],
    ['very deep nesting', `${'['.repeat(60_000)}${']'.repeat(60_000)}`, /nested/],
    ['very deep nesting behind a duplicate', `{"a":${'['.repeat(60_000)}${']'.repeat(60_000)},"a":1,"Statement":[]}`, /nested/],
    ['very deep nesting that never ends', '['.repeat(100_000), /nested/],
  ])('%s', (_, written, message) => {
    expect(refusal(written).message).toMatch(message);
  });

  test.each([
    ['a missing comma', '{\n  "Version": "2012-10-17"\n  "Statement": []\n}', 3, 3],
    ['a trailing comma', '{\r\n\t"Statement": [],\r\n}', 3, 1],
    ['a comment', '{\n  // why\n  "Statement": []}', 2, 3],
    ['a document cut short', '{"Statement": [', 1, 16],
  ])('%s, with line and column', (_, written, line, column) => {
    expect(refusal(written)).toMatchObject({ line, column });
  });
});

test('an error of grammar names its line and column', () => {
  const text = '{\n "Version": "2012-10-17",\n "Statement": [\n  { "Effect": "Allow", "Action": ["s3:*", 5], "Resource": "*" }]}';
  expect(() => parsePolicy(text)).toThrow(expect.objectContaining({ line: 4, column: 34 }));
});
