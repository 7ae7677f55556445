import { expect, test } from 'vitest';
import { createJobQueue } from '../../../cli/replay/job-queue.ts';

const megabyte = 1 << 20;

test('what is fetched waits in memory only up to a bound, however many objects a bucket has', async () => {
  let made = 0;
  async function* objects() {
    for (; made < 1_000; made += 1) yield { bytes: megabyte };
  }
  const queue = createJobQueue(objects(), ({ bytes }) => bytes);
  expect(await queue.filled(500)).toBe(false);
  expect(made).toBeLessThanOrEqual(64);
  let taken = 0;
  for (let some = await queue.take(2); some.length > 0; some = await queue.take(2)) {
    taken += some.length;
    expect(made - taken).toBeLessThanOrEqual(64);
  }
  expect(taken).toBe(1_000);
});
