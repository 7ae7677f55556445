import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gridRow, labelled, paragraph } from '../../cli/layout.ts';
import { createPaint } from '../../cli/paint.ts';
import { widthOf } from '../../cli/text-width.ts';

describe('how many cells a text takes', () => {
  test.each([
    ['ada', 3],
    ['José', 4],
    ['Jose\u0301', 4],
    ['管理者', 6],
    ['ｆｕｌｌ', 8],
    ['한국어', 6],
    ['\u1112\u1161\u11AB', 2],
    ['😀✅', 4],
    ['❤\uFE0F', 2],
    ['🇩🇪', 2],
    ['🧑🏽', 2],
    ['→…█', 3],
    [createPaint(true).verdict('critical'), 8],
    ['', 0],
  ])('%s takes %i', (text, cells) => {
    expect(widthOf(text)).toBe(cells);
  });
});

describe('a row', () => {
  const columns = [
    { name: 'who', width: 8 },
    { name: 'what', width: 10 },
  ];

  test('stands in its columns, whatever characters its cells hold', () => {
    for (const who of ['ada', '管理者', '✅ 😀', 'Jose\u0301', '🇩🇪🇫🇷']) {
      const [before = '', after] = gridRow(columns, { who, what: 'x' }).split('x');
      expect([widthOf(before), after]).toEqual([10, '']);
    }
  });

  test('wraps between words, and breaks a word only where it is wider than its column', () => {
    expect(gridRow(columns, { who: 'mara.lindqvist', what: 'made a user' })).toBe('mara.lin  made a\ndqvist    user');
  });

  test('never breaks within what a reader takes for one character', () => {
    const text = fc.array(fc.constantFrom('😀', '管', 'e\u0301', '🇩🇪', '🧑🏽', '❤\uFE0F', 'a', ' '), { maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 12 }), (characters, width) => {
        const lines = gridRow([{ name: 'cell', width }], { cell: characters.join('') }).split('\n');
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        for (const line of lines) expect(Buffer.from(line).toString()).toBe(line);
        expect(lines.join('').replaceAll(' ', '')).toBe(characters.join('').replaceAll(' ', ''));
        for (const line of lines) expect(line).not.toMatch(/^[\u0301\uFE0F\u{1F3FD}]/u);
      }),
    );
  });

  test('keeps a coloured word whole, so that its colour ends', () => {
    const red = createPaint(true).verdict('high');
    expect(gridRow([{ name: 'cell', width: 2 }], { cell: red })).toBe(red);
  });
});

test('a paragraph stands beside its label, and what a terminal would act on is written out', () => {
  expect(labelled('why', 'one two\u001B[2J three', { indent: 2, width: 32 })).toBe('  why  one two<U+001B>[2J three');
  expect(labelled('why', 'one two three four five six seven', { indent: 2, width: 30 })).toBe(
    '  why  one two three four five\n       six seven',
  );
});

test('the second line of a paragraph is set in', () => {
  expect(paragraph('one two three four five', 22, 2)).toBe('one two three four\n  five');
});
