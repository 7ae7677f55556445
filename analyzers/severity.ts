import { bySeverity, type Severity, severities } from '../schemas/severity.ts';

/** The severity one step down; `low` stays. What a restricting condition does to a finding, once. */
export function lowered(severity: Severity): Severity {
  return stepped(severity, 1);
}

/** The severity as many steps away as `to` is from `from`, within the scale. */
export function moved(severity: Severity, from: Severity, to: Severity): Severity {
  return stepped(severity, severities.indexOf(to) - severities.indexOf(from));
}

function stepped(severity: Severity, steps: number): Severity {
  return severities[Math.max(0, Math.min(severities.indexOf(severity) + steps, severities.length - 1))] ?? severity;
}

/** The worse of two severities. */
export function worse<S extends Severity | 'none'>(a: S, b: S): S {
  return bySeverity(a, b) <= 0 ? a : b;
}
