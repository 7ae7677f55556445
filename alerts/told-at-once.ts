import { bySeverity, type Severity } from '../schemas/severity.ts';
import type { Verdict } from '../schemas/verdict.ts';

/**
 * True for a verdict that a channel tells by itself: one as severe as the channel asks for, and each change that could not be judged, for
 * that may be the worst of all.
 */
export function isToldAtOnce({ outcome, severity }: Pick<Verdict, 'outcome' | 'severity'>, minSeverity: Severity): boolean {
  if (outcome === 'undetermined') return true;
  if (outcome === 'clean' || outcome === 'suppressed' || severity === 'none') return false;
  return bySeverity(severity, minSeverity) <= 0;
}
