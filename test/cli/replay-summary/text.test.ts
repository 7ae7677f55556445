import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createPaint } from '../../../cli/paint.ts';
import type { Looked } from '../../../cli/replay-summary/summary.ts';
import { createTextTelling } from '../../../cli/replay-summary/telling.ts';
import { widthOf } from '../../../cli/text-width.ts';
import { defaultConfiguration } from '../../../schemas/configuration.ts';
import type { Verdict } from '../../../schemas/verdict.ts';
import { administrator, created, lifeOfEve, tagged, verdict } from './verdicts.ts';

async function textOf(verdicts: Iterable<Verdict>, { columns = 100, colour = false, looked = {} as Partial<Looked> } = {}) {
  const telling = createTextTelling(defaultConfiguration, columns, createPaint(colour));
  for (const one of verdicts) telling.add(one);
  return telling.finish({ looked: { records: 9, duplicates: 0, ...looked } });
}

const hostile = 'x\u001b[2J\u202Enimda\nclean';

describe('the text at the end of a replay', () => {
  test('comes in the order in which it is to be seen: verdicts, stories, users, counts, and the worst last', async () => {
    const text = await textOf(lifeOfEve());
    const order = [
      'TIME',
      'Stories',
      'Users to look at first',
      'findings by rule',
      'judged  2026-03-17 09:00:00 to 2026-03-18 08:00:00 UTC',
      '7 changes judged in 9 IAM records',
      '1 critical, 1 high, 2 medium, 1 attempted, 2 clean',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(text).toMatch(/\ncritical {2}mara \(role admins\) attached AdministratorAccess to user eve.*$/s);
  });

  test.each([40, 60, 80, 100, 140, 300])('fits %d columns, commands excepted', async (columns) => {
    const many = Array.from({ length: 40 }, (_, day) =>
      verdict({
        at: new Date(Date.parse('2026-01-01') + day * 86_400_000).toISOString(),
        who: `user-${day}`,
        user: `u${day}`,
        findings: [created],
      }),
    );
    for (const verdicts of [lifeOfEve(), many]) {
      const lines = (await textOf(verdicts, { columns })).split('\n').filter((line) => !line.includes(' aws iam '));
      expect(lines.filter((line) => widthOf(line) > Math.min(120, Math.max(60, columns)))).toEqual([]);
    }
  });

  test('colour only repeats what the words say', async () => {
    const [plain, coloured] = [await textOf(lifeOfEve()), await textOf(lifeOfEve(), { colour: true })];
    expect(coloured).not.toBe(plain);
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  test('foreign text can neither move the cursor nor begin a line', async () => {
    const text = await textOf([
      verdict({
        who: hostile,
        user: hostile,
        event: 'AttachUserPolicy',
        severity: 'critical',
        findings: [administrator],
        actions: tagged(hostile),
        account: hostile,
        id: hostile,
      }),
      verdict({ who: hostile, user: hostile, event: hostile }),
      verdict({ outcome: 'clean' }),
    ]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
    expect(text).not.toMatch(/^clean/m);
    expect(text).toContain('x<U+001B>[2J<U+202E>nimda<U+000A>clean');
  });

  test('says what it was asked for, what could not be read, and that it was interrupted', async () => {
    const looked = { files: 3, unread: 2, filters: ['--since 2026-01-01', '--account 111122223333'], interrupted: true, duplicates: 4 };
    const text = await textOf([verdict({ outcome: 'clean' })], { looked });
    expect(text).toContain('account 111122223333, 3 files');
    expect(text).toContain('only    --since 2026-01-01 --account 111122223333');
    expect(text).toContain('unread  2 inputs could not be read, or not to the end');
    expect(text).toContain('1 change judged in 9 IAM records (4 delivered again)');
    expect(text).toContain('interrupted');
  });

  test('lists are cut at twenty and say so, and the counts still add up', async () => {
    const verdicts = Array.from({ length: 30 }, (_, index) => verdict({ who: `user-${String(index).padStart(2, '0')}`, outcome: 'clean' }));
    const text = (await textOf(verdicts)).replaceAll(/\s+/g, ' ');
    expect(text).toContain('user-19 1, and 10 of 10 others');
    expect(text).not.toContain('user-20 1,');
  });

  test('more than two hundred verdicts are a table of the worst twenty, in time order', async () => {
    const at = (index: number) => new Date(Date.parse('2026-03-17T00:00:00Z') + index * 1_000).toISOString();
    const verdicts = Array.from({ length: 201 }, (_, index) =>
      verdict({
        at: at(index),
        id: `n${index}`,
        user: `u${index}`,
        ...(index % 50 === 7 ? { severity: 'critical' as const } : { outcome: 'clean' as const }),
      }),
    );
    const few = await textOf(verdicts.slice(0, 200));
    expect(few.match(/CreateUser → /g)).toHaveLength(200);
    const text = await textOf(verdicts);
    const rows = [...text.matchAll(/^\d\d:(\d\d:\d\d) .*CreateUser → (u\d+) +(\w+)$/gm)].map(([, , user, word]) => `${user} ${word}`);
    expect(rows).toHaveLength(20);
    expect(rows.slice(0, 4)).toEqual(['u7 critical', 'u57 critical', 'u107 critical', 'u157 critical']);
    expect(rows.slice(4)).toEqual(Array.from({ length: 16 }, (_, index) => `u${185 + index} clean`));
    expect(text).toContain('The 20 worst of 201 verdicts');
    expect(text).toContain('--format jsonl');
  });

  test('without any verdict it is one line', async () => {
    expect(await textOf([])).toBe('No IAM change to judge in 9 IAM records');
  });

  test('users of several accounts are told apart', async () => {
    const text = await textOf([verdict({ findings: [created] }), verdict({ findings: [created], account: '444455556666' })]);
    expect(text).toContain('ada of account 111122223333');
    expect(text).toContain('ada of account 444455556666');
    expect(text).toContain('accounts 111122223333, 444455556666');
  });
});
