import { bySeverity, type Severity, severities } from '../schemas/severity.ts';

/** The severity one step down; `low` stays. What a restricting condition does to a finding, once. */
export function lowered(severity: Severity): Severity {
  return severities[Math.min(severities.indexOf(severity) + 1, severities.length - 1)] ?? severity;
}

/** The worse of two severities. */
export function worse<S extends Severity | 'none'>(a: S, b: S): S {
  return bySeverity(a, b) <= 0 ? a : b;
}
