import type { Burst, BurstResult } from './load-burst.ts';
import { assumed, type CostLine, costLines, type Durations, dollars, durationsOf } from './load-cost.ts';
import type { CallSample, CallsOfKind } from './load-moto.ts';
import { type HeapReading, heapFloors, heapLimit, type LoadRun } from './load-run.ts';

const whole = (number: number) => Math.round(number).toLocaleString('en');
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const table = (head: string, line: string, rows: readonly string[]) => [head, line, ...rows].join('\n');

/** CPU time of each function. */
export function timingTable({ timings }: LoadRun): string {
  const rows = timings.map(
    ({ name, count, mean, p50, p99 }) =>
      `| ${name} | ${whole(count)} | ${whole(mean)} µs | ${whole(p50)} µs | ${whole(p99)} µs | ${whole(1e6 / mean)} |`,
  );
  return table('| function | invocations | mean | p50 | p99 | a second on one core |', '| --- | ---: | ---: | ---: | ---: | ---: |', rows);
}

/** What the events were. */
export function mixTable({ mix, events }: LoadRun): string {
  const rows = Object.entries(mix)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name === 'guard' ? 'tags of the guard itself' : name} ${((count / events) * 100).toFixed(1)} %`);
  return `${rows.join(' · ')}.`;
}

/** The heap at a tenth, at half and at the end of a run, and the lowest readings of its halves against their limit. */
export function heapTable(run: LoadRun): string {
  const { events, heap } = run;
  const at = [0.1, 0.5, 1].flatMap((share) => heap.find((reading: HeapReading) => reading.events >= events * share) ?? []);
  const [first, second] = heapFloors(run);
  return table('| after | heap |', '| --- | ---: |', [
    ...at.map((reading) => `| ${whole(reading.events)} events | ${megabytes(reading.bytes)} |`),
    `| the lowest of the first half | ${megabytes(first)} |`,
    `| the lowest of the second half, at most ${megabytes(heapLimit)} more | ${megabytes(second)}${isLeaking(run) ? ' **over**' : ''} |`,
  ]);
}

/** True where the heap grew by more than it may. */
export function isLeaking(run: Pick<LoadRun, 'events' | 'heap'>): boolean {
  const [first, second] = heapFloors(run);
  return !(second - first <= heapLimit);
}

/** Calls of IAM by event, and of each function. */
export function callTable({ byEvent, first, second, mail, all }: CallSample): string {
  const row = ({ kind, invocations, calls, rounds, again }: CallsOfKind, strong = false) => {
    const mark = strong ? '**' : '';
    const each = (number: number) => (invocations === 0 ? '' : (number / invocations).toFixed(1));
    return `| ${mark}${kind}${mark} | ${whole(invocations)} | ${each(calls)} | ${each(rounds)} | ${each(again)} |`;
  };
  return table('| | invocations | calls | rounds | second looks asked for |', '| --- | ---: | ---: | ---: | ---: |', [
    ...byEvent.map((one) => row(one)),
    row(first, true),
    row(second, true),
    row(mail, true),
    row({ ...all, kind: 'an event, with all that comes of it' }, true),
  ]);
}

/** The bill for a million events in a month. */
export function costTable(run: LoadRun, sample: CallSample): string {
  const lines = costLines(run, sample);
  const sum = (of: readonly CostLine[]) => of.reduce((total, line) => total + dollars(line), 0);
  const rows = lines.map(
    (line) => `| ${line.what} | ${amount(line)} | ${line.fixed ? 'a month' : 'a million'} | $${dollars(line).toFixed(2)} |`,
  );
  return table('| | quantity | for | cost |', '| --- | ---: | --- | ---: |', [
    ...rows,
    `| **what a million events cost** | | a million | **$${sum(lines.filter(({ fixed }) => !fixed)).toFixed(2)}** |`,
    `| **what is owed without any** | | a month | **$${sum(lines.filter(({ fixed }) => fixed)).toFixed(2)}** |`,
  ]);
}

function amount({ quantity, price }: CostLine): string {
  if (price.per === 1e9) return `${(quantity / 1e9).toFixed(2)} GB`;
  if (price.unit.startsWith('GB-second')) return `${whole(quantity)} GB-seconds`;
  return whole(quantity);
}

/** What one invocation is billed for, and what a million events cost where IAM answers sooner or later than assumed. */
export function latencyTable(run: LoadRun, sample: CallSample, costAt: (latency: number) => number): string {
  const { first, second, mail }: Durations = durationsOf(run, sample);
  const rows = [assumed.iamLatency / 2, assumed.iamLatency, assumed.iamLatency * 2].map(
    (latency) => `| ${latency} ms${latency === assumed.iamLatency ? ', as assumed' : ''} | $${costAt(latency).toFixed(2)} |`,
  );
  return [
    `One invocation is billed for ${whole(first)} ms (first look), ${whole(second)} ms (second look) and ${whole(mail)} ms (mail channel) on average.`,
    table('| IAM answers in | Lambda’s duration for a million events |', '| --- | ---: |', rows),
  ].join('\n\n');
}

/** Bursts, and what became of them. */
export function burstTable(played: readonly { readonly what: string; readonly burst: Burst; readonly result: BurstResult }[]): string {
  const seconds = (number: number | undefined) => (number === undefined ? 'none' : `${whole(number)} s`);
  const rows = played.map(({ what, burst, result }) => {
    const held = burst.concurrency >= 1_000 ? 'none reserved' : `${burst.concurrency} reserved`;
    const rate = burst.iamRate >= 1e6 ? 'no limit' : `${burst.iamRate} a second`;
    const { calls, throttled, peak, median, slowest, triedAgain, failed, secondOver } = result;
    return `| ${whole(burst.events)} times ${what} | ${rate} | ${held} | ${whole(calls)} | ${whole(throttled)} | ${whole(peak)} | ${seconds(median)} | ${seconds(slowest)} | ${whole(triedAgain)} | ${whole(failed)} | ${seconds(secondOver)} |`;
  });
  return table(
    '| in a minute | IAM takes | concurrency | calls | throttled | most in a second | verdict, median | slowest | tried again by Lambda | in FailedEvents | last second look after |',
    '| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    rows,
  );
}
