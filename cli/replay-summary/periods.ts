import type { Periods, VerdictWord, WordCounts } from './summary.ts';
import { added, createWordCounts, type GrowingCounts, tallyOf } from './tallies.ts';

const mostRows = 20;
const dayInMilliseconds = 86_400_000;

const nameOf: Record<Periods['unit'], (day: string) => string> = {
  day: (day) => day,
  week: (day) => mondayOf(day),
  month: (day) => day.slice(0, -'-DD'.length),
  year: (day) => day.slice(0, -'-MM-DD'.length),
};
const units = ['day', 'week', 'month', 'year'] as const;

/** Counts verdicts by the UTC time of their change: ISO 8601. */
export function createPeriods(): { add(time: string, word: VerdictWord): void; result(): Periods } {
  const days = new Map<string, GrowingCounts>();
  return {
    add(time, word) {
      const day = time.slice(0, time.indexOf('T'));
      const counts = days.get(day) ?? createWordCounts();
      days.set(day, counts);
      counts.add(word);
    },
    result() {
      const byDay = [...days].sort(([a], [b]) => Date.parse(a) - Date.parse(b)).map(([day, counts]) => [day, counts.counts()] as const);
      const unit = units.find((candidate) => new Set(byDay.map(([day]) => nameOf[candidate](day))).size <= mostRows) ?? 'year';
      const rows = new Map<string, WordCounts>();
      for (const [day, counts] of byDay) {
        const name = nameOf[unit](day);
        rows.set(name, added(rows.get(name) ?? {}, counts));
      }
      return { unit, rows: [...rows].map(([name, words]) => tallyOf(name, words)) };
    },
  };
}

/** The Monday on or before a day, as weeks begin in ISO 8601. */
function mondayOf(day: string): string {
  const time = Date.parse(day);
  const sinceMonday = (new Date(time).getUTCDay() + 6) % 7;
  const monday = new Date(time - sinceMonday * dayInMilliseconds).toISOString();
  return monday.slice(0, monday.indexOf('T'));
}
