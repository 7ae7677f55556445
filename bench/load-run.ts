import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { actorKey } from '../alerts/messages/digest-mail.ts';
import type { UserRequest } from '../schemas/user-request.ts';
import { createAccountState } from './load-account-state.ts';
import { createAnswering } from './load-answers.ts';
import { createLoadEvents } from './load-events.ts';
import { channelOf, createFunctions } from './load-functions.ts';
import { swallowOutput } from './load-output.ts';
import { createTimings, type Timing } from './load-timing.ts';

/**
 * The most that the lowest reading of the second half may be above the lowest of the first, in bytes. Parsed documents are remembered until they come to two
 * million characters and then dropped all at once (policy/parse-once.ts), so readings rise and fall; what lies under them must not rise.
 */
export const heapLimit = 5_000_000;

/** The heap after a forced collection, in bytes, after so many events. */
export interface HeapReading {
  readonly events: number;
  readonly bytes: number;
}

/** What so many events did in one process. */
export interface LoadRun {
  readonly events: number;
  /** How often each event was in the mix; `guard` are the guard's own tags, which come back as events. */
  readonly mix: Readonly<Record<string, number>>;
  /** CPU time of each function's invocations. */
  readonly timings: readonly Timing[];
  readonly heap: readonly HeapReading[];
  /** Of all functions that were run. */
  readonly log: { readonly bytes: number; readonly lines: number };
  readonly metrics: readonly string[];
  /** Requests to other services than IAM, by operation, and `messages` in the queue of users to judge again. */
  readonly asked: Readonly<Record<string, number>>;
  /** Verdicts on the bus, by where they go. */
  readonly told: Readonly<Record<'mail' | 'digest' | 'none', number>>;
  /** Mails that the digest makes of its verdicts. */
  readonly digestMails: number;
}

/** A million events are a month's. */
const apart = (30 * 24 * 3_600_000) / 1_000_000;

const population = { account: '111122223333', users: 500, groups: 50, policies: 200 };

/** From an event to its delivery, and from there to the second look, in milliseconds; see the queue's delay in stack/judge-again.yml. */
const [delivery, settled] = [5_000, 120_000];
const digestWindow = 5 * 60_000;

/** Runs so many events through the handlers in this process, and reads the heap after `every` so many of them. */
export async function runLoad(events: number, every: number): Promise<LoadRun> {
  const source = createLoadEvents({ ...population, seed: 6, start: Date.UTC(2026, 2, 2), apart });
  let time = Date.UTC(2026, 2, 2);
  const now = () => new Date(time + delivery);
  const state = createAccountState(population, source, now);
  const answering = createAnswering();
  const functions = createFunctions({ account: population.account, answering, directory: state.directory, now });
  const timings = createTimings(events);
  const output = swallowOutput();
  const mix: Record<string, number> = {};
  const told = { mail: 0, digest: 0, none: 0 };
  const mails = new Set<string>();
  const waiting: { readonly due: number; readonly request: UserRequest }[] = [];
  const heap: HeapReading[] = [];
  let [bytes, lines, mailCount, window] = [0, 0, 0, 0];

  /** One invocation, and what comes of it. */
  async function invoked(name: string, work: () => Promise<void>): Promise<void> {
    await timings.measure(name, work);
    const written = output.take();
    bytes += written.bytes;
    lines += written.lines;
    for (const request of answering.requests.splice(0)) waiting.push({ due: time + settled, request });
    for (const verdict of answering.verdicts.splice(0)) {
      const channel = channelOf(verdict);
      told[channel] += 1;
      if (Math.floor(time / digestWindow) !== window) {
        mailCount += mails.size;
        mails.clear();
        window = Math.floor(time / digestWindow);
      }
      if (channel === 'digest') mails.add(actorKey(verdict));
      await invoked('channel mail', () => functions.mail(verdict));
    }
  }

  try {
    for (let count = 0; count < events; count++) {
      const own = state.own.shift();
      const event = own ? undefined : source.next();
      const record = own ?? event?.delivered;
      if (record === undefined) throw new Error('no event to deliver');
      time = event ? Date.parse(record.eventTime) : time;
      if (event) state.happens(event);
      const kind = own ? 'guard' : record.errorCode ? 'denied' : record.requestParameters?.omitted ? 'oversize' : record.eventName;
      mix[kind] = (mix[kind] ?? 0) + 1;
      await invoked('first look', () => functions.firstLook(record));
      for (let next = waiting[0]; next && next.due <= time; next = waiting[0]) {
        waiting.shift();
        await invoked('second look', () => functions.secondLook(next.request));
      }
      // Clients set timers, which hold on to what they are about until they are due: they must get their turn.
      await new Promise((resolve) => setImmediate(resolve));
      if ((count + 1) % every === 0) {
        await state.renew();
        heap.push({ events: count + 1, bytes: heapNow() });
      }
    }
  } finally {
    output.restore();
  }
  if (output.errors.length > 0) throw new Error(`a function failed, so the figures say nothing: ${output.errors[0]}`);
  const { metrics } = output;
  const log = { bytes, lines };
  const digestMails = mailCount + mails.size;
  return { events, mix, timings: timings.all(), heap, log, metrics: [...metrics], asked: answering.asked, told, digestMails };
}

let collect: (() => void) | undefined;

function heapNow(): number {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** The lowest readings of the heap, in the first half of a run and in the second, in bytes. */
export function heapFloors({ events, heap }: Pick<LoadRun, 'events' | 'heap'>): readonly [first: number, second: number] {
  const lowest = (half: (reading: HeapReading) => boolean) => Math.min(...heap.filter(half).map(({ bytes }) => bytes));
  return [lowest((reading) => reading.events <= events / 2), lowest((reading) => reading.events > events / 2)];
}
