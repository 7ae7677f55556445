import { describe, expect, test } from 'vitest';
import { codeFrame } from '../../../cli/check/code-frame.ts';
import { visible } from '../../../schemas/visible-text.ts';

const frame = (text: string, places: [line: number, column: number][], width = 80) =>
  codeFrame(
    text,
    places.map(([line, column]) => ({ line, column })),
    width,
  );

describe('the code frame', () => {
  test('shows each line with carets under its places', () => {
    const text = '{\n  "Action": "*",\n  "Resource": ["a", "*"]\n}';
    expect(
      frame(text, [
        [3, 21],
        [2, 13],
        [3, 16],
      ]),
    ).toEqual(['2 |   "Action": "*",', '  |             ^', '3 |   "Resource": ["a", "*"]', '  |                ^    ^']);
  });

  test('shows three lines at most, and lines up their numbers', () => {
    const text = Array.from({ length: 12 }, (_, index) => `line ${index + 1}`).join('\r\n');
    const lines = frame(text, [
      [9, 1],
      [10, 1],
      [11, 1],
      [12, 1],
    ]);
    expect(lines.filter((_, index) => index % 2 === 0)).toEqual([' 9 | line 9', '10 | line 10', '11 | line 11']);
  });

  test.each([
    ['at its start', 1],
    ['in its middle', 5000],
    ['at its end', 10_000],
  ])('cuts a long line around a place %s', (_, column) => {
    const text = `${'a'.repeat(column - 1)}X${'b'.repeat(10_000 - column)}`;
    const [code = '', carets = ''] = frame(text, [[1, column]], 60);
    expect(code.length).toBeLessThanOrEqual(60);
    expect(code.length).toBeGreaterThan(55);
    expect(code[carets.indexOf('^')]).toBe('X');
    expect(code.startsWith('1 | …')).toBe(column > 1);
    expect(code.endsWith('…')).toBe(column < 10_000);
  });

  test('a line of many megabytes takes no time', () => {
    const text = `${'x'.repeat(20_000_000)}*`;
    const start = performance.now();
    expect(frame(text, [[1, 20_000_001]], 40)[0]).toMatch(/x\*$/);
    expect(performance.now() - start).toBeLessThan(200);
  });

  test('wide characters, marks and pairs of units do not shift the caret', () => {
    // Two cells each: the caret stands at the cell where the star does.
    expect(frame('漢字 "*"', [[1, 4]])).toEqual(['1 | 漢字 "*"', '  |      ^']);
    expect(frame('e\u0301 *', [[1, 4]])).toEqual(['1 | e\u0301 *', '  |   ^']);
    expect(frame('🙂 *', [[1, 4]])).toEqual(['1 | 🙂 *', '  |    ^']);
    expect(frame('\t*', [[1, 2]])).toEqual(['1 |   *', '  |   ^']);
  });

  test('what a terminal would act on is written out', () => {
    const shown = visible('\u001b[2J\u202e');
    expect(shown).toMatch(/^[\x20-\x7e]+$/);
    expect(frame('\u001b[2J\u202e*', [[1, 6]])).toEqual([`1 | ${shown}*`, `  | ${' '.repeat(shown.length)}^`]);
  });
});
