import { afterEach, describe, expect, it, vi } from 'vitest';
import type { GuardPorts } from '../../guard/ports.ts';
import { createUserStack } from '../../handlers/user-stack.ts';
import { createProjectedDirectory, type ProjectedDirectory } from '../../iam/projected-directory.ts';
import type { UserRequest } from '../../schemas/user-request.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { allow } from '../guard/account.ts';
import { changesOf } from '../iam/in-account.ts';
import { aContext, aMessage, aRequest, capturedLines, idlePorts, variables } from './parts.ts';

/** An account with bob, who may do everything. */
const accountOfBob = (): ProjectedDirectory => {
  const directory = createProjectedDirectory({ account: '123456789012' });
  const document = { state: 'present', text: allow('*') } as const;
  const changes = changesOf(
    { kind: 'user-created', userName: 'bob', tags: [] },
    { kind: 'inline-policy-put', holder: { type: 'user', name: 'bob' }, policyName: 'all', document },
  );
  for (const change of changes) directory.fold(change);
  return directory;
};

const guardOf = (directory: GuardPorts['directory']) => {
  const told: Verdict[] = [];
  const publish = async (verdict: Verdict) => void told.push(verdict);
  const stack = createUserStack({ ports: () => ({ ...idlePorts(), directory, publish }) });
  return { told, judge: (body: unknown) => stack(aMessage(body), aContext()) };
};
const withBob = () => {
  const directory = accountOfBob();
  return { directory, ...guardOf((account) => (account === '123456789012' ? directory : undefined)) };
};

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('the stack behind the queue', () => {
  it('brings the tags of the user to what it holds, tells what is new, and answers nothing', async () => {
    capturedLines();
    const { directory, told, judge } = withBob();
    expect(await judge(aRequest())).toBeUndefined();
    expect(await directory.userTags('bob')).toMatchObject({ value: { 'trailguard:verdict': 'critical' } });
    expect(told).toMatchObject([{ id: aRequest().event.id, outcome: 'flagged', severity: 'critical', subject: { name: 'bob' } }]);
  });

  it('tells nothing twice: a message that comes again finds the tags', async () => {
    capturedLines();
    const { told, judge } = withBob();
    await judge(aRequest());
    await judge(aRequest());
    expect(told).toHaveLength(1);
  });

  it('is done with a user who is gone', async () => {
    const captured = capturedLines();
    const { directory, told, judge } = withBob();
    const [deleted] = changesOf({ kind: 'user-deleted', userName: 'bob' });
    if (deleted) directory.fold({ ...deleted, id: 'deletion' });
    expect(await judge(aRequest())).toBeUndefined();
    expect(told).toEqual([]);
    expect(captured.logs()[0]).toMatchObject({ message: 'user judged again', user: 'bob', gone: true });
  });

  it('throws what must be tried again: an alert not delivered, before any tag names what it says', async () => {
    capturedLines();
    const directory = accountOfBob();
    const refused = new Error('the bus is away');
    const publish = () => Promise.reject(refused);
    const stack = createUserStack({ ports: () => ({ ...idlePorts(), directory: () => directory, publish }) });
    await expect(stack(aMessage(aRequest()), aContext())).rejects.toBe(refused);
    expect(await directory.userTags('bob')).toMatchObject({ value: {} });
  });

  it('throws at a user who can not be read', async () => {
    capturedLines();
    await expect(withBob().judge(aRequest({ user: 'nobody-saw' }))).rejects.toThrow('user `nobody-saw` could not be read');
  });

  it('throws at a user of an account that it does not watch', async () => {
    capturedLines();
    const { event } = aRequest();
    await expect(withBob().judge(aRequest({ event: { ...event, account: '210987654321' } }))).rejects.toThrow(
      'user `bob` is of account `210987654321`, which this guard does not watch',
    );
  });

  it('throws at a poison message, and asks nobody', async () => {
    capturedLines();
    const directory = vi.fn<GuardPorts['directory']>();
    const { judge } = guardOf(directory);
    const { user, ...without } = aRequest();
    const poison: unknown[] = ['{', 'null', {}, without, { ...aRequest(), user: '' }, { ...aRequest(), more: user }];
    for (const body of poison) await expect(judge(body), JSON.stringify(body)).rejects.toThrow();
    expect(directory).not.toHaveBeenCalled();
  });

  it('judges in order, and stops at the first that fails: what comes after it is not judged before it', async () => {
    capturedLines();
    const { directory, judge } = withBob();
    const both = { Records: [aRequest({ user: 'nobody-saw' }), aRequest()].flatMap((request) => aMessage(request).Records) };
    const stack = createUserStack({ ports: () => ({ ...idlePorts(), directory: () => directory }) });
    await expect(stack(both, aContext())).rejects.toThrow('nobody-saw');
    expect(await directory.userTags('bob')).toMatchObject({ value: {} });
    await judge(aRequest());
    expect(await directory.userTags('bob')).toMatchObject({ value: { 'trailguard:verdict': 'critical' } });
  });

  it('reads its environment at the first message', async () => {
    capturedLines();
    for (const [name, value] of Object.entries({ ...variables, JUDGE_AGAIN_QUEUE_URL: '' })) vi.stubEnv(name, value);
    const stack = createUserStack();
    await expect(stack(aMessage(aRequest()), aContext())).rejects.toThrow('`JUDGE_AGAIN_QUEUE_URL` is missing');
  });
});

describe('its log', () => {
  it('says whom it judged and what it found, with the event id as correlation', async () => {
    const captured = capturedLines();
    await withBob().judge(aRequest());
    expect(captured.logs()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'user judged again',
        correlation_id: aRequest().event.id,
        user: 'bob',
        rules: expect.arrayContaining(['admin-access']),
        told: true,
        gone: false,
      }),
    ]);
  });

  it('says the error of a user who was not judged, under the id of the event', async () => {
    const captured = capturedLines();
    await expect(withBob().judge(aRequest({ user: 'nobody-saw' }))).rejects.toThrow();
    expect(captured.logs()).toEqual([
      expect.objectContaining({
        level: 'ERROR',
        message: 'user not judged',
        correlation_id: aRequest().event.id,
        error: expect.objectContaining({ name: 'IncompleteError' }),
      }),
    ]);
  });

  it('says the error of a poison message, under the id of the message', async () => {
    const captured = capturedLines();
    await expect(withBob().judge('{')).rejects.toThrow();
    expect(captured.logs()).toMatchObject([{ level: 'ERROR', correlation_id: 'aaaaaaaa-0000-4000-8000-000000000000' }]);
  });

  it('never holds a document or an access key id', async () => {
    vi.stubEnv('POWERTOOLS_LOGGER_LOG_EVENT', 'true');
    const captured = capturedLines();
    const failing = guardOf(() => {
      throw new Error('the access key with id AKIAIOSFODNN7EXAMPLE cannot be found');
    });
    await expect(failing.judge(aRequest())).rejects.toThrow();
    await withBob().judge(aRequest());
    expect(captured.text()).toContain('AKIA…');
    expect(captured.text()).not.toMatch(/AKIA[A-Z0-9]|policyDocument|Statement/);
  });
});

describe('its metrics', () => {
  it('count the users, and the verdicts that were told', async () => {
    const captured = capturedLines();
    const { judge } = withBob();
    await judge(aRequest());
    await judge(aRequest());
    expect(captured.metrics()).toEqual(
      expect.arrayContaining([
        { service: 'trailguard', outcome: 'flagged', severity: 'critical', Verdicts: 1 },
        { service: 'trailguard', UsersJudgedAgain: 1, SecondsToLateAlert: 5, IamCalls: 0, IamThrottles: 0 },
        { service: 'trailguard', UsersJudgedAgain: 1, IamCalls: 0, IamThrottles: 0 },
      ]),
    );
  });

  it('count an error', async () => {
    const captured = capturedLines();
    const request: Partial<UserRequest> = { user: 'nobody-saw' };
    await expect(withBob().judge(aRequest(request))).rejects.toThrow();
    expect(captured.metrics()).toEqual([{ service: 'trailguard', error: 'IncompleteError', Errors: 1, IamCalls: 0, IamThrottles: 0 }]);
  });
});
