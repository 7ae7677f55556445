import { expect, test } from 'vitest';
import { positionsIn } from '../../policy/json-tree.ts';

test.each([
  [0, 1, 1],
  [1, 1, 2],
  // A line's end is the last of its columns.
  [2, 1, 3],
  [3, 2, 1],
  [5, 2, 3],
  [6, 3, 1],
  [7, 4, 1],
  [9, 4, 3],
])('offset %i stands on line %i, column %i', (offset, line, column) => {
  expect(positionsIn('ab\ncd\n\nef')(offset)).toEqual({ line, column });
});

test('without a line end everything stands on line 1', () => {
  expect(positionsIn('{}')(1)).toEqual({ line: 1, column: 2 });
});
