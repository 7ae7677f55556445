import { describe, expect, it, vi } from 'vitest';
import type { GuardStack } from '../../../cli/redrive/guard-stack.ts';
import { createPace } from '../../../cli/redrive/pace.ts';
import type { Queue } from '../../../cli/redrive/queue.ts';
import { redriveQueue } from '../../../cli/redrive/redrive-queue.ts';
import type { LyingMessage } from '../../../cli/redrive/unwrap.ts';
import { anEnvelope } from '../../handlers/parts.ts';
import { functionArn } from './messages.ts';

const at = { name: 'UndeliveredEvents', url: 'https://sqs.us-east-1.amazonaws.com/123456789012/q' };
const stack: GuardStack = {
  name: 'trailguard-dev',
  functions: new Map([['UserPermissions', functionArn('user-permissions')]]),
  queues: [],
  alertTopic: undefined,
  queueArn: () => '',
};
const message = (id: string, receipt = id): LyingMessage => ({
  id,
  receipt,
  body: JSON.stringify(anEnvelope({ eventID: id })),
  sent: '2026-03-01T10:00:00.000Z',
  attributes: {},
});

/** A queue in memory that gives what it is told to, in turn: faults and double deliveries, which moto has not. */
const scripted = (takes: (LyingMessage[] | Error)[], faults: Partial<Queue> = {}) => {
  const [released, removed]: [string[], string[]] = [[], []];
  const queue: Queue = {
    take: async () => {
      const next = takes.shift() ?? [];
      if (next instanceof Error) throw next;
      return next;
    },
    release: async ({ receipt }) => void released.push(receipt),
    remove: async ({ receipt }) => void removed.push(receipt),
    count: async () => 0,
    ...faults,
  };
  return { queue, released, removed };
};

const parts = (run: () => Promise<void> = async () => undefined, apply = true) => ({
  stack,
  apply,
  run: vi.fn(run),
  pace: async () => undefined,
  tick: () => undefined,
});

describe('the messages of a queue', () => {
  it('are each handled once, though SQS gives one twice; the newest receipt releases it', async () => {
    const { queue, released } = scripted([[message('a', 'first'), message('b')], [message('a', 'second')]]);
    const { messages } = await redriveQueue(at, queue, 10, parts(undefined, false));
    expect(messages.map(({ id, result }) => [id, result])).toEqual([
      ['a', 'planned'],
      ['b', 'planned'],
    ]);
    expect(released).toEqual(['second', 'b']);
  });

  it('are run once though one comes again after it was deleted', async () => {
    const { queue, released, removed } = scripted([[message('a')], [message('a', 'again')]]);
    const given = parts();
    const { messages } = await redriveQueue(at, queue, 10, given);
    expect(given.run).toHaveBeenCalledTimes(1);
    expect({ results: messages.map(({ result }) => result), removed, released }).toEqual({
      results: ['done'],
      removed: ['a'],
      released: [],
    });
  });

  it('stay where running them failed, and are released when all others are done', async () => {
    const { queue, released, removed } = scripted([[message('a')], [message('b')]]);
    const run = vi.fn().mockRejectedValueOnce(new Error('IAM did not answer')).mockResolvedValueOnce(undefined);
    const { messages } = await redriveQueue(at, queue, 10, parts(run));
    expect(messages).toMatchObject([
      { id: 'a', result: 'failed', detail: 'IAM did not answer' },
      { id: 'b', result: 'done' },
    ]);
    expect({ released, removed }).toEqual({ released: ['a'], removed: ['b'] });
  });

  it('are not said to be done where they could not be deleted', async () => {
    const fault = async () => Promise.reject(new Error('access denied'));
    const { queue, released } = scripted([[message('a')]], { remove: fault });
    const { messages } = await redriveQueue(at, queue, 10, parts());
    expect(messages).toMatchObject([{ result: 'failed', detail: 'it went through, but could not be deleted: access denied' }]);
    expect(released).toEqual(['a']);
  });

  it('are released though the queue fails in the middle, and the report says so', async () => {
    const { queue, released } = scripted([[message('a')], new Error('throttled')]);
    const report = await redriveQueue(at, queue, 10, parts(undefined, false));
    expect(report).toMatchObject({ problem: 'throttled', messages: [{ id: 'a' }] });
    expect(released).toEqual(['a']);
  });

  it('that could not be released are told of', async () => {
    const { queue } = scripted([[message('a')]], { release: async () => Promise.reject(new Error('access denied')) });
    const { problem } = await redriveQueue(at, queue, 10, parts(undefined, false));
    expect(problem).toBe('1 of its messages are hidden for some minutes, since they could not be released: access denied');
  });
});

describe('the pace', () => {
  it('begins no two within its span, and does not hurry after a pause', async () => {
    let clock = 0;
    const starts: number[] = [];
    const pace = createPace(
      4,
      () => clock,
      async (ms) => {
        clock += ms;
      },
    );
    for (const takes of [0, 100, 900, 0]) {
      await pace();
      starts.push(clock);
      clock += takes;
    }
    expect(starts).toEqual([0, 250, 500, 1_400]);
  });
});
