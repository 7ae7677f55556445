import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { validateVerdict } from '../../schemas/validate.ts';
import { createUser, log, record } from './records.ts';
import { jsonLines, trailguard } from './run-command.ts';
import { useScratch } from './scratch.ts';

const scratch = useScratch();
const command = fileURLToPath(new URL('../../dist/trailguard.js', import.meta.url));
const idsIn = (out: string): string[] => jsonLines(out).map((line) => validateVerdict(line).id);
const clock = (index: number): string => new Date(Date.UTC(2026, 2, 17) + index * 1_000).toISOString().slice(11, 19);

/** Where the command keeps temporary files, and an environment that makes it. */
let temporary: { readonly folder: string; readonly env: { readonly TMPDIR: string } };
beforeEach(() => {
  const folder = join(scratch.folder, 'tmp');
  mkdirSync(folder);
  temporary = { folder, env: { TMPDIR: folder } };
});

describe('reading in several threads', () => {
  test('gives the same bytes for any number of workers and any order of the files', async () => {
    const files: string[] = [];
    for (let file = 0; file < 24; file += 1) {
      const records = Array.from({ length: 12 }, (_, index) => {
        const number = file + index * 24;
        const userName = `user-${number % 7}`;
        if (index % 4 === 0) return createUser(`id-${number % 200}`, clock(number % 200), userName);
        return record(`id-${number % 200}`, clock(number % 200), 'AttachUserPolicy', {
          userName,
          policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        });
      });
      files.push(await scratch.file(`trail/${file}.json.gz`, gzipSync(JSON.stringify(log(...records)))));
    }
    await scratch.file('trail/cut.json.gz', gzipSync(JSON.stringify(log(createUser('lost', '09:00:00', 'x')))).subarray(0, 90));
    const cut = join(scratch.folder, 'trail/cut.json.gz');
    const run = (...words: string[]) => trailguard(['replay', '--format', 'jsonl', ...words], { env: temporary.env });
    const one = await run('--workers', '1', ...files, cut);
    expect(idsIn(one.out)).toHaveLength(200);
    expect(one.err).toContain(`trailguard: ${cut}: damaged gzip: `);
    expect(one.status).toBe(2);
    for (const other of await Promise.all([
      run('--workers', '2', ...files, cut),
      run('--workers', '5', cut, ...files.toReversed()),
      run(join(scratch.folder, 'trail')),
    ]))
      expect(other).toEqual(one);
    expect(readdirSync(temporary.folder)).toEqual([]);
  });

  test('a trail of more changes than are held goes through files, which are removed', async () => {
    const padding = 'x'.repeat(90_000);
    const paths: string[] = [];
    for (let file = 0; file < 60; file += 1) {
      const records = Array.from({ length: 10 }, (_, index) =>
        record(`id-${file}-${index}`, clock(600 - file * 10 - index), 'TagUser', {
          userName: `u${index}`,
          tags: [{ key: 'k', value: padding }],
        }),
      );
      paths.push(await scratch.file(`big/${file}.json.gz`, gzipSync(JSON.stringify(log(...records)), { level: 1 })));
    }
    const { out, status } = await trailguard(['replay', '--format', 'jsonl', '--workers', '2', ...paths], { env: temporary.env });
    const expected = Array.from({ length: 600 }, (_, index) => `id-${59 - Math.floor(index / 10)}-${9 - (index % 10)}`);
    expect(idsIn(out)).toEqual(expected);
    expect(status).toBe(0);
    expect(readdirSync(temporary.folder)).toEqual([]);
  });
});

describe('filters', () => {
  const policyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const trail = log(
    createUser('made', '09:00:00', 'a'),
    record('admin', '10:00:00', 'AttachUserPolicy', { userName: 'a', policyArn }),
    { ...createUser('elsewhere', '11:00:00', 'b'), recipientAccountId: '444455556666' },
    record('gone', '12:00:00', 'DetachUserPolicy', { userName: 'a', policyArn }),
  );
  const shown = async (...words: string[]): Promise<string[]> =>
    idsIn((await trailguard(['replay', '--format', 'jsonl', ...words, '-'], { stdin: JSON.stringify(trail) })).out);

  test.each([
    [
      ['--since', '2026-03-17T10:00:00Z'],
      ['admin', 'elsewhere', 'gone'],
    ],
    [
      ['--until', '2026-03-17T11:00:00'],
      ['made', 'admin'],
    ],
    [
      ['--since', '2026-03-17', '--until', '2026-03-17'],
      ['made', 'admin', 'elsewhere', 'gone'],
    ],
    [['--until', '2026-03-16'], []],
    [['--since', '12h'], []],
    [['--account', '444455556666'], ['elsewhere']],
    [
      ['--account', '444455556666', '--account', '111122223333'],
      ['made', 'admin', 'elsewhere', 'gone'],
    ],
    [
      ['--event', 'CreateUser', '--event', 'DetachUserPolicy'],
      ['made', 'elsewhere', 'gone'],
    ],
    [['--min-severity', 'high'], ['admin']],
    [['--event', 'CreateUser', '--account', '111122223333'], ['made']],
  ])('%j', async (words, ids) => {
    expect(await shown(...words)).toEqual(ids);
  });

  test.each([
    [['--event', 'CreateUsr'], 'did you mean `CreateUser`?'],
    [['--event', 'CreateRole'], 'gives no verdict'],
    [['--event', 'constructor'], 'no event that is judged'],
    [['--account', 'prod'], 'twelve digits'],
    [['--since', '2026-02-30'], 'is no time'],
    [['--since', 'yesterday'], 'is no time'],
    [['--since', '2026-03-02', '--until', '2026-03-01'], 'nothing lies between them'],
    [['--min-severity', 'worst'], 'critical, high, medium, low'],
    [['--workers', '0'], 'from 1 to 999'],
  ])('%j is bad usage', async (words, reason) => {
    const { out, err, status } = await trailguard(['replay', ...words, '-'], { stdin: '{"Records":[]}' });
    expect({ out, status }).toEqual({ out: '', status: 2 });
    expect(err).toContain(reason);
  });
});

describe('Ctrl-C', () => {
  /** Runs until stdin was read in part, which never ends, and interrupts. */
  test('while reading: what was read is judged, the last line says how far it came, and nothing is left behind', async () => {
    const done = await scratch.file('done.json', log(createUser('read', '09:00:00', 'a')));
    const child = spawn(process.execPath, [command, 'replay', '--format', 'jsonl', '--workers', '1', done, '-'], {
      env: { ...process.env, ...temporary.env },
    });
    const heard = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      heard.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      heard.err += text;
    });
    child.stdin.on('error', () => {});
    child.stdin.write('{"Records":[');
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.stdin.end();
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(idsIn(heard.out)).toEqual(['read']);
    expect(heard.err).toContain('interrupted: judging what was read so far');
    expect(heard.err.trimEnd().split('\n').at(-1)).toMatch(/^trailguard: interrupted: .+, 1 verdict given/);
    expect(status).toBe(2);
    expect(readdirSync(temporary.folder)).toEqual([]);
  });

  test('while judging: what was judged is given whole, and the last line says up to when', async () => {
    const records = Array.from({ length: 20_000 }, (_, index) => createUser(`id-${index}`, clock(index), `user-${index}`));
    const trail = await scratch.file('long.json', log(...records));
    const child = spawn(process.execPath, [command, 'replay', '--format', 'jsonl', trail], { env: { ...process.env, ...temporary.env } });
    const heard = { out: '', err: '' };
    child.stdout.setEncoding('utf8').once('data', () => child.kill('SIGINT'));
    child.stdout.on('data', (text: string) => {
      heard.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      heard.err += text;
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    const ids = idsIn(heard.out);
    expect(ids).toEqual(records.slice(0, ids.length).map(({ eventID }) => eventID));
    expect(ids.length).toBeLessThan(records.length);
    expect(heard.err.trimEnd().split('\n').at(-1)).toMatch(
      new RegExp(`^trailguard: interrupted: .+, ${ids.length.toLocaleString('en')} verdicts given`),
    );
    expect(status).toBe(2);
    expect(readdirSync(temporary.folder)).toEqual([]);
  });

  test('twice: ends at once', async () => {
    const child = spawn(process.execPath, [command, 'replay', '-'], { env: { ...process.env, ...temporary.env } });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.stdin.on('error', () => {});
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.kill('SIGINT');
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
    expect(err.trimEnd().split('\n').at(-1)).toBe('trailguard: interrupted: ended at once, and nothing more was judged');
  });
});
