import { dayMs } from './elapsed.ts';
import type { Controls } from './rule.ts';

// What the standards ask for, and the thresholds' default.
const standardDays = 90;

/**
 * The controls that a credential breaks: they all ask for 90 days, so none while the configuration allows more, and none
 * for a credential that only a stricter configuration objects to.
 */
export function standardControls(controls: Controls, configuredDays: number, oldestMs: number): Controls {
  return configuredDays > standardDays || oldestMs < standardDays * dayMs ? {} : controls;
}
