import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covers, matcherOf, overlaps } from '../../policy/wildcards.ts';
import { runs } from '../property-runs.ts';

/** Every text up to six characters over two letters that patterns use and one that none does. */
const texts = ((): string[] => {
  let longest = [''];
  const all = [''];
  for (let length = 1; length <= 6; length++) {
    longest = longest.flatMap((text) => ['a', 'b', 'x'].map((letter) => text + letter));
    all.push(...longest);
  }
  return all;
})();

function expression(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('?', '[^]').replaceAll('*', '[^]*')}$`);
}

const matched = (pattern: string) => texts.filter((text) => expression(pattern).test(text));
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });

describe('covers', () => {
  test('agrees with trying every short text', () => {
    fc.assert(
      fc.property(pattern, pattern, (outer, inner) => {
        expect(covers(outer, inner)).toBe(matched(inner).every((text) => expression(outer).test(text)));
      }),
      runs(1_500),
    );
  });

  test('is plain matching where inner has no wildcard', () => {
    fc.assert(
      fc.property(pattern, fc.constantFrom(...texts), (outer, text) => {
        expect(covers(outer, text)).toBe(expression(outer).test(text));
      }),
      runs(300),
    );
  });

  test.each([
    ['**', '*'],
    ['?*', '*?'],
    ['*?', '?*'],
    ['*', '**'],
    ['*?*', '?'],
    ['arn:aws:kms:*', 'arn:aws:kms:?*:????????????:key/?*'],
    ['arn:*/*', 'arn:aws:s3:::bucket/a/b'],
    ['a?*', 'ab*'],
    ['a?*', 'a*b'],
    ['a*a', 'aba'],
    ['', ''],
  ])('%s covers %s', (outer, inner) => {
    expect(covers(outer, inner)).toBe(true);
  });

  test.each([
    ['?*', '*'],
    ['a', 'A'],
    ['a', 'a*'],
    ['a.c', 'abc'],
    ['*a', '*'],
    ['a?*', 'a*'],
    ['a*a', 'a'],
    ['', 'a'],
    ['?', ''],
  ])('%s does not cover %s', (outer, inner) => {
    expect(covers(outer, inner)).toBe(false);
  });
});

test('a matcher tells of a text what covers tells', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 7 }), (pattern) => {
      const matches = matcherOf(pattern);
      for (const text of texts) expect(matches(text), `${pattern} ${text}`).toBe(covers(pattern, text));
    }),
    runs(200),
  );
});

test.each([
  // Each stretch between stars takes letters of its own.
  ['*b*b*', 'b', false],
  ['*b*b*', 'bxb', true],
  ['*bc*c', 'bc', false],
  ['*bc*c', 'bcc', true],
  ['ab*b', 'ab', false],
  ['ab*b', 'abb', true],
])('a matcher of %s says of %s: %s', (pattern, text, expected) => {
  expect(matcherOf(pattern)(text)).toBe(expected);
});

describe('overlaps', () => {
  test.each([
    ['a*', '*b'],
    ['*a', 'a?'],
    ['a?', '?b'],
    ['*', ''],
    ['a*a', 'aa'],
    ['arn:aws:kms:*:key/*', 'arn:*:111122223333:*'],
  ])('%s and %s meet', (a, b) => {
    expect(overlaps(a, b)).toBe(true);
    expect(overlaps(b, a)).toBe(true);
  });

  test.each([
    ['a*', 'b*'],
    ['*a', '*b'],
    ['a*b', 'a*c'],
    ['a*a', 'a'],
    ['a?', 'a'],
    ['arn:aws:kms:*', 'arn:aws:s3:*'],
    ['*/key', '*/alias'],
  ])('%s and %s do not', (a, b) => {
    expect(overlaps(a, b)).toBe(false);
    expect(overlaps(b, a)).toBe(false);
  });

  test('agrees with trying every short text, whichever comes first', () => {
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        const common = matched(a).some((text) => expression(b).test(text));
        // Two patterns of four can need a text of seven or eight to meet: those the short texts can't refute.
        if (common || a.length + b.length <= 6) expect(overlaps(a, b)).toBe(common);
        expect(overlaps(b, a)).toBe(overlaps(a, b));
      }),
      runs(1_500),
    );
  });
});
