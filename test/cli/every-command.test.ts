import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../cli/program.ts';
import { widthOf } from '../../cli/text-width.ts';
import { trailguard } from './run-command.ts';

const silent = { stdin: (async function* () {})(), out: () => {}, write: async () => {}, err: () => {}, columns: 80, colour: false };
const program = createProgram(silent, () => {});
const names = program.commands.map((command) => command.name());
/** What each takes besides its options, so that it gets as far as reading them. */
const words = (name: string) => [
  name,
  ...(program.commands.find((command) => command.name() === name)?.registeredArguments ?? []).map(() => '-'),
];

test('the program knows the commands that its users know', () => {
  expect(names).toEqual(expect.arrayContaining(['replay', 'check', 'sweep', 'rules', 'init']));
});

describe.each(names)('%s', (name) => {
  test('says in its help what it does, with examples, within 80 columns', async () => {
    const { out, err, status } = await trailguard([name, '--help']);
    expect({ err, status }).toEqual({ err: '', status: 0 });
    const [usage, , description = '', ...rest] = out.split('\n');
    expect(usage).toMatch(new RegExp(`^Usage: trailguard ${name} `));
    expect(description).toMatch(/^[a-z].*[^.]$/);
    expect(rest.join('\n')).toMatch(new RegExp(`\nExamples:\n(  .*\n)*  (.* )?trailguard ${name}`));
    expect(out.split('\n').filter((line) => widthOf(line) > 80)).toEqual([]);
    expect(out).not.toMatch(/default: (false|null)|undefined|Infinity/);
  });

  test('explains every option and argument', () => {
    const command = program.commands.find((each) => each.name() === name);
    const undescribed = [...(command?.options ?? []), ...(command?.registeredArguments ?? [])].filter(
      ({ description }) => description === '',
    );
    expect(undescribed).toEqual([]);
  });

  test('ends with 2 and one line at an option that it does not know, and names the one that was meant', async () => {
    expect(await trailguard([...words(name), '--no-such-thing'])).toEqual({
      out: '',
      err: `trailguard: unknown option \`--no-such-thing\` (see \`trailguard ${name} --help\`)\n`,
      status: 2,
    });
    const long = program.commands.find((each) => each.name() === name)?.options.find((option) => option.long)?.long;
    if (long === undefined) return;
    const { err } = await trailguard([...words(name), `${long}s`]);
    expect(err).toContain(`did you mean \`${long}\`?`);
  });

  test('ends with 2 and one line at an argument too many, or none where one is needed', async () => {
    const variadic = program.commands.find((each) => each.name() === name)?.registeredArguments.some((argument) => argument.variadic);
    const { out, err, status } = await trailguard(variadic ? [name] : [...words(name), 'more']);
    expect({ out, status, lines: err.split('\n').length }).toEqual({ out: '', status: 2, lines: 2 });
    expect(err).toMatch(variadic ? /^trailguard: (missing required argument|name ) ?/ : /^trailguard: too many arguments /);
  });

  test('colours where it is asked to, and nowhere else', async () => {
    const help = async (env: Record<string, string>, ...more: string[]) => (await trailguard([name, '--help', ...more], { env })).out;
    const plain = await help({});
    expect(plain).toBe(stripVTControlCharacters(plain));
    expect(await help({ NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(plain);
    expect(await help({ FORCE_COLOR: '0' })).toBe(plain);
    const coloured = await help({ FORCE_COLOR: '1' });
    expect(coloured).not.toBe(plain);
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  test('is named where its name is mistyped', async () => {
    const { out, err, status } = await trailguard([`${name}x`]);
    expect({ out, status }).toEqual({ out: '', status: 2 });
    expect(err).toBe(`trailguard: unknown command \`${name}x\`: did you mean \`${name}\`? (see \`trailguard --help\`)\n`);
    for (const more of [
      ['help', `${name}x`],
      [`${name}x`, '--help'],
    ])
      expect(await trailguard(more)).toEqual({ out, err, status });
  });
});

test('what is typed is told as it was typed, and moves no cursor', async () => {
  const { err } = await trailguard(['\u001B[2Jrules']);
  expect(err).toContain('unknown command `<U+001B>[2Jrules`');
});

test('COLUMNS is respected where output goes through a pipe', async () => {
  const widest = async (COLUMNS: string) =>
    Math.max(
      ...(await trailguard(['rules', 'admin-access'], { env: { COLUMNS } })).out
        .split('\n')
        .filter((line) => !line.includes('https:'))
        .map(widthOf),
    );
  expect(await widest('60')).toBeLessThanOrEqual(60);
  expect(await widest('110')).toBeGreaterThan(100);
  expect(await widest('wide')).toBeLessThanOrEqual(100);
});

test('a reader that goes away ends it quietly', async () => {
  const command = fileURLToPath(new URL('../../dist/trailguard.js', import.meta.url));
  const child = spawn(process.execPath, [command, 'rules', 'admin-access'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stdout.destroy();
  const [status] = await once(child, 'close');
  expect({ said, status }).toEqual({ said: '', status: 0 });
});

test('no stack trace is shown without --debug', async () => {
  const { err } = await trailguard(['check', '--config', 'no-such-file', '-']);
  expect(err).not.toMatch(/\n\s+at /);
  expect((await trailguard(['--debug', 'check', '--config', 'no-such-file', '-'])).err).toMatch(/\n\s+at /);
});
