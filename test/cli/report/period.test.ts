import { describe, expect, test } from 'vitest';
import { isInPeriod, readPeriod } from '../../../cli/report/period.ts';
import type { ReportedUser } from '../../../cli/report/report.ts';

const now = new Date('2026-05-01T06:00:00Z');

describe('a period', () => {
  test('a day counts whole, in UTC, and either end may be open', () => {
    expect(readPeriod('2026-01-01', '2026-03-31', now)).toEqual({ since: '2026-01-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' });
    expect(readPeriod('2026-01-01T10:00:00+02:00', undefined, now)).toEqual({ since: '2026-01-01T08:00:00.000Z' });
    expect(readPeriod(undefined, '2026-03-31T12:00Z', now)).toEqual({ until: '2026-03-31T12:00:00.000Z' });
    expect(readPeriod(undefined, undefined, now)).toBeUndefined();
  });

  test.each(['yesterday', '2026-13-01', '2026-02-30', '2026', ''])('`%s` is no time', (text) => {
    expect(() => readPeriod(text, undefined, now)).toThrow(`--since \`${text}\` is no time`);
    expect(() => readPeriod(undefined, text, now)).toThrow(`--until \`${text}\` is no time`);
  });

  test('its ends may be one day, but not the wrong way round', () => {
    expect(readPeriod('2026-03-31', '2026-03-31', now)).toBeDefined();
    expect(() => readPeriod('2026-04-02', '2026-03-31', now)).toThrow('--since `2026-04-02` is not before --until `2026-03-31`');
  });
});

describe('whether a user was flagged in a period, as far as tags tell', () => {
  const march = { since: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };
  type Dates = Pick<ReportedUser, 'standing' | 'since' | 'cleared' | 'lastChange'>;
  const cases: readonly (readonly [boolean, string, Dates])[] = [
    [true, 'flagged before and still', { standing: 'flagged', since: '2025-06-01T00:00:00Z' }],
    [true, 'flagged within its last second', { standing: 'flagged', since: '2026-03-31T23:59:59Z' }],
    [false, 'flagged the second after', { standing: 'flagged', since: '2026-04-01T00:00:00Z' }],
    [
      true,
      'flagged before and cleared in its first second',
      { standing: 'cleared', since: '2025-06-01T00:00:00Z', cleared: '2026-03-01T00:00:00Z' },
    ],
    [false, 'cleared the second before', { standing: 'cleared', since: '2025-06-01T00:00:00Z', cleared: '2026-02-28T23:59:59Z' }],
    [true, 'flagged and cleared within', { standing: 'cleared', since: '2026-03-02T00:00:00Z', cleared: '2026-03-02T00:00:05Z' }],
    [false, 'flagged and cleared after', { standing: 'cleared', since: '2026-04-02T00:00:00Z', cleared: '2026-04-02T00:00:05Z' }],
    [true, 'flagged, since nobody knows when', { standing: 'flagged' }],
    [true, 'cleared, nobody knows when', { standing: 'cleared', since: '2025-06-01T00:00:00Z' }],
    [true, 'not judged, by a change before', { standing: 'undetermined', lastChange: { time: '2026-02-01T00:00:00Z', by: 'ada' } }],
    [false, 'not judged, by a change after', { standing: 'undetermined', lastChange: { time: '2026-04-01T00:00:00Z', by: 'ada' } }],
  ];
  test.each(cases)('%s: %s', (wanted, _, dates) => {
    expect(isInPeriod(dates as ReportedUser, march)).toBe(wanted);
  });

  test('an open end leaves nothing out on its side', () => {
    const long = { standing: 'cleared', since: '2020-01-01T00:00:00Z', cleared: '2020-01-02T00:00:00Z' } as ReportedUser;
    expect(isInPeriod(long, { until: '2026-01-01T00:00:00.000Z' })).toBe(true);
    expect(isInPeriod(long, { since: '2026-01-01T00:00:00.000Z' })).toBe(false);
  });
});
