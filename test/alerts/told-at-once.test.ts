import { describe, expect, it } from 'vitest';
import { isToldAtOnce } from '../../alerts/told-at-once.ts';
import { severities } from '../../schemas/severity.ts';

describe('a verdict is told by itself', () => {
  it('from the severity on that the channel asks for', () => {
    const told = severities.map((minSeverity) =>
      severities.filter((severity) => isToldAtOnce({ outcome: 'flagged', severity }, minSeverity)),
    );
    expect(told).toEqual([['critical'], ['critical', 'high'], ['critical', 'high', 'medium'], [...severities]]);
  });

  it('always where the change could not be judged', () => {
    expect(isToldAtOnce({ outcome: 'undetermined', severity: 'medium' }, 'critical')).toBe(true);
  });

  it('never where nothing is wrong, or somebody answers for it', () => {
    expect(isToldAtOnce({ outcome: 'clean', severity: 'none' }, 'low')).toBe(false);
    expect(isToldAtOnce({ outcome: 'suppressed', severity: 'critical' }, 'low')).toBe(false);
  });
});
