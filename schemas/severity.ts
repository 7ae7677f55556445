/** Severities of a finding, worst first. */
export const severities = ['critical', 'high', 'medium', 'low'] as const;

/** How bad a finding is. */
export type Severity = (typeof severities)[number];
