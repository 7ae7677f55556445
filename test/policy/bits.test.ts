import { expect, test } from 'vitest';
import { bitsWhere, size, sizeOfShared } from '../../policy/bits.ts';

test.each([0, 1, 31, 32, 33, 100])('of %i items, all, none and every third are counted', (length) => {
  expect(size(bitsWhere(length, () => true))).toBe(length);
  expect(size(bitsWhere(length, () => false))).toBe(0);
  expect(size(bitsWhere(length, (i) => i % 3 === 0))).toBe(Math.ceil(length / 3));
});

test('what two sets share is counted, in the first item of a word and in its last', () => {
  const ends = bitsWhere(64, (i) => i % 32 === 0 || i % 32 === 31);
  expect(
    sizeOfShared(
      ends,
      bitsWhere(64, (i) => i !== 31),
    ),
  ).toBe(3);
  expect(
    sizeOfShared(
      ends,
      bitsWhere(64, (i) => i === 5),
    ),
  ).toBe(0);
});
