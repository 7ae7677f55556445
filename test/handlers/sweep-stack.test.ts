import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SweepHandlerPorts } from '../../handlers/sweep-ports.ts';
import { createSweepPorts } from '../../handlers/sweep-ports.ts';
import { createSweepStack } from '../../handlers/sweep-stack.ts';
import type { SweepSummary } from '../../schemas/sweep-summary.ts';
import { anAccount, everything } from '../guard/swept-account.ts';
import { aContext, capturedLines } from './parts.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const schedule = { id: 'eeeeeeee-1111-4000-8000-000000000000', source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };

function aStack(overrides: Partial<SweepHandlerPorts> = {}) {
  const { ports, tagsOf } = anAccount({ ada: { policy: everything }, bob: {} });
  const { remaining: _, ...sweeping } = ports();
  const published: SweepSummary[] = [];
  const publish = async (summary: SweepSummary) => void published.push(summary);
  return { stack: createSweepStack({ ports: () => ({ ...sweeping, publish, ...overrides }) }), published, tagsOf };
}

describe('the sweep as a function', () => {
  it('tags, tells one summary, and answers nothing', async () => {
    capturedLines();
    const { stack, published, tagsOf } = aStack();
    expect(await stack(schedule, { ...aContext(), getRemainingTimeInMillis: () => 900_000 })).toBeUndefined();
    expect((await tagsOf('ada'))['trailguard:verdict']).toBe('critical');
    expect(published).toHaveLength(1);
    expect(published[0]).toMatchObject({ complete: true, severity: 'critical', counts: { users: { total: 2, critical: 1 } } });
  });

  it('logs what it changed in one line, and counts', async () => {
    const captured = capturedLines();
    await aStack().stack(schedule, { ...aContext(), getRemainingTimeInMillis: () => 900_000 });
    expect(captured.logs()).toHaveLength(1);
    expect(captured.logs()[0]).toMatchObject({
      message: 'sweep',
      correlation_id: schedule.id,
      sweep: { complete: true, severity: 'critical' },
      changes: [{ kind: 'user', name: 'ada', before: 'none', verdict: 'critical', result: 'done' }],
    });
    expect(captured.text()).not.toContain('Statement');
    expect(captured.metrics()).toContainEqual(expect.objectContaining({ verdict: 'critical', SweptUsers: 1 }));
    expect(captured.metrics()).toContainEqual(expect.objectContaining({ result: 'done', SweepResults: 1 }));
    expect(captured.metrics()).toContainEqual(expect.objectContaining({ SweepSeconds: 0, IamCalls: 0, IamThrottles: 0 }));
  });

  it('throws where its time was too short, once the summary is out, so that Lambda begins it again', async () => {
    capturedLines();
    const { stack, published, tagsOf } = aStack();
    await expect(stack(schedule, { ...aContext(), getRemainingTimeInMillis: () => 20_000 })).rejects.toMatchObject({
      name: 'UnfinishedSweepError',
      message: 'the sweep is not finished (no time for 1): the next one goes on',
    });
    expect(published[0]).toMatchObject({ complete: false, counts: { results: { left: 1 } } });
    expect(await tagsOf('ada')).toEqual({});
  });

  it('lets out that the account may not be read, and that the summary was not delivered', async () => {
    const captured = capturedLines();
    const denied = aStack({ readAccount: async () => ({ found: false, why: 'unreadable', detail: 'denied' }) });
    await expect(denied.stack(schedule, aContext())).rejects.toThrow('the account was not swept: denied');
    expect(captured.metrics()).toContainEqual(expect.objectContaining({ Errors: 1, error: 'SweepError', IamCalls: 0 }));
    const fault = new Error('no bus');
    await expect(aStack({ publish: () => Promise.reject(fault) }).stack(schedule, aContext())).rejects.toBe(fault);
  });
});

describe('createSweepPorts', () => {
  it('knows its account, and writes tags', () => {
    const ports = createSweepPorts({
      EVENT_BUS_NAME: 'guard-bus',
      ACCOUNT_ID: '123456789012',
      GUARD_ROLES: 'guard-sweep',
      JUDGE_AGAIN_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/users.fifo',
      ALERT_RECORDS_TABLE: 'records',
    });
    expect(ports).toMatchObject({ account: '123456789012', apply: true });
  });
});
