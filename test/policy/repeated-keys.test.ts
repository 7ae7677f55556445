import { describe, expect, test } from 'vitest';
import { mayRepeatKeys } from '../../policy/repeated-keys.ts';

const mayRepeat = (text: string) => mayRepeatKeys(text, JSON.parse(text));

const document = {
  Version: '2012-10-17',
  Id: null,
  Statement: [
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: [], Condition: { Bool: { 'aws:SecureTransport': true } } },
    [[], {}, ['a', { Deep: ['b'] }]],
  ],
};
const compact = JSON.stringify(document);

/** Ways in which people and tools write the same document. */
const written: readonly (readonly [string, string])[] = [
  ['without white space', compact],
  ['indented', JSON.stringify(document, null, 2)],
  ['with a space before each colon', compact.replaceAll('":', '" :')],
  ['with a line before each colon', compact.replaceAll('":', '"\n:')],
  ['with a tab before each colon', compact.replaceAll('":', '"\t:')],
  ['with a carriage return before each colon', compact.replaceAll('":', '"\r:')],
  ['with white space at the end', `${compact} `],
];

describe('a document that repeats no key is not read a second time', () => {
  test.each(written)('%s', (_, text) => {
    expect(mayRepeat(text)).toBe(false);
  });

  test.each(['{}', '[]', 'null', 'true', '"text"', '{"a":{}}', '{"a":[]}', '{"a":[1]}', '{ "a": 1 }', '{"a":1}', ' "text" '])(
    '`%s`',
    (text) => {
      expect(mayRepeat(text)).toBe(false);
    },
  );
});

describe('a document that repeats a key is read a second time', () => {
  test.each(written)('in its statement, %s', (_, text) => {
    const key = /"Effect"\s*:/.exec(text)?.[0] ?? '';
    expect(mayRepeat(text.replace(key, `${key}"Allow",${key}`))).toBe(true);
  });

  test.each(written)('in the document, %s', (_, text) => {
    const key = /"Version"\s*:/.exec(text)?.[0] ?? '';
    expect(mayRepeat(text.replace(key, `${key}"2012-10-17",${key}`))).toBe(true);
  });

  test.each(['{"a":1,"a":1}', '{"a":{"b":"c","b":"c"}}', '[{"a":[],"a":[]}]', '{"":"","":""}'])('`%s`', (text) => {
    expect(mayRepeat(text)).toBe(true);
  });
});

test('a key written with an escape may be another, so the document is read a second time', () => {
  expect(mayRepeat(compact.replace('"Effect":"Allow"', '"\\u0045ffect":"Allow","Effect":"Allow"'))).toBe(true);
  expect(mayRepeat('{"a":"\\u0062"}')).toBe(true);
});

test('a value that begins with a colon looks like a key, so the document is read a second time', () => {
  expect(mayRepeat('{ "a": ":b" }')).toBe(true);
});
