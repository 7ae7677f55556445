import { describe, expect, test } from 'vitest';
import { visible } from '../../schemas/visible-text.ts';

describe('visible', () => {
  test.each([
    ['a line break', 'a\r\nb', 'a<U+000D><U+000A>b'],
    ['a terminal escape', '\u001b[2Jgone', '<U+001B>[2Jgone'],
    ['a C1 control', 'a\u009bb', 'a<U+009B>b'],
    ['a turned writing direction', 'user\u202Enimda', 'user<U+202E>nimda'],
    ['an isolate', '\u2066x\u2069', '<U+2066>x<U+2069>'],
    ['zero width', 'ad\u200Bmin\uFEFF', 'ad<U+200B>min<U+FEFF>'],
    ['a line separator', 'a\u2028b', 'a<U+2028>b'],
    ['an invisible tag character', 'a\u{E0041}', 'a<U+E0041>'],
    ['half of a surrogate pair', 'a\ud83d', 'a<U+D83D>'],
  ])('writes out %s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('leaves text that can be seen as it is', () => {
    const text = 'Zoë Müller – 東京 🔑 ops@example.com/{x}\\u{41}';
    expect(visible(text)).toBe(text);
  });
});
