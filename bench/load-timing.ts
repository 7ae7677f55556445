/** CPU time of the invocations of one function, in microseconds, with what V8's own threads did meanwhile, its garbage collection among it. */
export interface Timing {
  readonly name: string;
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
}

/** Measures invocations, by name. */
export interface Timings {
  measure(name: string, work: () => Promise<void>): Promise<void>;
  all(): Timing[];
}

/** Room for about so many invocations of each name; more are taken too. What is noted lies outside of the heap, which is measured as well. */
export function createTimings(expected: number): Timings {
  const noted = new Map<string, { times: Float64Array; count: number }>();
  const room = (name: string) => {
    const one = noted.get(name) ?? { times: new Float64Array(expected), count: 0 };
    if (one.count === one.times.length) {
      const grown = new Float64Array(one.times.length * 2);
      grown.set(one.times);
      one.times = grown;
    }
    noted.set(name, one);
    return one;
  };
  return {
    async measure(name, work) {
      const one = room(name);
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      one.times[one.count++] = user + system;
    },
    all: () =>
      [...noted].map(([name, { times, count }]) => {
        const sorted = times.slice(0, count).sort();
        const at = (share: number) => sorted[Math.min(count - 1, Math.floor(count * share))] ?? Number.NaN;
        return { name, count, mean: sorted.reduce((sum, time) => sum + time, 0) / count, p50: at(0.5), p99: at(0.99) };
      }),
  };
}
