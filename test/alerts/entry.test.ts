import { describe, expect, it } from 'vitest';
import { entryBytes } from '../../alerts/entry.ts';

describe('entryBytes', () => {
  it('counts UTF-8 bytes of source, detail-type, detail and resources', () => {
    expect(entryBytes({ Source: 'ab', DetailType: 'cde', Detail: '{"ü":"€"}', Resources: ['xy', 'z'] })).toBe(2 + 3 + 12 + 3);
  });

  it('counts a time as 14 bytes, and the name of the bus not at all', () => {
    expect(entryBytes({ Time: new Date(0), EventBusName: 'guard-bus' })).toBe(14);
  });
});
