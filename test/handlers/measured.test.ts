import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { GuardPorts } from '../../guard/ports.ts';
import { createChannelStack } from '../../handlers/channels/channel-stack.ts';
import { metricNames } from '../../handlers/metric-names.ts';
import { createStack } from '../../handlers/stack.ts';
import { createSweepStack } from '../../handlers/sweep-stack.ts';
import { createUserStack } from '../../handlers/user-stack.ts';
import { createProjectedDirectory } from '../../iam/projected-directory.ts';
import type { UserRequest } from '../../schemas/user-request.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { allow } from '../guard/account.ts';
import { anAccount, everything } from '../guard/swept-account.ts';
import { changesOf } from '../iam/in-account.ts';
import { motoClientConfig } from '../moto.ts';
import { aContext, aMessage, anEnvelope, capturedLines, idlePorts } from './parts.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** An event from the guard's first look to a channel and to the second look, whose every part answers. */
async function wholeWay(record: Record<string, unknown> = {}) {
  const captured = capturedLines();
  const directory = createProjectedDirectory({ account: '123456789012' });
  for (const change of changesOf({ kind: 'user-created', userName: 'bob', tags: [] })) directory.fold(change);
  const told: Verdict[] = [];
  const asked: UserRequest[] = [];
  const ports: GuardPorts = {
    ...idlePorts(),
    directory: () => directory,
    publish: async (verdict) => void told.push(verdict),
    judgeAgain: async (requests) => void asked.push(...requests),
  };
  await createStack({ ports: () => ports })(anEnvelope(record), aContext());
  // By then IAM shows the policy, and somebody took the guard's tags: the second look has something to tell.
  const document = { state: 'present', text: allow('*') } as const;
  const later = changesOf({ kind: 'inline-policy-put', holder: { type: 'user', name: 'bob' }, policyName: 'all', document });
  for (const change of later) directory.fold({ ...change, id: 'later' });
  await directory.untagUser('bob', ['trailguard:verdict', 'trailguard:findings']);
  for (const request of asked) await createUserStack({ ports: () => ports })(aMessage(request), aContext());
  const channel = createChannelStack({ channel: 'mail', deliver: () => async () => ({ told: 1, time: '2026-03-01T10:00:00Z' }) });
  for (const detail of told) await channel({ id: 'of-the-bus', detail }, aContext());
  return { captured, told };
}

describe('one event', () => {
  it.each([
    ['with an id', {}],
    ['without one', { eventID: undefined }],
  ])("%s has its verdict's id as correlation in every function", async (_, record) => {
    const { captured, told } = await wholeWay(record);
    expect(captured.logs().map(({ message }) => message)).toEqual(['verdict', 'user judged again', 'told', 'told']);
    expect(new Set(captured.logs().map(({ correlation_id }) => correlation_id))).toEqual(new Set([told[0]?.id]));
  });
});

it('no stack measures what has no name here, and together they measure all that has', async () => {
  const { captured } = await wholeWay();
  await expect(createStack({ ports: () => idlePorts() })({}, aContext())).rejects.toThrow();
  // The table of alerts is down: nobody listens there.
  const client = new DynamoDBClient({ ...motoClientConfig('http://127.0.0.1:1'), maxAttempts: 1 });
  const unrecorded = { ...idlePorts(), records: { client, tableName: 'records' } };
  await createStack({ ports: () => unrecorded })(anEnvelope(), aContext());
  const { remaining: _, ...sweeping } = anAccount({ ada: { policy: everything } }).ports();
  const context = { ...aContext(), getRemainingTimeInMillis: () => 900_000 };
  await createSweepStack({ ports: () => ({ ...sweeping, publish: async () => undefined }) })({}, context);
  // Dimensions begin small.
  const measured = captured.metrics().flatMap((line) => Object.keys(line).filter((key) => /^[A-Z]/.test(key)));
  expect(new Set(measured)).toEqual(new Set(Object.values(metricNames)));
});
