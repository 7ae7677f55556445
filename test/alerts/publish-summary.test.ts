import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { Ajv } from 'ajv';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { maxEntryBytes } from '../../alerts/entry.ts';
import { createSummaryPublisher } from '../../alerts/publish-summary.ts';
import { sweep } from '../../guard/sweep.ts';
import { summarizeSweep } from '../../guard/sweep-summary.ts';
import { findingSchema } from '../../schemas/finding.ts';
import { sweepSummarySchema } from '../../schemas/sweep-summary.ts';
import { allow } from '../guard/account.ts';
import { anAccount } from '../guard/swept-account.ts';

// EventBridge is mocked here for its faults only: moto never fails an entry.
const bridge = mockClient(EventBridgeClient);
const publish = createSummaryPublisher({
  client: new EventBridgeClient({ region: 'us-east-1' }),
  busName: 'guard-bus',
  sleep: async () => undefined,
});

const isSummary = new Ajv({ schemas: [findingSchema] }).compile(sweepSummarySchema);

/** A summary as long as one gets: many users of long names who hold much, and much that may not be read. */
async function aLongSummary() {
  const services = ['s3', 'ec2', 'sns', 'sqs', 'lambda', 'dynamodb', 'rds', 'ecs', 'eks', 'glue', 'athena', 'iam', 'kms', 'sts'];
  const policy = allow(services.map((service) => `${service}:*`));
  const names = Array.from({ length: 60 }, (_, index) => `${'long.name@'.repeat(6)}${index}`);
  const { ports, read } = anAccount(Object.fromEntries(names.map((name) => [name, { policy }])));
  const unread = names.map((name) => ({ what: name.repeat(20), why: '"why"\\ '.repeat(2_000) }));
  const value = await read({ passwordPolicy: { found: true, value: null }, unread });
  return summarizeSweep(await sweep(ports({ readAccount: async () => ({ found: true, value }) })));
}

beforeEach(() => {
  bridge.reset();
  bridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
});

describe('createSummaryPublisher', () => {
  it('puts a summary on the guard own bus as an event of its own kind, which keeps its schema and fits', async () => {
    const summary = await aLongSummary();
    await publish(summary);
    const [entry] = bridge.commandCalls(PutEventsCommand).flatMap(({ args }) => args[0].input.Entries ?? []);
    expect(entry).toMatchObject({ EventBusName: 'guard-bus', Source: 'trailguard', DetailType: 'IAM Sweep Summary' });
    expect(isSummary(JSON.parse(entry?.Detail ?? '')), JSON.stringify(isSummary.errors)).toBe(true);
    expect(entry?.Detail?.length).toBeLessThan(maxEntryBytes / 4);
    expect(summary).toMatchObject({ worstLeftOut: 40, unreadLeftOut: 40 });
    expect(summary.summary).not.toMatch(/["\\]/);
  });

  it('throws where the bus does not take it, naming the sweep', async () => {
    bridge.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'no' }] });
    await expect(publish(await aLongSummary())).rejects.toThrow(
      'the summary of the sweep of 2026-05-01T06:00:00.000Z was not taken by event bus `guard-bus` in 4 attempts: InternalFailure: no',
    );
  });
});
