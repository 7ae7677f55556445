/** Severities of a finding, worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;

/** How bad a finding is. */
export type Severity = (typeof severities)[number];

/** Orders severities, worst first; `none` comes last. */
export function bySeverity(a: Severity | 'none', b: Severity | 'none'): number {
  return ranks[a] - ranks[b];
}

const ranks: Readonly<Record<Severity | 'none', number>> = { critical: 0, high: 1, medium: 2, low: 3, none: 4 };
