import { describe, expect, test } from 'vitest';
import { analyzeChange } from '../../analyzers/analyze.ts';
import { rules } from '../../analyzers/registry.ts';
import { interpret } from '../../events/interpret.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { record } from '../records.ts';

/** What the rules about changes find in a call with these parameters. */
function findingsOf(eventName: string, requestParameters: Record<string, unknown> | null): Finding[] {
  const change = interpret(record(eventName, { requestParameters }), 'one');
  if (change === undefined) throw new Error(`${eventName} is not in the catalog`);
  return analyzeChange(change, { settings: defaultConfiguration }, rules);
}

const told = (eventName: string, requestParameters: Record<string, unknown> | null) =>
  findingsOf(eventName, requestParameters).map(({ rule, message }) => `${rule}: ${message}`);

const policyArn = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3';

describe('an event that leaves out what it is about', () => {
  test.each([
    ['CreateUser', null, 'iam-user-created: creates the IAM user of unknown name'],
    ['PutUserPolicy', { userName: 'alice' }, 'policy-attached-directly: puts the inline policy of unknown name on the user itself'],
    ['AttachUserPolicy', { userName: 'alice' }, 'policy-attached-directly: attaches a managed policy to the user itself'],
  ])('%s with %j is told all the same', (eventName, parameters, message) => {
    expect(told(eventName, parameters)).toEqual([message]);
  });

  test.each([
    ['PutUserPolicy', { policyName: 'reports' }],
    ['AttachUserPolicy', { policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
    ['AttachUserPolicy', { policyArn }],
    ['AttachUserPolicy', null],
  ])('%s with %j, and so no user, breaks no rule about users', (eventName, parameters) => {
    expect(told(eventName, parameters)).toEqual([]);
  });
});

test('a tag of the guard that somebody else changed is set right by a sweep', () => {
  const found = findingsOf('UntagUser', { userName: 'alice', tagKeys: ['trailguard:verdict'] });
  expect(found.map(({ remediation }) => remediation.commands)).toEqual([['trailguard sweep --apply']]);
});
