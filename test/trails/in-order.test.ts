import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrder } from '../../trails/in-order.ts';
import { all } from './s3-fixtures.ts';

async function* counted(part: readonly number[]) {
  for (const item of part) yield item;
}

test('all items come, in the order of the parts, for any number at once', async () => {
  const parts = fc.array(fc.array(fc.nat(), { maxLength: 12 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(parts, fc.integer({ min: 1, max: 20 }), async (given, atOnce) => {
      expect(await all(inOrder(given, counted, atOnce))).toEqual(given.flat());
    }),
  );
});

test('no more parts are under way than allowed, and no more items wait than four of each', async () => {
  let asked = 0;
  let begun = 0;
  const endless = async function* () {
    begun += 1;
    for (;;) {
      asked += 1;
      yield asked;
    }
  };
  const items = inOrder(
    Array.from({ length: 9 }, () => 0),
    endless,
    3,
  );
  await items.next();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect({ begun, asked }).toEqual({ begun: 3, asked: 13 });
  await items.return(undefined);
});

test('a fault comes where its item would, and not before', async () => {
  const broken = async function* (part: number) {
    if (part === 2) throw new Error('broken');
    yield part;
  };
  const items = inOrder([1, 2, 3], broken, 3);
  expect(await items.next()).toEqual({ done: false, value: 1 });
  await expect(items.next()).rejects.toThrow('broken');
});
