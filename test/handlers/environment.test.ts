import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../handlers/environment.ts';

const complete = { EVENT_BUS_NAME: 'trailguard-prod', ACCOUNT_ID: '123456789012' };

describe('readEnvironment', () => {
  it('reads the bus and the account', () => {
    expect(readEnvironment(complete)).toEqual({ busName: 'trailguard-prod', account: '123456789012' });
  });

  it.each(['EVENT_BUS_NAME', 'ACCOUNT_ID'])('names %s where it is missing or empty', (name) => {
    for (const value of [undefined, '']) {
      expect(() => readEnvironment({ ...complete, [name]: value })).toThrow(`environment variable \`${name}\` is missing: set it to the`);
    }
  });

  it('refuses an account that is none', () => {
    expect(() => readEnvironment({ ...complete, ACCOUNT_ID: '1234' })).toThrow('environment variable `ACCOUNT_ID` is `1234`');
  });
});
