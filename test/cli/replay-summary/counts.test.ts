import { describe, expect, test } from 'vitest';
import { createReplaySummary } from '../../../cli/replay-summary/create-replay-summary.ts';
import type { Tally } from '../../../cli/replay-summary/summary.ts';
import { defaultConfiguration } from '../../../schemas/configuration.ts';
import type { Verdict } from '../../../schemas/verdict.ts';
import { administrator, created, finding, verdict } from './verdicts.ts';

const looked = { records: 0, duplicates: 0 };
const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0);
const countsOf = (rows: readonly Tally[]) => rows.map(({ name, count }) => [name, count]);

function summarize(verdicts: Iterable<Verdict>) {
  const summary = createReplaySummary(defaultConfiguration);
  for (const one of verdicts) summary.add(one);
  return summary.result({ looked });
}

describe('the counts of a replay', () => {
  test('add up: by word, by actor and by day each to all verdicts, by rule to all findings', async () => {
    const verdicts = [
      verdict({ findings: [created] }),
      verdict({ findings: [administrator, created], severity: 'critical', who: 'bob' }),
      verdict({ outcome: 'clean', at: '2026-03-19T09:00:00Z' }),
      verdict({ outcome: 'attempted', severity: 'low', who: 'bob' }),
      verdict({ outcome: 'undetermined' }),
      verdict({ outcome: 'suppressed', findings: [created] }),
    ];
    const { words, actors, periods, rules, verdicts: count } = await summarize(verdicts);
    expect(count).toBe(6);
    expect(words).toEqual({ critical: 1, medium: 1, undetermined: 1, attempted: 1, suppressed: 1, clean: 1 });
    for (const { rows } of [actors, periods]) {
      expect(sum(rows.map(({ count: own }) => own))).toBe(6);
      for (const row of rows) expect(sum(Object.values(row.words))).toBe(row.count);
    }
    expect(countsOf(actors.rows)).toEqual([
      ['ada', 4],
      ['bob', 2],
    ]);
    expect(countsOf(rules.rows)).toEqual([
      ['iam-user-created', 3],
      ['admin-access', 1],
    ]);
  });

  test('a day is one of UTC, wherever the time was written', async () => {
    const { periods, period } = await summarize([verdict({ at: '2026-03-18T01:30:00+02:00' }), verdict({ at: '2026-03-18T00:00:00Z' })]);
    expect(countsOf(periods.rows)).toEqual([
      ['2026-03-17', 1],
      ['2026-03-18', 1],
    ]);
    expect(period).toEqual({ from: '2026-03-17T23:30:00.000Z', to: '2026-03-18T00:00:00.000Z' });
  });

  test.each([
    [20, 'day', '2026-01-01', 20],
    [21, 'week', '2025-12-29', 4],
    [300, 'month', '2026-01', 10],
    [3_000, 'year', '2026', 9],
  ])('%d days are told by %s', async (days, unit, first, rows) => {
    const start = Date.parse('2026-01-01T12:00:00Z');
    const verdicts = Array.from({ length: days }, (_, day) => verdict({ at: new Date(start + day * 86_400_000).toISOString() }));
    const { periods } = await summarize(verdicts);
    expect(periods.unit).toBe(unit);
    expect(periods.rows[0]?.name).toBe(first);
    expect(periods.rows).toHaveLength(rows);
    expect(sum(periods.rows.map(({ count }) => count))).toBe(days);
  });

  test('actors who choose ever new names are counted, and not all kept', async () => {
    function* many() {
      for (let index = 0; index < 6_000; index += 1) yield verdict({ actor: { type: 'AssumedRole', name: 'r', session: `s-${index}` } });
    }
    const { actors } = await summarize(many());
    expect(actors.rows).toHaveLength(5_000);
    expect(actors.others).toBe(1_000);
  });

  test('the worst are the first of the worst severity, however often milder ones came before', async () => {
    const high = finding('service-admin', 'high', 'x');
    const { worst } = await summarize([
      verdict({ severity: 'low' }),
      ...Array.from({ length: 5 }, (_, index) => verdict({ severity: 'high', findings: [high], summary: `ada did ${index}.` })),
      verdict({ severity: 'medium' }),
    ]);
    expect(worst).toEqual({ severity: 'high', count: 5, summaries: ['ada did 0.', 'ada did 1.', 'ada did 2.'] });
  });

  test('nothing judged is nothing flagged', async () => {
    expect(await summarize([])).toMatchObject({ verdicts: 0, words: {}, worst: undefined, users: [], stories: [] });
  });
});
