import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../policy/parse.ts';
import { allow, policyOf, refusal } from './documents.ts';

/** A document with this as its second statement, on line 3 from column 2 on. */
const withStatement = (statement: string) => `{"Statement":[\n {"Effect":"Allow","Action":"s3:*","Resource":"*"},\n ${statement}]}`;

describe('what is wrong with a statement is told with its place', () => {
  test.each([
    ['"text"', 'statement 1 is not an object', 2],
    [
      '{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}',
      'statement 1 has a `Principal`: this is a resource or trust policy, and only identity policies are judged',
      2,
    ],
    ['{"Effect":"allow","Action":"s3:*","Resource":"*"}', 'statement 1 needs an `Effect` of `Allow` or `Deny`, in this case', 2],
    ['{"Effect":"Allow","Resource":"*"}', 'statement 1 has no `Action` (element names are case-sensitive)', 2],
    ['{"Effect":"Allow","Action":"a:b","NotAction":"a:c","Resource":"*"}', 'statement 1 has both `Action` and `NotAction`: keep one', 2],
    ['{"Effect":"Allow","Action":[1],"Resource":"*"}', 'statement 1 has a value in `Action` that is not text', 29],
    ['{"Effect":"Allow","Action":"a:b","NotResource":[{}]}', 'statement 1 has a value in `NotResource` that is not text', 49],
    ['{"Effect":"Deny","Action":"a:b","Resource":"*","Condition":[]}', 'statement 1 has a `Condition` that is not an object', 61],
    [
      '{"Effect":"Deny","Action":"a:b","Resource":"*","Condition":{"Bool":1}}',
      'statement 1 has a condition `Bool` that is not an object',
      61,
    ],
    [
      '{"Effect":"Deny","Action":"a:b","Resource":"*","Condition":{"Bool":{"k":[{}]}}}',
      'statement 1, condition `k` has a value that is not text, a number or true or false',
      61,
    ],
  ])('%s', (statement, message, column) => {
    expect(refusal(withStatement(statement))).toMatchObject({ message, line: 3, column });
  });
});

test('what is wrong with the whole document stands at its beginning', () => {
  for (const text of ['', '[]', '%zz', '{"Id":1}']) expect(refusal(text)).toMatchObject({ name: 'PolicyError', line: 1, column: 1 });
});

test('a Version that is not text is refused, also where a value looks like a key', () => {
  for (const id of ['a', ':', ': "']) {
    const text = JSON.stringify({ Version: 2012, Id: id, Statement: [] });
    expect(refusal(text).message, text).toBe('the document has a `Version` that is not text');
  }
});

test('a Sid that is not text is passed over', () => {
  expect(policyOf(allow('s3:*', '*', { Sid: 7 })).statements[0]).not.toHaveProperty('sid');
  expect(policyOf(allow('s3:*', '*', { Sid: 'Seven' })).statements[0]?.sid).toBe('Seven');
});

describe('a text that is no JSON is refused', () => {
  test.each([
    ['{"Statement": [}', 'the document is not JSON: value expected', 1, 16],
    ['{\n "Statement": {"Effect" "Allow"}}', 'the document is not JSON: colon expected', 2, 25],
    ['{\n\n "Statement": {}', 'the document is not JSON: close brace expected', 3, 17],
    ['{"Statement": [] /* none */}', 'the document is not JSON: invalid comment token', 1, 18],
  ])('%j with the place and the cause', (text, message, line, column) => {
    expect(refusal(text)).toMatchObject({ message, line, column });
  });

  test.each(['', ' ', '\r\n\t'])('%j as empty', (text) => {
    expect(refusal(text).message).toBe('the document is empty');
  });

  test('a percent sign within a plain document is no sign of URL-encoding', () => {
    expect(() => parsePolicy('{"Statement":{"Sid":"100% sure","Effect":"Allow","Action":"s3:*","Resource":"*"}}')).not.toThrow();
    expect(refusal('%7B%').message).toBe('the document begins like URL-encoded text and does not decode');
  });
});

test('a document may be nested 32 levels deep, lists and objects alike', () => {
  const nested = (depth: number, open: string, close: string) =>
    `{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Extra":${open.repeat(depth)}1${close.repeat(depth)}}}`;
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ] as const) {
    expect(() => parsePolicy(nested(31, open, close))).not.toThrow();
    expect(refusal(nested(32, open, close)).message).toBe('the document is nested more than 32 levels deep; no policy is');
  }
});
