import { setTimeout as wait } from 'node:timers/promises';

/** Waits, at each call, until the next thing may begin: no two begin within `1 / perSecond` of a second. */
export function createPace(
  perSecond: number,
  now: () => number = Date.now,
  sleep: (ms: number) => Promise<unknown> = wait,
): () => Promise<void> {
  const span = 1_000 / perSecond;
  let next = Number.NEGATIVE_INFINITY;
  return async () => {
    const early = next - now();
    if (early > 0) await sleep(early);
    next = now() + span;
  };
}
