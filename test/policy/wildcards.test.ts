import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covers, overlaps } from '../../policy/wildcards.ts';
import { milliseconds } from './documents.ts';

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
      { numRuns: 1_500 },
    );
  });

  test('is plain matching where inner has no wildcard', () => {
    fc.assert(
      fc.property(pattern, fc.constantFrom(...texts), (outer, text) => {
        expect(covers(outer, text)).toBe(expression(outer).test(text));
      }),
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
  ])('%s covers %s', (outer, inner) => {
    expect(covers(outer, inner)).toBe(true);
  });

  test.each([
    ['?*', '*'],
    ['a', 'A'],
    ['a', 'a*'],
    ['a.c', 'abc'],
    ['*a', '*'],
  ])('%s does not cover %s', (outer, inner) => {
    expect(covers(outer, inner)).toBe(false);
  });
});

describe('overlaps', () => {
  test('agrees with trying every short text, whichever comes first', () => {
    fc.assert(
      fc.property(pattern, pattern, (a, b) => {
        const common = matched(a).some((text) => expression(b).test(text));
        // Two patterns of four can need a text of seven or eight to meet: those the short texts can't refute.
        if (common || a.length + b.length <= 6) expect(overlaps(a, b)).toBe(common);
        expect(overlaps(b, a)).toBe(overlaps(a, b));
      }),
      { numRuns: 1_500 },
    );
  });
});

describe('the work is bounded', () => {
  const size = 6_144;
  const hostile: [string, string, string][] = [
    ['a*a*a*…b on a run of a', `${'a*'.repeat(size / 2)}b`, 'a'.repeat(size)],
    ['*?*?… on a run of letters', '*?'.repeat(size / 2), 'a'.repeat(size)],
    ['*?*?…b on a run of letters', `${'*?'.repeat(size / 2)}b`, 'a'.repeat(size)],
    ['*aaa…b on a run of a', `*${'a'.repeat(size / 2)}b`, 'a'.repeat(size)],
    ['stars against stars', '*?*a'.repeat(size / 4), '?*a*'.repeat(size / 4)],
  ];
  test.each(hostile)('%s is answered in well under a second', (_, outer, inner) => {
    expect(milliseconds(() => covers(outer, inner))).toBeLessThan(500);
    expect(milliseconds(() => covers(inner, outer))).toBeLessThan(500);
    expect(milliseconds(() => overlaps(outer, inner))).toBeLessThan(500);
    expect(milliseconds(() => overlaps(inner, outer))).toBeLessThan(500);
  });
});
