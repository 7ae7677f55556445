import { DeleteItemCommand, DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOncePublisher, type Look, type OnceWatch } from '../../alerts/publish-once.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { type Moto, motoIsHere, startMoto } from '../moto.ts';
import { recordsTable } from './records-table.ts';
import { aFinding, aVerdict } from './verdicts.ts';

const patience = { timeout: 10_000 };

const watching = () => {
  const repeated: string[] = [];
  const unrecorded: string[] = [];
  const watch: OnceWatch = {
    repeated: ({ id }) => void repeated.push(id),
    unrecorded: (_, error) => void unrecorded.push(error instanceof Error ? `${error.message}: ${(error.cause as Error)?.message}` : ''),
  };
  return { repeated, unrecorded, watch };
};

describe.runIf(motoIsHere('alerts told once, against moto'))('with a table', () => {
  let moto: Moto;
  let tables = 0;
  let table: Awaited<ReturnType<typeof recordsTable>>;

  beforeAll(async () => {
    moto = await startMoto();
  });
  beforeEach(async () => {
    table = await recordsTable(moto.endpoint, `alert-records-${++tables}`);
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  afterAll(() => moto.stop());

  /** A publisher as one invocation has it: `publish` is what telling does. */
  const invocation = (publish: (verdict: Verdict, look?: Look) => Promise<void> = async () => undefined) => {
    const told: Verdict[] = [];
    const watched = watching();
    const tell = createOncePublisher(
      async (verdict, look) => {
        await publish(verdict, look);
        told.push(verdict);
      },
      table,
      watched.watch,
    );
    return { told, tell, ...watched };
  };

  it('tells a verdict once, however often and by whichever invocation', async () => {
    const [first, second] = [invocation(), invocation()];
    await first.tell(aVerdict());
    await first.tell(aVerdict());
    await second.tell(aVerdict());
    expect([first.told, second.told]).toEqual([[aVerdict()], []]);
    expect([first.repeated, second.repeated]).toEqual([[aVerdict().id], [aVerdict().id]]);
    expect([first.unrecorded, second.unrecorded]).toEqual([[], []]);
  });

  it('tells what became of an undetermined one, and one that turned out worse', async () => {
    const { told, tell } = invocation();
    const verdicts = [
      aVerdict({ outcome: 'undetermined', severity: 'medium' }),
      aVerdict({ outcome: 'flagged', severity: 'medium' }),
      aVerdict({ outcome: 'flagged', severity: 'critical' }),
    ];
    for (const verdict of verdicts) await tell(verdict);
    for (const verdict of verdicts) await tell(verdict);
    expect(told).toEqual(verdicts);
  });

  it('of the first look, takes the same outcome and severity for the same news, whatever else differs', async () => {
    const { told, tell } = invocation();
    await tell(aVerdict({ summary: 'One.' }));
    await tell(aVerdict({ summary: 'Another.', findings: [aFinding({ rule: 'service-admin' })] }));
    expect(told).toHaveLength(1);
  });

  it('never takes what the second look shows for what the first had told', async () => {
    const { told, tell } = invocation();
    const ofUser = (name: string, ...rules: string[]) =>
      aVerdict({
        subject: { type: 'user', name, account: '123456789012' },
        findings: rules.map((rule) => aFinding({ rule, severity: 'critical' })),
      });
    await tell(ofUser('bob', 'admin-access'));
    await tell(ofUser('bob', 'admin-access'), 'second');
    await tell(ofUser('bob', 'credential-compromised'), 'second');
    await tell(ofUser('eve', 'admin-access'), 'second');
    expect(told).toHaveLength(4);
    // Redelivered: IAM does not tell names by their case, and findings of one severity have no order.
    await tell(ofUser('Bob', 'admin-access'), 'second');
    await tell(ofUser('eve', 'admin-access'), 'second');
    expect(told).toHaveLength(4);
    await tell(ofUser('eve', 'admin-access', 'credential-compromised'), 'second');
    await tell(ofUser('eve', 'credential-compromised', 'admin-access'), 'second');
    expect(told).toHaveLength(5);
  });

  it('of the second look, takes more paths of a rule for news', async () => {
    const { told, tell } = invocation();
    const verdict = (...paths: string[]) => aVerdict({ findings: [aFinding({ rule: 'privilege-escalation', paths })] });
    for (const one of [verdict('a'), verdict('a', 'b'), verdict('a')]) await tell(one, 'second');
    expect(told).toHaveLength(2);
  });

  it('told by ten invocations at once, is told once; the others throw, so that they are tried again, and then leave it', async () => {
    let [begun, ended] = [0, 0];
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const invocations = Array.from({ length: 10 }, () =>
      invocation(async () => {
        begun++;
        await gate;
      }),
    );
    const tellings = invocations.map(async ({ tell }) => {
      const end = await tell(aVerdict()).then(
        () => 'told',
        (error: Error) => error.name,
      );
      ended++;
      return end;
    });
    await vi.waitFor(() => expect(ended).toBe(9), patience);
    go();
    const ends = await Promise.all(tellings);
    expect(ends.filter((end) => end === 'told')).toHaveLength(1);
    expect(ends.filter((end) => end === 'IdempotencyAlreadyInProgressError')).toHaveLength(9);
    for (const { tell } of invocations) await tell(aVerdict());
    expect(begun).toBe(1);
    expect(invocations.flatMap(({ told }) => told)).toHaveLength(1);
  });

  it('a process that died while it told: others wait until that can be over, then tell', async () => {
    const dead = invocation(() => new Promise(() => undefined));
    void dead.tell(aVerdict());
    await vi.waitFor(async () => expect(await table.items()).toHaveLength(1), patience);
    const next = invocation();
    await expect(next.tell(aVerdict())).rejects.toThrow('already an execution in progress');
    // Lambda tries again after a minute.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    await next.tell(aVerdict());
    expect(next.told).toHaveLength(1);
    expect(next.repeated).toEqual([]);
  });

  it('throws what telling threw, and leaves no record of it', async () => {
    const failing = invocation(() => Promise.reject(new Error('the bus is away')));
    await expect(failing.tell(aVerdict())).rejects.toThrow('the bus is away');
    expect(await table.items()).toEqual([]);
    const next = invocation();
    await next.tell(aVerdict());
    expect(next.told).toHaveLength(1);
    expect([...failing.unrecorded, ...next.unrecorded]).toEqual([]);
  });

  it('keeps a record as long as an event can come again, and no word of the verdict in it', async () => {
    await invocation().tell(aVerdict());
    const [item] = await table.items();
    expect(Object.keys(item ?? {}).toSorted()).toEqual(['expiration', 'id', 'in_progress_expiration', 'status']);
    expect(item).toMatchObject({ id: { S: expect.stringMatching(/^alert#[\w+/=]{44}$/) }, status: { S: 'COMPLETED' } });
    const days = (Number(item?.expiration?.N) - Date.now() / 1_000) / (24 * 3_600);
    expect(days).toBeCloseTo(30, 1);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30.1 * 24 * 3_600_000 });
    const later = invocation();
    await later.tell(aVerdict());
    expect(later.told).toHaveLength(1);
  });

  it('without the table that it names, tells all the same', async () => {
    const { watch, unrecorded } = watching();
    const told: string[] = [];
    const tell = createOncePublisher(async ({ id }) => void told.push(id), { client: table.client, tableName: 'no-such' }, watch);
    await tell(aVerdict());
    expect(told).toEqual([aVerdict().id]);
    expect(unrecorded).toEqual([expect.stringMatching(/in progress record.*not found/)]);
  });
});

// DynamoDB is mocked here for faults that moto does not have.
describe('with a table that does not answer', () => {
  const client = new DynamoDBClient({ region: 'us-east-1' });
  const dynamo = mockClient(client);
  const records = { client, tableName: 'alert-records' };
  const down = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });

  beforeEach(() => {
    dynamo.reset();
  });

  it.each(['ThrottlingException', 'InternalServerError', 'TimeoutError', 'ResourceNotFoundException', 'AccessDeniedException'])(
    'tells all the same where it throws %s, and says so',
    async (name) => {
      dynamo.onAnyCommand().rejects(Object.assign(new Error('down'), { name }));
      const publish = vi.fn(async () => undefined);
      const { watch, unrecorded } = watching();
      await createOncePublisher(publish, records, watch)(aVerdict());
      expect(publish).toHaveBeenCalledOnce();
      expect(unrecorded).toEqual(['Failed to save in progress record to idempotency store: down']);
    },
  );

  it('throws what telling threw where nothing could be written down either', async () => {
    dynamo.onAnyCommand().rejects(down);
    const publish = vi.fn(() => Promise.reject(new Error('the bus is away')));
    const { watch, unrecorded } = watching();
    await expect(createOncePublisher(publish, records, watch)(aVerdict())).rejects.toThrow('the bus is away');
    expect(publish).toHaveBeenCalledOnce();
    expect(unrecorded).toEqual([]);
  });

  it('tells once where it fails only after the alert is out', async () => {
    dynamo.on(PutItemCommand).resolves({}).on(UpdateItemCommand).rejects(down);
    const publish = vi.fn(async () => undefined);
    const { watch, unrecorded } = watching();
    await createOncePublisher(publish, records, watch)(aVerdict());
    expect(publish).toHaveBeenCalledOnce();
    expect(unrecorded).toEqual(['Failed to update success record to idempotency store: slow down']);
  });

  it('throws what telling threw where the record can not be taken back', async () => {
    dynamo.on(PutItemCommand).resolves({}).on(DeleteItemCommand).rejects(down);
    const publish = vi.fn(() => Promise.reject(new Error('the bus is away')));
    await expect(createOncePublisher(publish, records, watching().watch)(aVerdict())).rejects.toThrow('the bus is away');
    expect(publish).toHaveBeenCalledOnce();
  });
});
