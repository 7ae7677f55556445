import { dayMs } from './elapsed.ts';
import { mergeControls } from './merge-controls.ts';
import type { Controls } from './rule.ts';

/** Controls that ask for the same number of days. */
export interface AgedControls {
  readonly days: number;
  readonly controls: Controls;
}

/**
 * The controls that a credential breaks: those that ask for no fewer days than the configuration does, so that whoever is not flagged keeps
 * them, and that the credential is old enough to break.
 */
export function brokenControls(aged: readonly AgedControls[], configuredDays: number, oldestMs: number): Controls {
  return mergeControls(aged.filter(({ days }) => configuredDays <= days && oldestMs >= days * dayMs).map(({ controls }) => controls));
}
