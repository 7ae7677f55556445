import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Entry, entryOf } from '../../cli/replay/entry.ts';
import { createIdSet } from '../../cli/replay/id-set.ts';
import { createRunWriter, type Run } from '../../cli/replay/run-writer.ts';
import { changesIn, replay, type SourcedChange } from '../../cli/replay-records.ts';
import type { Change } from '../../events/change.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import { createUser, record } from './records.ts';

const example: { Records: CloudTrailRecord[] } = JSON.parse(readFileSync(new URL('../../examples/trail.json', import.meta.url), 'utf8'));
const noFault = (_: SourcedChange, error: unknown) => {
  throw error;
};
const entries = (records: readonly CloudTrailRecord[]): Entry[] => records.flatMap((one, index) => entryOf(one, `${index}.json`) ?? []);

/** Runs of so many writers, which share out the entries and hold so many bytes each. */
function runsOf(list: readonly Entry[], { writers = 1, most = 1e6, folder = '/nowhere' } = {}): Run[] {
  return Array.from({ length: writers }, (_, name) => {
    const writer = createRunWriter({ most, name: `${name}`, folder: () => folder });
    for (const [index, entry] of list.entries()) if (index % writers === name) writer.add(entry);
    return writer.finish();
  }).flat();
}

const changes = (records: readonly CloudTrailRecord[]): Change[] =>
  [...changesIn(runsOf(entries(records)), () => {})].map(({ change }) => change);
const names = (records: readonly CloudTrailRecord[]): string[] => changes(records).map(({ eventName }) => eventName);

describe('changesIn', () => {
  test('gives one order for any order of the records, any number of runs, in memory or in files', () => {
    const all = entries(example.Records);
    const expected = changes(example.Records).map(({ id }) => id);
    const anyOrder = fc.shuffledSubarray(all, { minLength: all.length });
    fc.assert(
      fc.property(anyOrder, fc.integer({ min: 1, max: 4 }), fc.constantFrom(1e6, 3_000, 0), (list, writers, most) => {
        const folder = mkdtempSync(join(tmpdir(), 'runs-'));
        const runs = runsOf(list, { writers, most, folder });
        expect([...changesIn(runs, () => {})].map(({ change }) => change.id)).toEqual(expected);
        expect(readdirSync(folder).length > 0).toBe(most < 1e6);
        rmSync(folder, { recursive: true });
      }),
      { numRuns: 50 },
    );
  });

  test('orders events of one second by cause: made, used, let go, deleted', () => {
    const policyArn = 'arn:aws:iam::111122223333:policy/p';
    const at = '09:00:00';
    const records = [
      record('1', at, 'DeleteUser', { userName: 'u' }),
      record('2', at, 'DetachUserPolicy', { userName: 'u', policyArn }),
      record('3', at, 'AttachUserPolicy', { userName: 'u', policyArn }),
      record('4', at, 'SetDefaultPolicyVersion', { policyArn, versionId: 'v2' }),
      record('5', at, 'CreatePolicyVersion', { policyArn, policyDocument: '{}' }),
      record('6', at, 'CreatePolicy', { policyName: 'p', policyDocument: '{}' }),
      createUser('7', at, 'u'),
    ];
    expect(names(records)).toEqual([
      'CreatePolicy',
      'CreateUser',
      'CreatePolicyVersion',
      'SetDefaultPolicyVersion',
      'AttachUserPolicy',
      'DetachUserPolicy',
      'DeleteUser',
    ]);
  });

  test('parts of a second count', () => {
    const late = { ...createUser('1', '09:00:00', 'late'), eventTime: '2026-03-17T09:00:00.500Z' };
    expect(changes([late, createUser('2', '09:00:00', 'early')]).map(({ subject }) => subject.name)).toEqual(['early', 'late']);
  });

  test('one id with two contents, even of two times: the same one counts, whichever came first', () => {
    const pairs = [
      [createUser('same', '09:00:00', 'b'), createUser('same', '09:00:00', 'a')],
      [
        createUser('same', '09:00:01', 'a'),
        record('between', '09:00:00', 'DeleteUser', { userName: 'x' }),
        createUser('same', '08:00:00', 'b'),
      ],
    ];
    const of = (records: readonly CloudTrailRecord[]) => changes(records).map(({ subject }) => subject.name);
    expect(pairs.map(of)).toEqual([['a'], ['b', 'x']]);
    expect(pairs.map((pair) => of(pair.toReversed()))).toEqual([['a'], ['b', 'x']]);
  });

  test('ids and sources of any text come through files as they were', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(fc.uniqueArray(text, { maxLength: 20 }), (ids) => {
        const folder = mkdtempSync(join(tmpdir(), 'runs-'));
        const list = entries(ids.map((id) => createUser(id, '09:00:00', 'u')));
        const found = [...changesIn(runsOf(list, { most: 500, folder }), () => {})].map(({ change }) => change.id);
        rmSync(folder, { recursive: true });
        expect(found.sort()).toEqual([...ids].sort());
      }),
    );
  });
});

describe('a run writer', () => {
  const list = entries(Array.from({ length: 40 }, (_, index) => createUser(`${index}`.padStart(2, '0'), '09:00:00', `u${index}`)));
  test.each([1e6, 2_000, 0])('forgets what is dropped and keeps the rest, holding %d bytes', (most) => {
    const folder = mkdtempSync(join(tmpdir(), 'runs-'));
    const writer = createRunWriter({ most, name: 'x', folder: () => folder });
    for (const [start, fate] of [
      [0, 'keep'],
      [10, 'drop'],
      [20, 'keep'],
      [30, 'drop'],
    ] as const) {
      writer.begin();
      for (const entry of list.slice(start, start + 10)) writer.add(entry);
      writer[fate]();
    }
    const ids = [...changesIn(writer.finish(), () => {})].map(({ change }) => Number(change.id));
    rmSync(folder, { recursive: true });
    expect(ids).toEqual([...Array(10).keys(), ...[...Array(10).keys()].map((index) => index + 20)]);
  });
});

describe('a set of ids', () => {
  test('tells what it holds, as a set does', () => {
    const id = fc.oneof(
      fc.uuid(),
      fc.uuid().map((text) => text.toUpperCase()),
      fc.string(),
      fc.constantFrom('a', 'b', ''),
    );
    fc.assert(
      fc.property(fc.array(id, { maxLength: 3_000 }), (ids) => {
        const [mine, plain] = [createIdSet(), new Set<string>()];
        for (const one of ids) {
          expect(mine.add(one)).toBe(!plain.has(one));
          plain.add(one);
        }
      }),
      { numRuns: 20 },
    );
    const many = createIdSet();
    const uuids = Array.from({ length: 5_000 }, () => crypto.randomUUID());
    expect(uuids.every((one) => many.add(one))).toBe(true);
    expect(uuids.some((one) => many.add(one))).toBe(false);
  });
});

describe('replay', () => {
  const sourced = (records: readonly CloudTrailRecord[]): SourcedChange[] =>
    changes(records).map((change) => ({ source: 'x.json', change }));
  const start = { configuration: defaultConfiguration, managedPolicies: () => undefined };

  test('what the trail says is gone is not waited for', async () => {
    const policyArn = 'arn:aws:iam::111122223333:policy/p';
    const records = [
      record('1', '09:00:00', 'CreatePolicy', { policyName: 'p', policyDocument: '{"Version":"2012-10-17","Statement":[]}' }),
      record('2', '09:00:01', 'DeletePolicy', { policyArn }),
      record('3', '09:00:02', 'SetDefaultPolicyVersion', { policyArn, versionId: 'v1' }),
    ];
    const outcomes: string[] = [];
    for await (const { id, outcome } of replay(sourced(records), start, noFault)) outcomes.push(`${id} ${outcome}`);
    expect(outcomes).toEqual(['1 clean', '2 clean', '3 undetermined']);
  });

  test('what came before --since is known, but not judged', async () => {
    const policyArn = 'arn:aws:iam::111122223333:policy/p';
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
    const records = [
      record('1', '09:00:00', 'CreatePolicy', { policyName: 'p', policyDocument }),
      record('2', '09:00:02', 'AttachRolePolicy', { roleName: 'r', policyArn }),
    ];
    const told: string[] = [];
    const since = new Date('2026-03-17T09:00:02Z');
    for await (const { id, severity } of replay(sourced(records), { ...start, since }, noFault)) told.push(`${id} ${severity}`);
    expect(told).toEqual(['2 critical']);
  });

  test('a record that cannot be judged is told, and the others are judged', async () => {
    const records = [
      createUser('1', '09:00:00', 'a'),
      record('2', '09:01:00', 'AttachUserPolicy', { userName: 'a', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
      createUser('3', '09:02:00', 'b'),
    ];
    const managedPolicies = () => {
      throw new Error('the data file is damaged');
    };
    const faults: string[] = [];
    const onFault = ({ change: { id } }: SourcedChange, error: unknown) => faults.push(`${id}: ${error}`);
    const judged: string[] = [];
    for await (const { id } of replay(sourced(records), { configuration: defaultConfiguration, managedPolicies }, onFault)) judged.push(id);
    expect({ judged, faults }).toEqual({ judged: ['1', '3'], faults: ['2: Error: the data file is damaged'] });
  });
});
