import { beforeAll, describe, expect, test } from 'vitest';
import { playBurst } from '../../bench/load-burst.ts';
import { costLines, dollars, durationsOf } from '../../bench/load-cost.ts';
import type { CallSample, CallsOfKind } from '../../bench/load-moto.ts';
import { type LoadRun, runLoad } from '../../bench/load-run.ts';
import { callTable, costTable, heapTable, isLeaking, mixTable, timingTable } from '../../bench/load-tables.ts';
import { priceTable } from '../../bench/prices.ts';

const asked = (kind: string, invocations: number, calls: number, rounds: number): CallsOfKind => ({
  kind,
  invocations,
  calls,
  rounds,
  again: 0,
});
/** Measured against moto in the bench itself; here it is made up. */
const sample: CallSample = {
  byEvent: [asked('CreatePolicy', 100, 400, 200)],
  first: asked('first look', 100, 400, 200),
  second: asked('second look', 50, 500, 150),
  mail: asked('mail channel', 10, 5, 5),
  all: asked('all', 100, 905, 355),
  metrics: [],
};

describe('a run of few events', () => {
  let run: LoadRun;
  beforeAll(async () => {
    run = await runLoad(200, 100);
  });

  test('handles every event, and tells what deserves it', () => {
    expect(Object.values(run.mix).reduce((sum, count) => sum + count, 0)).toBe(200);
    expect(run.timings.map(({ name }) => name)).toEqual(expect.arrayContaining(['first look', 'second look', 'channel mail']));
    expect(run.told.mail).toBeGreaterThan(0);
    expect(run.told.digest).toBeGreaterThan(0);
    expect(run.log.lines).toBeGreaterThan(200);
    expect(run.metrics).toContain('Events service=trailguard');
  });

  test('writes down each alert that it tells', () => {
    expect(run.asked['DynamoDB_20120810.PutItem']).toBe(run.asked['AWSEvents.PutEvents']);
    expect(run.asked['AWSEvents.PutEvents']).toBe(run.told.mail + run.told.digest + run.told.none);
  });

  test('is the same run every time', async () => {
    const [one, other] = [await runLoad(40, 40), await runLoad(40, 40)];
    expect(one.mix).toEqual(other.mix);
    expect(one.asked).toEqual(other.asked);
  });

  test('can be shown', () => {
    expect(timingTable(run)).toMatch(/\| first look \| 200 \| [\d,]+ µs/);
    expect(mixTable(run)).toContain('tags of the guard itself');
    expect(heapTable(run)).toContain('| 200 events |');
    expect(callTable(sample)).toContain('| CreatePolicy | 100 | 4.0 | 2.0 | 0.0 |');
    expect(costTable(run, sample)).toMatch(/\*\*what a million events cost\*\* .*\*\*[$]\d/);
    expect(priceTable()).toContain('https://aws.amazon.com/lambda/pricing/');
  });

  test('costs what a million such events would', () => {
    const requests = costLines(run, sample).find(({ what }) => what === 'Lambda, requests');
    const invocations = run.timings.reduce((sum, { count }) => sum + count, 0) * 5_000;
    expect(requests).toMatchObject({ quantity: invocations });
    expect(requests && dollars(requests)).toBeCloseTo(invocations * 0.2e-6);
  });

  test('waits for IAM longer where IAM answers later', () => {
    const [soon, late] = [durationsOf(run, sample, 10), durationsOf(run, sample, 110)];
    expect(late.first - soon.first).toBeCloseTo(200);
    expect(late.second - soon.second).toBeCloseTo(300);
  });
});

test('a heap that rises in waves does not leak; one whose lowest readings rise does', () => {
  const read = (...megabytes: number[]) => ({
    events: megabytes.length,
    heap: megabytes.map((bytes, index) => ({ events: index + 1, bytes: bytes * 1e6 })),
  });
  expect(isLeaking(read(30, 45, 31, 44, 33, 46))).toBe(false);
  expect(isLeaking(read(30, 45, 40, 44, 50, 46))).toBe(true);
});

describe('a burst', () => {
  const burst = { events: 10, seconds: 1, first: { calls: 3, rounds: 2 }, second: undefined, concurrency: 10, iamRate: 1_000, latency: 60 };

  test('makes no more calls than it needs where IAM takes them all', async () => {
    const result = await playBurst(burst);
    expect(result).toMatchObject({ calls: 30, throttled: 0, triedAgain: 0, failed: 0, slowest: 0.12 });
  });

  test('waits where IAM throttles', async () => {
    const result = await playBurst({ ...burst, iamRate: 5, second: { calls: 2, rounds: 1 } });
    expect(result.throttled).toBeGreaterThan(0);
    expect(result.slowest).toBeGreaterThan(1);
    expect(result.secondOver).toBeGreaterThan(90);
  });
});
