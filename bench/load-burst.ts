import { mock } from 'node:test';
import { GetUserCommand, type IAMClient } from '@aws-sdk/client-iam';
import { createIamClient } from '../iam/create-iam-client.ts';
import { createThrottlingIam } from './load-throttling.ts';
import { createChance } from './trail-records.ts';

/** Calls of one invocation, and in how many rounds it makes them. */
export interface Work {
  readonly calls: number;
  readonly rounds: number;
}

/** A script that does the same so many times, evenly spread over so many seconds, and the account that it meets. */
export interface Burst {
  readonly events: number;
  readonly seconds: number;
  readonly first: Work;
  /** Of each second look; undefined where the events ask for none. */
  readonly second: Work | undefined;
  /** Executions of the first look's function at one time. */
  readonly concurrency: number;
  /** Calls that IAM takes in a second, from all of them together. */
  readonly iamRate: number;
  /** From call to answer, in milliseconds. */
  readonly latency: number;
}

/** What became of it. Seconds count from an event, or from the first of all where it says so. */
export interface BurstResult {
  readonly calls: number;
  readonly throttled: number;
  /** The most calls, and the most that IAM took, in any one second. */
  readonly peak: number;
  readonly median: number;
  readonly slowest: number;
  /** First looks that failed and that Lambda tried again; and those that failed three times. */
  readonly triedAgain: number;
  readonly failed: number;
  /** When the last second look was over, from the first event on. */
  readonly secondOver: number | undefined;
}

/** Lambda's pauses before its two tries after an error, and the queue's delay and most executions, in milliseconds; see stack/judge-again.yml. */
const [retryPauses, queueDelay, queueConcurrency] = [[60_000, 120_000], 120_000, 10] as const;
/** How finely time passes, in milliseconds. */
const tick = 10;

/**
 * Plays a burst on a clock of its own: the guard's real IAM client with all that the SDK does about throttling, one for each execution environment,
 * against an IAM that takes so many calls a second. Lambda and the queue are played by their documented rules. The same burst gives the same result.
 */
export async function playBurst(burst: Burst): Promise<BurstResult> {
  const { events, seconds, first, second, concurrency, latency } = burst;
  const [chance, random] = [createChance(11), Math.random];
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
  Math.random = chance.number;
  try {
    const iam = createThrottlingIam(burst.iamRate, latency);
    const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
    const newClient = () =>
      createIamClient({
        region: 'us-east-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        requestHandler: iam.requestHandler as never,
      });
    const looks = createPool(concurrency, newClient);
    const again = createPool(queueConcurrency, newClient);
    const waits: number[] = [];
    let [triedAgain, failed, secondOver, left] = [0, 0, 0, events];

    const event = async (number: number): Promise<void> => {
      await pause((number * seconds * 1_000) / events);
      const born = Date.now();
      const asking = second === undefined ? undefined : pause(queueDelay).then(() => settledLook(second));
      for (let attempt = 0; ; attempt++) {
        const done = await looks.run((client) => invoke(client, first));
        if (done) waits.push((Date.now() - born) / 1_000);
        const wait = retryPauses[attempt];
        if (done || wait === undefined) {
          failed += done ? 0 : 1;
          break;
        }
        triedAgain += 1;
        await pause(wait);
      }
      await asking;
      left -= 1;
    };
    const settledLook = async (work: Work): Promise<void> => {
      // A message that failed is given again when it is visible again.
      while (!(await again.run((client) => invoke(client, work)))) await pause(360_000);
      secondOver = Math.max(secondOver, Date.now() / 1_000);
    };

    const all = Promise.all(Array.from({ length: events }, (_, number) => event(number)));
    while (left > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      mock.timers.tick(tick);
    }
    await all;
    const sorted = waits.toSorted((a, b) => a - b);
    return {
      calls: iam.sent(),
      throttled: iam.throttled(),
      peak: iam.peak(),
      median: sorted[sorted.length >> 1] ?? Number.NaN,
      slowest: sorted.at(-1) ?? Number.NaN,
      triedAgain,
      failed,
      secondOver: second === undefined ? undefined : secondOver,
    };
  } finally {
    mock.timers.reset();
    Math.random = random;
  }
}

/** One invocation: false where a call was still throttled after all tries of the SDK. */
async function invoke(client: IAMClient, { calls, rounds }: Work): Promise<boolean> {
  try {
    for (let round = 0; round < rounds; round++) {
      const inRound = Math.floor(((round + 1) * calls) / rounds) - Math.floor((round * calls) / rounds);
      await Promise.all(Array.from({ length: inRound }, () => client.send(new GetUserCommand({ UserName: 'ada' }))));
    }
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'Throttling') return false;
    throw error;
  }
}

/** Execution environments: each has a client for its whole life, and who finds none free waits in line. */
function createPool(most: number, newClient: () => IAMClient) {
  const free: IAMClient[] = [];
  const line: ((client: IAMClient) => void)[] = [];
  let made = 0;
  const take = (): Promise<IAMClient> | IAMClient => {
    const warm = free.pop();
    if (warm) return warm;
    if (made >= most) return new Promise((resolve) => line.push(resolve));
    made += 1;
    return newClient();
  };
  return {
    async run<T>(work: (client: IAMClient) => Promise<T>): Promise<T> {
      const client = await take();
      try {
        return await work(client);
      } finally {
        const next = line.shift();
        if (next) next(client);
        else free.push(client);
      }
    },
  };
}
