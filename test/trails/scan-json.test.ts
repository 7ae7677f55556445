import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanValue } from '../../trails/scan-json.ts';
import { malformed, unfinished } from '../../trails/scan-scalar.ts';

const scan = (text: string): number => {
  const bytes = Buffer.from(text);
  return scanValue(bytes, 0, bytes.length);
};
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
/** Whether the text is one JSON value with nothing after it, by the scanner. */
const isScanned = (text: string): boolean => {
  const start = /^[ \t\r\n]*/.exec(text)?.[0].length ?? 0;
  const rest = text.slice(start);
  const end = scan(rest);
  return end >= 0 && /^[ \t\r\n]*$/.test(Buffer.from(rest).subarray(end).toString());
};

describe('scanValue takes exactly what JSON.parse takes', () => {
  test('for JSON, compact and pretty-printed', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (text, indent) => {
        const written = JSON.stringify(JSON.parse(text), undefined, indent);
        expect(isScanned(written)).toBe(true);
      }),
    );
  });

  test('for JSON in which a character was changed, put in or left out', () => {
    const piece = fc.constantFrom(
      '"',
      '\\',
      '\\u',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '-',
      '.',
      'e',
      '1',
      't',
      ' ',
      '\n',
      '\u0001',
      'é',
      '',
    );
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.nat({ max: 1 }), piece, (text, at, length, put) => {
        const place = at % (text.length + 1);
        const changed = text.slice(0, place) + put + text.slice(place + length);
        expect([changed, isScanned(changed)]).toEqual([changed, isJson(changed)]);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    '-',
    '01',
    '1.',
    '.5',
    '1e',
    '1e+',
    '-0',
    '0.5e-7',
    '+1',
    'tru',
    'nul',
    'True',
    '"\\x"',
    '"\\u12G4"',
    '"\t"',
    '{"a" 1}',
    '{a:1}',
    '[1,]',
    '{"a":1,}',
    '[1 2]',
    '',
    ']',
  ])('for %j', (text) => {
    expect(isScanned(text)).toBe(isJson(text));
  });

  test('a value cut anywhere is unfinished, never malformed', () => {
    const text = '{"a":[1,true,{"b\\u0041":"c\\n"}],"d":null,"e":-1.5e3}';
    for (let length = 1; length < text.length; length += 1) expect([length, scan(text.slice(0, length))]).toEqual([length, unfinished]);
    expect(scan(text)).toBe(text.length);
  });

  test('what is nested beyond sense is left to others', () => {
    expect(scan('['.repeat(100_000))).toBe(malformed);
  });
});
