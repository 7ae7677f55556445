/** CPU time of a piece of work in milliseconds, that of V8's own threads included: what a Lambda function pays for. */
export function cpuTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * The least CPU time of each piece of work over several rounds, in milliseconds. The rounds take turns, so that a machine that is
 * busy for a while slows all of them, and ratios hold.
 */
export function leastTimes(works: readonly (() => void)[], rounds: number): number[] {
  const least = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    for (const [index, work] of works.entries()) least[index] = Math.min(least[index] ?? 0, cpuTime(work));
  }
  return least;
}

/** The middle of some numbers. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}
