import { bySeverity, type Severity, severities } from '../schemas/severity.ts';

/** 0: nothing at or above the threshold; 1: something; 2: bad usage, or an input that could not be judged. */
export type ExitStatus = 0 | 1 | 2;

/** What `--fail-on` takes: the mildest severity that fails, or `never`. */
export const thresholds = [...severities, 'never'] as const;

/** What `--fail-on` takes. */
export type Threshold = (typeof thresholds)[number];

/** The status of a run: an input that could not be judged weighs more than any finding. */
export function exitStatus(run: {
  readonly unjudged: boolean;
  readonly severities: Iterable<Severity | 'none'>;
  readonly failOn: Threshold;
}): ExitStatus {
  if (run.unjudged) return 2;
  for (const severity of run.severities) if (reaches(severity, run.failOn)) return 1;
  return 0;
}

/** Whether a severity is at or above a threshold. */
export function reaches(severity: Severity | 'none', threshold: Threshold): boolean {
  return severity !== 'none' && threshold !== 'never' && bySeverity(severity, threshold) <= 0;
}
