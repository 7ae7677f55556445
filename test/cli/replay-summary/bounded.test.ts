import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createPaint } from '../../../cli/paint.ts';
import { createTextTelling } from '../../../cli/replay-summary/telling.ts';
import { defaultConfiguration } from '../../../schemas/configuration.ts';
import { administrator, finding, tagged, verdict } from './verdicts.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const megabyte = 1_048_576;

function heldAfter(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

test('sixty thousand verdicts on ever new users by ever new actors are held in some megabytes', async () => {
  const telling = createTextTelling(defaultConfiguration, 100, createPaint(false));
  const before = heldAfter();
  let middle = 0;
  for (let index = 0; index < 60_000; index += 1) {
    const user = `user-${index}`;
    const summary = `actor-${index} attached a policy with a rather long name ${index} to user ${user}; it allows every action on every resource.`;
    const severity = index % 1_000 === 0 ? 'critical' : 'high';
    telling.add(
      verdict({
        user,
        who: `actor-${index}`,
        severity,
        findings: [administrator, finding('service-admin', 'high', `x${index}`)],
        actions: tagged(user),
        summary,
      }),
    );
    if (index === 20_000) middle = heldAfter();
  }
  const end = heldAfter();
  expect((end - before) / megabyte).toBeLessThan(40);
  expect((end - middle) / megabyte).toBeLessThan(15);
  expect(await telling.finish({ looked: { records: 60_000, duplicates: 0 } })).toContain('60 critical, 59940 high');
}, 60_000);
