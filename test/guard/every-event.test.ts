import { describe, expect, test } from 'vitest';
import { interpret, isJudged } from '../../events/interpret.ts';
import { judge } from '../../guard/guard.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import { validateVerdict } from '../../schemas/validate.ts';
import { eventCases } from '../events/event-cases.ts';
import { denied, record } from '../records.ts';
import { livingAccount } from './account.ts';

const judged = Object.entries(eventCases).filter(([eventName]) => isJudged(eventName));
const before = { eventTime: '2026-03-02T08:00:00Z' };
// IAM shows by then what the event is about.
const settled = new Date('2026-03-02T12:00:00Z');

/** The verdict on a record, in an account where what the cases are about was there before. */
async function verdictOn(one: CloudTrailRecord) {
  const { directory, ports } = livingAccount();
  const made: readonly [string, Record<string, unknown>][] = [
    ['CreateUser', { userName: 'alice' }],
    ['CreateGroup', { groupName: 'developers' }],
    ['AddUserToGroup', { userName: 'alice', groupName: 'developers' }],
    ['CreateRole', { roleName: 'deployer' }],
    ['CreatePolicy', { policyName: 'reader', path: '/teams/', policyDocument: '{"Version":"2012-10-17","Statement":[]}' }],
  ];
  for (const [eventName, requestParameters] of made) {
    const change = interpret(record(eventName, { ...before, requestParameters }), eventName);
    if (change !== undefined) directory.fold(change);
  }
  const change = interpret(one, 'judged');
  if (change !== undefined) directory.fold(change);
  const verdict = await judge(one, { ...ports, now: () => settled });
  if (verdict === undefined) throw new Error(`${one.eventName} gives no verdict`);
  return validateVerdict(structuredClone(verdict));
}

describe('each event that a handler judges ends as one verdict', () => {
  test.each(judged)('%s', async (eventName, { request, response = null, subject }) => {
    const verdict = await verdictOn(record(eventName, { requestParameters: request, responseElements: response }));
    expect(verdict).toMatchObject({ event: { name: eventName }, subject });
    expect(['flagged', 'clean', 'undetermined']).toContain(verdict.outcome);
  });

  test.each(judged)('%s, denied', async (eventName) => {
    expect(await verdictOn(denied(eventName, 'user alice'))).toMatchObject({ outcome: 'attempted', severity: 'low', findings: [] });
  });

  test.each(judged)('%s, with a request too large for CloudTrail', async (eventName, { response = null }) => {
    const requestParameters = { reason: 'requestParameters too large', omitted: true, originalSize: 149893 };
    const verdict = await verdictOn(record(eventName, { requestParameters, responseElements: response }));
    expect(['flagged', 'clean', 'undetermined']).toContain(verdict.outcome);
  });
});
