import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../../cli/report/report.ts';
import { trailguard } from '../run-command.ts';
import { useScratch } from '../scratch.ts';
import { allowing, customer, guardTags, savedAccount } from './saved-account.ts';

const scratch = useScratch();
const evidence = '2026-02-01T08:00:00Z ada';
const details = savedAccount({
  zoe: {
    inline: { own: allowing('*') },
    tags: guardTags({ verdict: 'critical', findings: 'admin-access policy-attached-directly', since: '2026-02-01T08:00:00Z', evidence }),
  },
  ben: { inline: { own: allowing('s3:*') } },
  cleo: { tags: guardTags({ verdict: 'clear', since: '2026-01-01T08:00:00Z', cleared: '2026-01-02T08:00:00Z', evidence }) },
  dan: { tags: guardTags({ verdict: 'undetermined', evidence }) },
  eve: {},
  'x\u001b[31m': {},
});
const on = async (...words: string[]) => trailguard(['report', '--from', await scratch.file('account.json', details), ...words]);

describe('the four numbers', () => {
  test('are the same in every format', async () => {
    const text = await on();
    expect(text).toMatchObject({ err: '', status: 0 });
    expect(text.out.trimEnd().split('\n').at(-1)).toBe('6 users: 2 flagged, 1 not judged, 1 cleared, 2 never flagged (1 critical, 1 high)');
    const { counts } = JSON.parse((await on('--format', 'json')).out) as Report;
    expect(counts).toMatchObject({ users: 6, flagged: 2, undetermined: 1, cleared: 1, unflagged: 2 });
    const csv = (await on('--format', 'csv')).out;
    expect(csv).toContain('6 users: 2 flagged, 1 not judged, 1 cleared, 2 never flagged');
    const html = (await on('--format', 'html')).out;
    expect([...html.matchAll(/<dd><b>([\d,]+)<\/b>/g)].map(([, number]) => number)).toEqual(['2', '1', '1', '2']);
    expect(html).toContain('6 users in all');
  });
});

describe('as text', () => {
  test('the worst user and the summary stand last', async () => {
    const { out } = await on();
    expect(out.indexOf('\nben  high')).toBeGreaterThan(0);
    expect(out.indexOf('\nzoe  critical')).toBeGreaterThan(out.indexOf('\nben  high'));
    expect(out).toContain('why   admin-access: allows every action on every resource');
    expect(out).toContain('by    own, inline: statement 0');
    expect(out).toContain('ids   Security Hub IAM.1; CIS AWS Foundations 7.0.0 2.14; and ');
    expect(out).toMatch(/not read {3}keys, passwords and MFA devices: /);
    expect(out).not.toContain('\u001b');
  });

  test('what an attacker writes moves no cursor and turns no line', async () => {
    const hostile = 'ada\u001b[2J\u202Enimda\n0 users: all is well';
    const tags = guardTags({ verdict: 'critical', findings: `admin-access ${hostile}`, since: hostile, evidence: `${hostile} ${hostile}` });
    const file = await scratch.file(
      'hostile.json',
      savedAccount({ [hostile]: { inline: { [hostile]: allowing('*', { Sid: hostile }) }, tags } }),
    );
    const { out } = await trailguard(['report', '--from', file, '--color']);
    expect(out).not.toContain('\u001b[2J');
    expect(out).not.toContain('\u202E');
    expect(out).not.toMatch(/^0 users/m);
    expect(out).toContain('ada<U+001B>[2J<U+202E>nimda<U+000A>0 users');
  });

  test('long lists are cut at the worst twenty, and it says so', async () => {
    const many = savedAccount(
      Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`user-${index}`, { inline: { own: allowing('s3:*') } }])),
    );
    const { out } = await trailguard(['report', '--from', await scratch.file('many.json', many)]);
    expect(out).toContain('10 milder: --format html or json lists them');
    expect(out.match(/^user-\d+ {2}high/gm)).toHaveLength(20);
  });
});

describe('options', () => {
  test('--output writes a file, and says so on stderr', async () => {
    const path = join(scratch.folder, 'report.html');
    expect(await on('--format', 'html', '--output', path)).toEqual({ out: '', err: `report written to ${path}\n`, status: 0 });
    expect(await readFile(path, 'utf8')).toMatch(/^<!doctype html>/);
  });

  test('--fail-on ends with 1 where somebody is that bad', async () => {
    expect((await on('--fail-on', 'critical')).status).toBe(1);
    const mild = await scratch.file('mild.json', savedAccount({ eve: {} }));
    expect((await trailguard(['report', '--from', mild, '--fail-on', 'low'])).status).toBe(0);
  });

  test('--since and --until leave out whom the period does not touch, and say what tags can’t tell', async () => {
    const { out } = await on('--until', '2026-01-15');
    expect(out).toContain('A tag keeps one such time, the last');
    // Nobody knows since when ben is flagged
    expect(out.trimEnd().split('\n').at(-1)).toBe('6 users: 1 flagged, 0 not judged, 1 cleared, 4 not flagged in the period (1 high)');
  });

  test('--config brings thresholds, exceptions and the prefix', async () => {
    const config = await scratch.file('c.json', {
      exceptions: [{ rule: 'admin-access', subject: 'user/zoe', owner: 'mara', reason: 'r', ticket: 'T-1', expires: '2999-01-01' }],
    });
    const report = JSON.parse((await on('--format', 'json', '--config', config)).out) as Report;
    expect(report.exceptions).toMatchObject([{ state: 'in use', subjects: ['user/zoe'] }]);
    expect(report.configuration.changed).toEqual([{ setting: 'exceptions', value: '1' }]);
  });
});

describe('bad input ends with 2, and says what to do', () => {
  const told = async (words: string[]) => {
    const run = await trailguard(['report', ...words]);
    expect(run).toMatchObject({ out: '', status: 2 });
    return run.err;
  };

  test('a file that is missing, no JSON, or no authorization details', async () => {
    expect(await told(['--from', 'nowhere.json'])).toContain('trailguard: --from `nowhere.json`: ');
    expect(await told(['--from', await scratch.file('a.json', '{')])).toContain('not JSON (line 1)');
    expect(await told(['--from', await scratch.file('b.json', {})])).toContain(
      'not the answer of `aws iam get-account-authorization-details`',
    );
    const page = { ...details, IsTruncated: true };
    expect(await told(['--from', await scratch.file('c.json', page)])).toContain('are only the first page');
    const broken = { ...details, GroupDetailList: 3 };
    expect(await told(['--from', await scratch.file('d.json', broken)])).toContain('lack a list at `/GroupDetailList`');
  });

  test('a period that is none, and options that contradict each other', async () => {
    const path = await scratch.file('account.json', details);
    expect(await told(['--from', path, '--since', 'monday'])).toContain('--since `monday` is no time');
    expect(await told(['--from', path, '--since', '2026-02-01', '--until', '2026-01-01'])).toContain('nothing lies between them');
    expect(await told(['--from', path, '--region', 'us-east-1'])).toContain('leave one of them out');
    expect(await told(['--from', path, '--format', 'pdf'])).toContain('text, json, csv, html');
  });

  test('what can’t be judged is named, and all else is reported', async () => {
    const path = await scratch.file(
      'gone.json',
      savedAccount({ dan: { attached: [customer('gone')] }, zoe: { inline: { own: allowing('*') } } }),
    );
    const run = await trailguard(['report', '--from', path]);
    expect(run).toMatchObject({ err: '', status: 2 });
    expect(run.out).toMatch(/not read {3}user dan: policy arn:aws:iam::111122223333:policy\/gone/);
    expect(run.out.trimEnd().split('\n').at(-1)).toBe('2 users: 1 flagged, 1 not judged, 0 cleared, 0 never flagged (1 critical)');
  });

  test('a file that can’t be written', async () => {
    const path = await scratch.file('account.json', details);
    expect(await told(['--from', path, '--output', join(scratch.folder, 'no', 'report.html')])).toContain('--output ');
  });
});

test('the example shows every part of a report', async () => {
  const report = JSON.parse(
    (await trailguard(['report', '--format', 'json', '--from', 'examples/account.json', '--config', 'examples/account.config.json'])).out,
  ) as Report;
  const { users, flagged, undetermined, cleared, unflagged } = report.counts;
  expect(flagged + undetermined + cleared + unflagged).toBe(users);
  for (const count of [flagged, undetermined, cleared, unflagged, report.counts.excepted, report.counts.stale])
    expect(count).toBeGreaterThan(0);
  expect(new Set(report.exceptions.map(({ state }) => state))).toEqual(new Set(['in use', 'lapsed', 'unused', 'not told']));
});
