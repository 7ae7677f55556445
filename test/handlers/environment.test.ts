import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../handlers/environment.ts';
import { variables } from './parts.ts';

describe('readEnvironment', () => {
  it('reads the bus, the account, the roles, the queue and the table', () => {
    expect(readEnvironment(variables)).toEqual({
      busName: 'trailguard-test',
      account: '123456789012',
      roles: ['trailguard-test-account-changes', 'trailguard-test-judge-user'],
      queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/trailguard-test-users-to-judge-again.fifo',
      recordsTable: 'trailguard-test-alert-records',
    });
  });

  it('takes no empty name for a role', () => {
    expect(readEnvironment({ ...variables, GUARD_ROLES: 'trailguard-test-judge-user,' }).roles).toEqual(['trailguard-test-judge-user']);
  });

  it.each(Object.keys(variables))('names %s where it is missing or empty', (name) => {
    for (const value of [undefined, '']) {
      expect(() => readEnvironment({ ...variables, [name]: value })).toThrow(`environment variable \`${name}\` is missing: set it to the`);
    }
  });

  it.each([
    ['EVENT_BUS_NAME', 'a bus'],
    ['ACCOUNT_ID', '1234'],
    ['GUARD_ROLES', 'trailguard-test-judge-user, trailguard-test-sweep'],
    ['GUARD_ROLES', 'arn:aws:iam::123456789012:role/trailguard-test-judge-user'],
    ['GUARD_ROLES', 'trailguard-*'],
    ['ALERT_RECORDS_TABLE', 'arn:aws:dynamodb:us-east-1:123456789012:table/alert-records'],
    ['JUDGE_AGAIN_QUEUE_URL', 'trailguard-test-users-to-judge-again.fifo'],
  ])('refuses a %s that is `%s`', (name, value) => {
    expect(() => readEnvironment({ ...variables, [name]: value })).toThrow(
      `environment variable \`${name}\` is \`${value}\`: set it to the`,
    );
  });
});
