import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { replay, type SourcedRecord, stepsOf } from '../../cli/replay-records.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import { createUser, record } from './records.ts';

const example: { Records: CloudTrailRecord[] } = JSON.parse(readFileSync(new URL('../../examples/trail.json', import.meta.url), 'utf8'));
const sourced = (records: readonly CloudTrailRecord[]): SourcedRecord[] =>
  records.map((entry, index) => ({ source: `${index}.json`, record: entry }));
const noFault = (_: SourcedRecord, error: unknown) => {
  throw error;
};

describe('stepsOf', () => {
  test('gives one order for any order of the records', () => {
    const expected = stepsOf(sourced(example.Records), noFault).steps.map(({ record: { eventID } }) => eventID);
    const anyOrder = fc.shuffledSubarray(example.Records, { minLength: example.Records.length });
    fc.assert(
      fc.property(anyOrder, (records) => {
        expect(stepsOf(sourced(records), noFault).steps.map(({ record: { eventID } }) => eventID)).toEqual(expected);
      }),
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
    const names = stepsOf(sourced(records), noFault).steps.map(({ change }) => change.eventName);
    expect(names).toEqual([
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
    const { steps } = stepsOf(sourced([late, createUser('2', '09:00:00', 'early')]), noFault);
    expect(steps.map(({ change }) => change.subject.name)).toEqual(['early', 'late']);
  });

  test('one id with two contents: the same one counts, whichever came first', () => {
    const pair = [createUser('same', '09:00:00', 'b'), createUser('same', '09:00:00', 'a')];
    const names = [pair, pair.toReversed()].map((records) =>
      stepsOf(sourced(records), noFault).steps.map(({ change }) => change.subject.name),
    );
    expect(names).toEqual([['a'], ['a']]);
  });
});

describe('replay', () => {
  test('what the trail says is gone is not waited for', async () => {
    const policyArn = 'arn:aws:iam::111122223333:policy/p';
    const records = [
      record('1', '09:00:00', 'CreatePolicy', { policyName: 'p', policyDocument: '{"Version":"2012-10-17","Statement":[]}' }),
      record('2', '09:00:01', 'DeletePolicy', { policyArn }),
      record('3', '09:00:02', 'SetDefaultPolicyVersion', { policyArn, versionId: 'v1' }),
    ];
    const outcomes: string[] = [];
    const { steps } = stepsOf(sourced(records), noFault);
    const start = { configuration: defaultConfiguration, managedPolicies: () => undefined };
    for await (const { id, outcome } of replay(steps, start, noFault)) outcomes.push(`${id} ${outcome}`);
    expect(outcomes).toEqual(['1 clean', '2 clean', '3 undetermined']);
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
    const onFault = ({ record: { eventID } }: SourcedRecord, error: unknown) => faults.push(`${eventID}: ${error}`);
    const judged: string[] = [];
    const { steps } = stepsOf(sourced(records), onFault);
    for await (const { id } of replay(steps, { configuration: defaultConfiguration, managedPolicies }, onFault)) judged.push(id);
    expect({ judged, faults }).toEqual({ judged: ['1', '3'], faults: ['2: Error: the data file is damaged'] });
  });
});
