import { afterEach, describe, expect, it, vi } from 'vitest';
import type { GuardPorts } from '../../guard/ports.ts';
import { createStack, type StackParts } from '../../handlers/stack.ts';
import type { CallCounter } from '../../iam/call-counter.ts';
import { createProjectedDirectory } from '../../iam/projected-directory.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { aFinding, aVerdict } from '../alerts/verdicts.ts';
import { changesOf } from '../iam/in-account.ts';
import { aContext, anEnvelope, capturedLines, idlePorts, variables } from './parts.ts';

type Judge = StackParts['judge'];
const judging = (verdict: Verdict | undefined) => vi.fn<Judge>(async () => verdict);
const stackOf = (judge: Judge, ports: GuardPorts = idlePorts()) => createStack({ judge, ports: () => ports });

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('the stack', () => {
  it('hands the record and the ports to the guard, and answers nothing', async () => {
    capturedLines();
    const judge = judging(aVerdict());
    const ports = idlePorts();
    const envelope = anEnvelope();
    expect(await stackOf(judge, ports)(envelope, aContext())).toBeUndefined();
    expect(judge).toHaveBeenCalledExactlyOnceWith(envelope.detail, { ...ports, publish: expect.any(Function) }, expect.any(Function));
  });

  it('judges by the record, whatever account the envelope names', async () => {
    capturedLines();
    const judge = judging(aVerdict());
    await stackOf(judge)(anEnvelope({ recipientAccountId: '210987654321' }), aContext());
    expect(judge).toHaveBeenCalledWith(
      expect.objectContaining({ recipientAccountId: '210987654321' }),
      expect.anything(),
      expect.any(Function),
    );
  });

  it('throws at a poison event, and never asks the guard', async () => {
    capturedLines();
    const judge = judging(aVerdict());
    for (const poison of [null, 'text', {}, anEnvelope({ eventTime: 'yesterday' }), anEnvelope({}, { source: 'forged' })]) {
      await expect(stackOf(judge)(poison, aContext())).rejects.toMatchObject({ name: 'SchemaError' });
    }
    expect(judge).not.toHaveBeenCalled();
  });

  it('throws at an event that the guard does not judge, so that it ends in a queue and not in silence', async () => {
    capturedLines();
    await expect(stackOf(judging(undefined))(anEnvelope({ eventName: 'TagRole' }), aContext())).rejects.toThrow(
      "event `TagRole` is not one that the guard judges: take it out of the rule's pattern",
    );
  });

  it('lets out what the guard throws, so that Lambda tries again', async () => {
    capturedLines();
    const fault = Object.assign(new Error('rate exceeded'), { name: 'Throttling' });
    await expect(stackOf(vi.fn<Judge>().mockRejectedValue(fault))(anEnvelope(), aContext())).rejects.toBe(fault);
  });

  it('tells a verdict although the queue takes nobody to be judged again, and then throws', async () => {
    capturedLines();
    const told: Verdict[] = [];
    const directory = createProjectedDirectory({ account: '123456789012' });
    for (const change of changesOf({ kind: 'user-created', userName: 'bob', tags: [] })) directory.fold(change);
    const ports: GuardPorts = {
      ...idlePorts(),
      directory: () => directory,
      publish: async (verdict) => void told.push(verdict),
      judgeAgain: () => Promise.reject(new Error('the queue is away')),
    };
    await expect(createStack({ ports: () => ports })(anEnvelope(), aContext())).rejects.toThrow(
      'the queue is away: the event will be judged again',
    );
    expect(told).toMatchObject([{ outcome: 'flagged', severity: 'critical' }]);
    expect(await directory.userTags('bob')).toMatchObject({ value: { 'trailguard:verdict': 'critical' } });
  });

  it('says at the first event which variable is missing, and works once it is there', async () => {
    capturedLines();
    for (const [name, value] of Object.entries({ ...variables, EVENT_BUS_NAME: '' })) vi.stubEnv(name, value);
    const stack = createStack({ judge: judging(aVerdict()) });
    await expect(stack(anEnvelope(), aContext())).rejects.toThrow('environment variable `EVENT_BUS_NAME` is missing');
    vi.stubEnv('EVENT_BUS_NAME', 'guard-bus');
    expect(await stack(anEnvelope(), aContext())).toBeUndefined();
  });
});

describe('the log', () => {
  it('says the verdict in one line, with its id as correlation', async () => {
    const captured = capturedLines();
    await stackOf(judging(aVerdict()))(anEnvelope(), aContext());
    expect(captured.logs()).toHaveLength(1);
    expect(captured.logs()[0]).toMatchObject({
      level: 'INFO',
      message: 'verdict',
      service: 'trailguard',
      correlation_id: '7f1c2a9e-1111-4222-8333-944455556666',
      verdict: { outcome: 'flagged', severity: 'critical' },
      seconds: 5,
      subject: { type: 'user', name: 'bob' },
      rules: ['admin-access'],
      actions: [{ kind: 'tag-user', target: 'bob', result: 'done' }],
    });
  });

  it("has the verdict's id as correlation for a record without an id too, whether it ends well or not", async () => {
    const captured = capturedLines();
    const record = anEnvelope({ eventID: undefined });
    const told: Verdict[] = [];
    const ports = { ...idlePorts(), publish: async (verdict: Verdict) => void told.push(verdict) };
    await createStack({ ports: () => ports })(record, aContext());
    await expect(stackOf(vi.fn<Judge>().mockRejectedValue(new Error('no')), ports)(record, aContext())).rejects.toThrow('no');
    expect(told[0]?.id).toMatch(/^sha256-/);
    expect(captured.logs().map(({ correlation_id }) => correlation_id)).toEqual([told[0]?.id, told[0]?.id]);
  });

  it('says what was not read, not tagged or passed over, and why', async () => {
    const captured = capturedLines();
    const actions: Verdict['actions'] = [
      { kind: 'tag-user', target: 'bob', result: 'done', detail: 'set trailguard:verdict' },
      { kind: 'tag-user', target: 'eve', result: 'failed', detail: 'the guard may not tag user `eve`' },
      { kind: 'tag-user', target: 'ada', result: 'skipped', detail: 'user `ada` no longer exists' },
      { kind: 'note', target: 'bob', result: 'skipped', detail: 'user bob, groups of user bob was not judged: denied' },
    ];
    await stackOf(judging(aVerdict({ actions })))(anEnvelope(), aContext());
    expect(captured.logs()[0]?.actions).toEqual([{ kind: 'tag-user', target: 'bob', result: 'done' }, ...actions.slice(1)]);
    expect(captured.logs()[0]).not.toHaveProperty('detailsLeftOut');
  });

  it('stays bounded with details without end, names every action, and says how many details it left out', async () => {
    const captured = capturedLines();
    const actions: Verdict['actions'] = Array.from({ length: 60 }, (_, index) => ({
      kind: 'note',
      target: `user-${index}`,
      result: 'skipped',
      detail: `${'x '.repeat(996)}AKIAIOSFODNN7EXAMPLE ${'x'.repeat(10_000)}`,
    }));
    await stackOf(judging(aVerdict({ actions })))(anEnvelope(), aContext());
    const [line] = captured.logs();
    const logged = line?.actions as { target: string; detail?: string }[];
    expect(logged.map(({ target }) => target)).toEqual(actions.map(({ target }) => target));
    expect(logged.filter(({ detail }) => detail !== undefined)).toHaveLength(50);
    expect(line).toMatchObject({ detailsLeftOut: 10 });
    expect(captured.text().length).toBeLessThan(150_000);
    expect(/AKIA[A-Z0-9]/.test(captured.text())).toBe(false);
  });

  it('says the error of an event without a verdict, under the envelope id where the record has none', async () => {
    const captured = capturedLines();
    await expect(stackOf(judging(aVerdict()))(anEnvelope({ eventID: undefined, eventName: 7 }), aContext())).rejects.toThrow();
    expect(captured.logs()).toEqual([
      expect.objectContaining({
        level: 'ERROR',
        correlation_id: 'eeeeeeee-0000-4000-8000-000000000000',
        error: expect.objectContaining({ name: 'SchemaError', message: expect.stringContaining('/detail/eventName') }),
      }),
    ]);
  });

  it('never holds a document or an access key id, not even where it is asked to log events', async () => {
    vi.stubEnv('POWERTOOLS_LOGGER_LOG_EVENT', 'true');
    const captured = capturedLines();
    const refused = vi.fn<Judge>().mockRejectedValue(new Error('the access key with id AKIAIOSFODNN7EXAMPLE cannot be found'));
    await expect(createStack({ judge: refused, ports: () => idlePorts() })(anEnvelope(), aContext())).rejects.toThrow();
    await createStack({ judge: judging(aVerdict()), ports: () => idlePorts() })(anEnvelope(), aContext());
    expect(captured.text()).toContain('AKIA…');
    expect(captured.text()).not.toMatch(/AKIA[A-Z0-9]|policyDocument|Statement/);
  });
});

describe('the metrics', () => {
  it('count verdicts by outcome and severity, findings by rule, and the seconds since the event', async () => {
    const captured = capturedLines();
    const findings = [aFinding(), aFinding(), aFinding({ rule: 'policy-attached-directly' })];
    await stackOf(judging(aVerdict({ findings })))(anEnvelope(), aContext());
    expect(captured.metrics()).toEqual([
      { service: 'trailguard', outcome: 'flagged', severity: 'critical', Verdicts: 1 },
      { service: 'trailguard', rule: 'admin-access', Findings: 2 },
      { service: 'trailguard', rule: 'policy-attached-directly', Findings: 1 },
      { service: 'trailguard', Events: 1, SecondsToVerdict: 5, IamCalls: 0, IamThrottles: 0 },
    ]);
  });

  it('never say that a verdict came before its event', async () => {
    const captured = capturedLines();
    await stackOf(judging(aVerdict()), idlePorts(new Date('2026-03-01T09:59:00Z')))(anEnvelope(), aContext());
    expect(captured.metrics()).toContainEqual(expect.objectContaining({ SecondsToVerdict: 0 }));
  });

  it('count an event that ends in an error', async () => {
    const captured = capturedLines();
    await expect(stackOf(judging(aVerdict()))({}, aContext())).rejects.toThrow();
    expect(captured.metrics()).toEqual([
      { service: 'trailguard', error: 'SchemaError', Events: 1, Errors: 1, IamCalls: 0, IamThrottles: 0 },
    ]);
  });

  it('tell how long after its event an alert was out, and nothing of one that the bus did not take', async () => {
    const captured = capturedLines();
    const publishing = vi.fn<Judge>(async (_record, { publish }) => {
      await publish(aVerdict());
      return aVerdict();
    });
    await stackOf(publishing)(anEnvelope(), aContext());
    expect(captured.metrics()).toContainEqual(expect.objectContaining({ SecondsToAlert: 5, SecondsToVerdict: 5 }));
    const refusing = { ...idlePorts(), publish: () => Promise.reject(new Error('the bus is away')) };
    await expect(stackOf(publishing, refusing)(anEnvelope(), aContext())).rejects.toThrow('the bus is away');
    expect(captured.metrics().at(-1)).not.toHaveProperty('SecondsToAlert');
  });

  it('count what each invocation asked of IAM, by operation and together, whether it ends well or not', async () => {
    const captured = capturedLines();
    const counts = { sent: { GetUser: 3, ListAccessKeys: 1 }, throttled: { GetUser: 2 } };
    const left = { sent: { GetPolicy: 9 }, throttled: {} };
    const take = vi.fn<CallCounter['take']>(() => counts).mockReturnValueOnce(left);
    const calls = { watch: vi.fn(), take };
    await createStack({ judge: judging(aVerdict({ findings: [] })), ports: () => idlePorts(), calls })(anEnvelope(), aContext());
    const told = [
      { service: 'trailguard', operation: 'GetUser', IamCalls: 3 },
      { service: 'trailguard', operation: 'ListAccessKeys', IamCalls: 1 },
      { service: 'trailguard', operation: 'GetUser', IamThrottles: 2 },
    ];
    expect(captured.metrics().slice(1, 4)).toEqual(told);
    expect(captured.metrics()[4]).toMatchObject({ IamCalls: 4, IamThrottles: 2 });
    take.mockReturnValueOnce(left);
    await expect(createStack({ ports: () => idlePorts(), calls })({}, aContext())).rejects.toThrow();
    expect(captured.metrics().slice(5)).toEqual([...told, expect.objectContaining({ Errors: 1, IamCalls: 4, IamThrottles: 2 })]);
  });

  it("bear the stack's name, so that two guards in an account stay apart", async () => {
    vi.stubEnv('EVENT_BUS_NAME', 'trailguard-prod');
    const captured = capturedLines();
    await stackOf(judging(aVerdict()))(anEnvelope(), aContext());
    expect([...captured.metrics(), ...captured.logs()].map(({ service }) => service)).toEqual(Array(4).fill('trailguard-prod'));
  });
});
