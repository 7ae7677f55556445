import { CloudTrailClient, CloudTrailServiceException, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, test } from 'vitest';
import { catalog } from '../../events/catalog.ts';
import type { FoundSource } from '../../trails/found-source.ts';
import { createLookupClient, homeOf, type LookupInput, lookupSources } from '../../trails/lookup-source.ts';
import { readText } from '../../trails/read-text.ts';
import { record } from '../records.ts';
import { all } from './s3-fixtures.ts';

// moto has no LookupEvents, so CloudTrail's answers are played here.
const aws = mockClient(CloudTrailClient);
afterEach(() => aws.reset());

const start = Date.parse('2026-03-02T09:00:00Z');
const day = 86_400_000;

/** A clock that only waiting moves; it notes when each request was sent. */
function clock() {
  let time = start;
  return {
    now: () => new Date(time),
    wait: async (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

function lookup(eventNames: readonly string[], more: Partial<LookupInput> = {}): Promise<FoundSource[]> {
  return all(lookupSources({ client: new CloudTrailClient({ region: 'us-east-1' }), eventNames, ...clock(), ...more }));
}

const event = (eventID: string, eventName = 'CreateUser', more: object = {}) => ({
  EventId: eventID,
  CloudTrailEvent: JSON.stringify(record(eventName, { eventID, ...more })),
});
const fault = (name: string) =>
  new CloudTrailServiceException({ name, message: name, $fault: 'client', $metadata: { httpStatusCode: 400 } });
const inputs = () => aws.commandCalls(LookupEventsCommand).map(({ args }) => args[0].input);

describe('the event history of an account', () => {
  test('every call is asked for by its name, page after page of fifty, and comes as the records it told', async () => {
    aws
      .on(LookupEventsCommand)
      .resolvesOnce({ Events: [event('a'), event('b')], NextToken: 'more' })
      .resolvesOnce({ Events: [event('c')] })
      .resolvesOnce({ Events: [] })
      .resolvesOnce({ Events: [event('d', 'PutUserPolicy')] });
    const found = await lookup(['CreateUser', 'DeleteUser', 'PutUserPolicy']);
    expect(found.map((source) => 'name' in source && source.name)).toEqual([
      '--lookup CreateUser page 1',
      '--lookup CreateUser page 2',
      '--lookup PutUserPolicy page 1',
    ]);
    expect(await eventIds(found)).toEqual(['a', 'b', 'c', 'd']);
    expect(inputs().map(({ LookupAttributes, NextToken, MaxResults }) => [LookupAttributes, NextToken, MaxResults])).toEqual([
      [[{ AttributeKey: 'EventName', AttributeValue: 'CreateUser' }], undefined, 50],
      [[{ AttributeKey: 'EventName', AttributeValue: 'CreateUser' }], 'more', 50],
      [[{ AttributeKey: 'EventName', AttributeValue: 'DeleteUser' }], undefined, 50],
      [[{ AttributeKey: 'EventName', AttributeValue: 'PutUserPolicy' }], undefined, 50],
    ]);
  });

  test('events of the same name in other services are passed by', async () => {
    aws.on(LookupEventsCommand).resolves({ Events: [event('a'), event('b', 'CreateUser', { eventSource: 'transfer.amazonaws.com' })] });
    expect(await eventIds(await lookup(['CreateUser']))).toEqual(['a']);
  });

  test('without a span the last 90 days are asked for, and never more', async () => {
    aws.on(LookupEventsCommand).resolves({});
    await lookup(['CreateUser']);
    await lookup(['CreateUser'], { span: { since: new Date(start - 400 * day) } });
    await lookup(['CreateUser'], { span: { since: new Date(start - 7 * day), until: new Date(start - 6 * day) } });
    expect(inputs().map(({ StartTime, EndTime }) => [daysAgo(StartTime), daysAgo(EndTime)])).toEqual([
      [90, 0],
      [90, 0],
      [7, 6],
    ]);
  });

  test('a time that event history does not reach is a problem, and nothing is asked', async () => {
    const found = await lookup(['CreateUser'], { span: { until: new Date(start - 91 * day) } });
    expect(found).toEqual([{ kind: 'problem', source: '--lookup', message: expect.stringContaining('it reaches back 90 days') }]);
    expect(inputs()).toEqual([]);
  });
});

describe('within the limit of two requests a second', () => {
  test('no request is sent sooner than half a second after the one before', async () => {
    const time = clock();
    const sent: number[] = [];
    aws.on(LookupEventsCommand).callsFake(async () => {
      sent.push(time.now().getTime() - start);
      await time.wait(sent.length === 2 ? 700 : 20);
      return {};
    });
    await lookup(['A', 'B', 'C', 'D'], time);
    expect(sent).toEqual([0, 500, 1_200, 1_700]);
  });

  test('what the SDK asked again by itself counts', async () => {
    const time = clock();
    const sent: number[] = [];
    aws.on(LookupEventsCommand).callsFake(async () => {
      sent.push(time.now().getTime() - start);
      await time.wait(900);
      return { $metadata: { attempts: 2 } };
    });
    await lookup(['A', 'B'], time);
    expect(sent).toEqual([0, 1_400]);
  });

  test('a throttle is waited out, longer each time', async () => {
    const time = clock();
    const sent: number[] = [];
    aws.on(LookupEventsCommand).callsFake(async () => {
      sent.push(time.now().getTime() - start);
      if (sent.length < 4) throw fault('ThrottlingException');
      return { Events: [event('a')] };
    });
    expect(await eventIds(await lookup(['CreateUser'], time))).toEqual(['a']);
    expect(sent).toEqual([0, 1_000, 3_000, 7_000]);
  });

  test('throttled for minutes, it gives up and says why; what came is kept', async () => {
    aws
      .on(LookupEventsCommand)
      .resolvesOnce({ Events: [event('a')] })
      .rejects(fault('ThrottlingException'));
    const found = await lookup(['CreateUser', 'DeleteUser', 'TagUser']);
    expect(found).toEqual([
      expect.objectContaining({ name: '--lookup CreateUser page 1' }),
      {
        kind: 'problem',
        source: '--lookup DeleteUser',
        message: expect.stringMatching(/^CloudTrail throttles this account: .* \(2 of 3 calls were not asked for to the end\)$/),
      },
    ]);
  });

  test('interrupted, it asks for nothing more', async () => {
    const ending = new AbortController();
    aws.on(LookupEventsCommand).callsFake(async () => {
      ending.abort();
      return {};
    });
    expect(await lookup(['A', 'B', 'C'], { signal: ending.signal })).toEqual([]);
    expect(inputs()).toHaveLength(1);
  });

  test('it tells how far it came', async () => {
    aws
      .on(LookupEventsCommand)
      .resolvesOnce({ Events: [event('a')], NextToken: 'more' })
      .resolves({ Events: [event('b')] });
    const told: number[][] = [];
    await lookup(['CreateUser', 'TagUser'], { progress: (...numbers) => told.push(numbers) });
    expect(told).toEqual([
      [0, 2, 1],
      [1, 2, 2],
      [2, 2, 3],
    ]);
  });
});

describe('a fault', () => {
  test('access denied says what is needed', async () => {
    aws.on(LookupEventsCommand).rejects(fault('AccessDeniedException'));
    expect(await lookup(['CreateUser', 'TagUser'])).toEqual([
      { kind: 'problem', source: '--lookup CreateUser', message: expect.stringContaining('need cloudtrail:LookupEvents') },
    ]);
  });

  test('credentials that AWS does not take end the run', async () => {
    aws.on(LookupEventsCommand).rejects(fault('ExpiredTokenException'));
    await expect(lookup(['CreateUser'])).rejects.toThrow('ExpiredTokenException');
  });
});

test('events of IAM lie in the home Region of the partition', () => {
  expect(
    ['eu-west-1', 'us-east-1', 'cn-northwest-1', 'us-gov-east-1', 'us-iso-west-1', 'us-isob-east-1', 'eusc-de-east-1'].map(homeOf),
  ).toEqual(['us-east-1', 'us-east-1', 'cn-north-1', 'us-gov-west-1', 'us-iso-east-1', 'us-isob-east-1', 'eusc-de-east-1']);
});

test('a client asks there, whatever Region is worked in', async () => {
  const client = await createLookupClient({ region: 'cn-northwest-1' });
  expect(await client.config.region()).toBe('cn-north-1');
});

test('asking for every call of the catalog once takes less than half a minute', () => {
  expect(Object.keys(catalog).length / 2).toBeLessThan(30);
});

function daysAgo(time: Date | undefined): number {
  return (start - (time?.getTime() ?? 0)) / day;
}

async function eventIds(found: readonly FoundSource[]): Promise<(string | null | undefined)[]> {
  const ids: (string | null | undefined)[] = [];
  for (const source of found) {
    if (!('read' in source)) throw new Error(`no source: ${JSON.stringify(source)}`);
    const read = readText(source.name, new TextDecoder().decode(await source.read()), 'iam.amazonaws.com');
    if (!('items' in read)) throw new Error(read.noTrail);
    ids.push(...read.items.flatMap((item) => (item.kind === 'record' ? [item.record.eventID] : [])));
  }
  return ids;
}
