import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStack } from '../../handlers/stack.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { aContext, anEnvelope, capturedLines, idlePorts } from './parts.ts';

// DynamoDB is mocked here for its faults; test/alerts/publish-once.test.ts has the table itself.
const client = new DynamoDBClient({ region: 'us-east-1' });
const dynamo = mockClient(client);
const alreadyTold = Object.assign(new Error('the record is there'), { name: 'IdempotencyItemAlreadyExistsError' });

beforeEach(() => {
  dynamo.reset();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A stack whose account is not watched: every event is undetermined, and told. */
const recording = () => {
  const told: Verdict[] = [];
  const ports = { ...idlePorts(), publish: async (verdict: Verdict) => void told.push(verdict), records: { client, tableName: 'records' } };
  const stack = createStack({ ports: () => ports });
  return { told, run: () => stack(anEnvelope(), aContext()) };
};

describe('the stack with a table of alerts', () => {
  it('that takes the record: tells, and has nothing to say of it', async () => {
    const captured = capturedLines();
    dynamo.onAnyCommand().resolves({});
    const { told, run } = recording();
    await run();
    expect(told).toHaveLength(1);
    expect(captured.logs().map(({ message }) => message)).toEqual(['verdict']);
    expect(captured.metrics()).toContainEqual(expect.objectContaining({ SecondsToAlert: 5 }));
    expect(captured.metrics().filter((line) => 'AlertsUnrecorded' in line)).toEqual([]);
  });

  it('that does not answer: tells, and says so in a line and a metric', async () => {
    const captured = capturedLines();
    dynamo.onAnyCommand().rejects(new Error('slow down'));
    const { told, run } = recording();
    await run();
    expect(told).toHaveLength(1);
    expect(captured.logs()).toContainEqual(
      expect.objectContaining({
        level: 'WARN',
        message: 'alert not written down',
        correlation_id: told[0]?.id,
        verdict: { id: told[0]?.id, outcome: 'undetermined', severity: 'medium' },
        error: expect.objectContaining({ cause: expect.objectContaining({ message: 'slow down' }) }),
      }),
    );
    expect(captured.metrics()).toContainEqual(expect.objectContaining({ AlertsUnrecorded: 1, SecondsToAlert: 5 }));
  });

  it('that holds the record already: leaves the alert out, says so, and measures no time to an alert', async () => {
    const captured = capturedLines();
    const existingRecord = { getStatus: () => 'COMPLETED', getResponse: () => undefined };
    dynamo.on(PutItemCommand).rejects(Object.assign(alreadyTold, { existingRecord }));
    const { told, run } = recording();
    await run();
    expect(told).toEqual([]);
    expect(captured.logs().map(({ message }) => message)).toEqual(['alert told before', 'verdict']);
    expect(captured.metrics().filter((line) => 'SecondsToAlert' in line)).toEqual([]);
  });
});
