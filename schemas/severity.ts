/** Severities of a finding, worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;

/** How bad a finding is. */
export type Severity = (typeof severities)[number];

/** Orders severities, worst first; `none` comes last. */
export function bySeverity(a: Severity | 'none', b: Severity | 'none'): number {
  return rank(a) - rank(b);
}

function rank(severity: Severity | 'none'): number {
  return severity === 'none' ? severities.length : severities.indexOf(severity);
}
