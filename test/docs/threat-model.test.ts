import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/threat-model.md', root), 'utf8');
const [, threats = ''] = page.split('\n## Threats\n');
const sections = threats
  .split('\n### ')
  .slice(1)
  .map((text) => {
    const [title = ''] = text.split('\n', 1);
    return { title, text };
  });
const claim = /^- `(test\/[\w/.-]+)`: “(.+)”$/gm;
const claims = [...page.matchAll(claim)].map(([, file = '', title = '']) => ({ file, title }));

/** Whether a test of that title is in a file: the title stands as it is, in quotation marks, and nothing before it on its line makes it a comment. */
const holds = (text: string, title: string): boolean =>
  text
    .split('\n')
    .some((line) => !/^\s*(\/\/|\*)/.test(line) && [`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) => line.includes(quoted)));

describe('the threat model', () => {
  test('names tests, and each of them is there', () => {
    expect(claims.length).toBeGreaterThan(100);
    const missing = claims.filter(({ file, title }) => {
      const path = new URL(file, root);
      return !existsSync(path) || !holds(readFileSync(path, 'utf8'), title);
    });
    expect(missing).toEqual([]);
  });

  test('would see a test that is not there', () => {
    expect(holds("it('holds', () => {})", 'holds')).toBe(true);
    expect(holds("// it('holds', () => {})", 'holds')).toBe(false);
    expect(holds("it('holds more', () => {})", 'holds')).toBe(false);
  });

  test.each(sections)('says of “$title” what holds it and what is left', ({ text }) => {
    expect([...text.matchAll(claim)].length).toBeGreaterThan(2);
    expect(text).toMatch(/\n\*\*Left\.\*\* \S.{20}/);
  });

  test('has no line in its lists that is read as none', () => {
    const lines = threats.split('\n').filter((line) => line.startsWith('- '));
    expect(lines.filter((line) => !new RegExp(claim.source).test(line))).toEqual([]);
  });

  test('links to files that are there', () => {
    const links = [...page.matchAll(/\]\(([^)#]+?)(?:#[^)]*)?\)/g)].map(([, path = '']) => path).filter((path) => !path.startsWith('http'));
    expect(links.filter((path) => !existsSync(new URL(path, new URL('docs/', root))))).toEqual([]);
  });
});
