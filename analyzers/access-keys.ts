import { elapsed } from './elapsed.ts';
import type { AccessKey, Posture } from './posture.ts';
import type { Settings } from './settings.ts';

/** The keys that open something now: an inactive one does not until somebody activates it. */
export function activeKeys({ accessKeys }: Posture): AccessKey[] {
  return accessKeys.filter(({ active }) => active);
}

/**
 * Seconds between a user's creation and something made as part of its set-up; undefined where it came later, or the times
 * are not known. Clocks of IAM and CloudTrail may differ by a second, so what seems older than the user counts too.
 */
export function setUpWithin(userCreatedAt: string | undefined, madeAt: string | undefined, settings: Settings): number | undefined {
  const ms = elapsed(userCreatedAt, madeAt);
  if (ms === undefined || Math.abs(ms) > settings.thresholds.userSetupSeconds * 1000) return undefined;
  return Math.round(Math.abs(ms) / 1000);
}
