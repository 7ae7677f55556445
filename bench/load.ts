/**
 * `npx tsx bench/load.ts`: what 100,000 events cost in CPU time and heap, how many calls of IAM they make, what AWS charges for a million of them, and what holds
 * IAM's rate in a burst; as Markdown. Status 1 where the heap grows. With `--write` the tables go into docs/load.md too. It asks moto, which must be on the PATH.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { type Burst, playBurst, type Work } from './load-burst.ts';
import { assumed, configuredMemory, durationsOf } from './load-cost.ts';
import { type CallSample, type CallsOfKind, sampleCalls } from './load-moto.ts';
import { runLoad } from './load-run.ts';
import { burstTable, callTable, costTable, heapTable, isLeaking, latencyTable, mixTable, timingTable } from './load-tables.ts';
import { prices, priceTable, readOn } from './prices.ts';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const page = 'docs/load.md';
const [open, close] = ['<!-- measured: npx tsx bench/load.ts --write -->', '<!-- /measured -->'];

const sample = await sampleCalls(400);
const burstsPlayed = await bursts(sample);
const run = await runLoad(100_000, 2_500);
const report = [
  `Node ${process.version}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}.`,
  `### CPU time of ${run.events.toLocaleString('en')} events`,
  timingTable(run),
  mixTable(run),
  '### Heap',
  heapTable(run),
  '### Calls of IAM',
  callTable(sample),
  '### What a million events cost',
  costTable(run, sample),
  latencyTable(run, sample, costAt),
  '### A burst',
  burstTable(burstsPlayed),
  `### Prices, read on ${readOn}`,
  priceTable(),
].join('\n\n');
console.log(report);
if (process.argv.includes('--write')) write(report);
if (isLeaking(run)) process.exitCode = 1;

/** What Lambda's duration costs for a million events where IAM answers in so many milliseconds. */
function costAt(latency: number): number {
  const { first, second, mail } = durationsOf(run, sample, latency);
  const count = (name: string) => (run.timings.find((timing) => timing.name === name)?.count ?? 0) * (1_000_000 / run.events);
  const seconds = (count('first look') * first + count('second look') * second + count('channel mail') * mail) / 1_000;
  return seconds * (configuredMemory() / 1_024) * prices.lambdaDuration.dollars;
}

/** A script that creates policies, and one that attaches policies to users: without a limit of IAM's, with one, and with concurrency reserved. */
async function bursts({ byEvent, second }: CallSample) {
  const played = [];
  for (const [name, events] of [
    ['CreatePolicy', 1_000],
    ['AttachUserPolicy', 200],
  ] as const) {
    const of = byEvent.find(({ kind }) => kind === name);
    if (of === undefined) throw new Error(`no \`${name}\` in the sample: make it larger`);
    const base = {
      events,
      seconds: 60,
      first: workOf(of),
      second: of.again > 0 ? workOf(second) : undefined,
      latency: assumed.iamLatency,
    };
    for (const [concurrency, iamRate] of [
      [1_000, 1_000_000],
      [1_000, 20],
      [5, 20],
    ] as const) {
      const burst: Burst = { ...base, concurrency, iamRate };
      played.push({ what: name, burst, result: await playBurst(burst) });
    }
  }
  return played;
}

function workOf({ calls, rounds, invocations }: CallsOfKind): Work {
  return { calls: Math.round(calls / invocations), rounds: Math.round(rounds / invocations) };
}

function write(text: string): void {
  const before = readFileSync(page, 'utf8');
  const [start, end] = [before.indexOf(open), before.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`\`${page}\` has not the marks \`${open}\` and \`${close}\` that the tables go between`);
  writeFileSync(page, `${before.slice(0, start + open.length)}\n\n${text}\n\n${before.slice(end)}`);
}
