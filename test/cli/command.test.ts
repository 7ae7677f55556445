import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { trailguard } from './run-command.ts';

describe('the command', () => {
  test('--version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await trailguard(['--version'])).toEqual({ out: `${version}\n`, err: '', status: 0 });
  });

  test('--help shows examples and the exit statuses, on stdout', async () => {
    const { out, err, status } = await trailguard(['--help']);
    expect(out).toContain('Examples:\n  trailguard replay examples/');
    expect(out).toContain('Exit status: 0');
    expect({ err, status }).toEqual({ err: '', status: 0 });
  });

  test.each([
    ['no subcommand', []],
    ['an unknown subcommand', ['reply']],
    ['an unknown option', ['replay', '--fast', '-']],
    ['no path', ['replay']],
    ['an unknown format', ['check', '--format', 'yaml', '-']],
    ['an unknown severity', ['check', '--fail-on', 'bad', '-']],
    ['an unknown rule', ['rules', 'no-such-rule']],
  ])('%s is bad usage: status 2, told on stderr', async (_, words) => {
    const { out, err, status } = await trailguard(words);
    expect({ out, status }).toEqual({ out: '', status: 2 });
    expect(err).not.toBe('');
    expect(err).not.toMatch(/\n\s+at /);
  });

  test('rules lists every rule, and explains one', async () => {
    const { out: list } = await trailguard(['rules']);
    expect(list).toMatch(/^admin-access +critical +\S/m);
    const { out: page, status } = await trailguard(['rules', 'admin-access']);
    expect(page).toContain('Security Hub IAM.1');
    expect(page).toContain('https://docs.aws.amazon.com/');
    expect(status).toBe(0);
  });

  test('colour repeats words only, and only where it is asked for', async () => {
    const rules = async (words: string[], env: Record<string, string> = {}) => (await trailguard(['rules', ...words], { env })).out;
    const plain = await rules([]);
    expect(plain).not.toContain('\u001b');
    expect(await rules([], { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(plain);
    expect(await rules(['--no-color'], { FORCE_COLOR: '1' })).toBe(plain);
    const coloured = await rules([], { FORCE_COLOR: '1' });
    expect(coloured).toContain('\u001b[31m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
    expect(await rules(['--color'], { NO_COLOR: '1' })).toBe(coloured);
  });
});
