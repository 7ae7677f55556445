import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { entryBytes, maxEntryBytes } from '../../alerts/entry.ts';
import { createPublisher } from '../../alerts/publish.ts';
import { aFinding, aVerdict } from './verdicts.ts';

// EventBridge is mocked here for its faults only: moto never fails an entry. The deploy suite publishes to moto.
const bridge = mockClient(EventBridgeClient);
const slept: number[] = [];
const publish = createPublisher({
  client: new EventBridgeClient({ region: 'us-east-1' }),
  busName: 'guard-bus',
  sleep: async (milliseconds) => {
    slept.push(milliseconds);
  },
  random: () => 0.5,
});
const taken = { FailedEntryCount: 0, Entries: [{ EventId: '1' }] };
const refused = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' }] };

const sent = () => bridge.commandCalls(PutEventsCommand).map((call) => call.args[0].input.Entries?.[0]);

beforeEach(() => {
  bridge.reset();
  slept.length = 0;
});

describe('createPublisher', () => {
  it('puts the verdict on the guard own bus, under the names that subscribers match', async () => {
    bridge.on(PutEventsCommand).resolves(taken);
    await publish(aVerdict());
    expect(sent()).toEqual([
      { EventBusName: 'guard-bus', Source: 'trailguard', DetailType: 'IAM Policy Verdict', Detail: JSON.stringify(aVerdict()) },
    ]);
    expect(slept).toEqual([]);
  });

  it('sends an entry again that EventBridge did not take, after a growing pause', async () => {
    bridge.on(PutEventsCommand).resolvesOnce(refused).resolvesOnce(refused).resolves(taken);
    await publish(aVerdict());
    expect(sent()).toHaveLength(3);
    expect(new Set(sent().map((entry) => entry?.Detail)).size).toBe(1);
    expect(slept).toEqual([50, 100]);
  });

  it('throws after four attempts, naming the verdict, the bus and the reason', async () => {
    bridge.on(PutEventsCommand).resolves(refused);
    await expect(publish(aVerdict())).rejects.toMatchObject({
      name: 'AlertError',
      message:
        'verdict `7f1c2a9e-1111-4222-8333-944455556666` was not taken by event bus `guard-bus` in 4 attempts: ThrottlingException: slow down',
    });
    expect(sent()).toHaveLength(4);
    expect(slept).toEqual([50, 100, 200]);
  });

  it('waits for the bus 20 seconds in all, so that no other takes the alert for given up before', async () => {
    const signals = vi.spyOn(AbortSignal, 'timeout');
    bridge.on(PutEventsCommand).resolvesOnce(refused).resolves(taken);
    await publish(aVerdict());
    expect(signals.mock.calls).toEqual([[20_000]]);
    const last = bridge.commandCalls(PutEventsCommand).at(-1)?.args;
    expect(last).toEqual([expect.anything(), { abortSignal: signals.mock.results[0]?.value }]);
    signals.mockRestore();
  });

  it('trusts the count of failed entries even where no entry says why', async () => {
    bridge.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [] });
    await expect(publish(aVerdict())).rejects.toThrow('EventBridge gave no reason');
  });

  it('says which bus it was where the client itself throws, and keeps the cause', async () => {
    const cause = Object.assign(new Error('no such bus'), { name: 'ResourceNotFoundException' });
    bridge.on(PutEventsCommand).rejects(cause);
    await expect(publish(aVerdict())).rejects.toMatchObject({
      name: 'AlertError',
      message: 'verdict `7f1c2a9e-1111-4222-8333-944455556666` was not taken by event bus `guard-bus`: no such bus',
      cause,
    });
    expect(sent()).toHaveLength(1);
  });

  it('cuts a verdict that is too large to send', async () => {
    bridge.on(PutEventsCommand).resolves(taken);
    const evidence = Array.from({ length: 5_000 }, (_, index) => ({
      statement: index,
      pointer: `/Statement/${index}/Action`,
      sid: 'ü'.repeat(40),
    }));
    await publish(aVerdict({ findings: [aFinding({ evidence })] }));
    const [entry] = sent();
    expect(entry && entryBytes(entry)).toBeLessThanOrEqual(maxEntryBytes);
    expect(JSON.parse(entry?.Detail ?? '').actions.at(-1)).toMatchObject({ kind: 'note', target: 'alert', result: 'skipped' });
  });
});
