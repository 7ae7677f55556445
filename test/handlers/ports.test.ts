import { describe, expect, it } from 'vitest';
import { createPorts } from '../../handlers/ports.ts';

const variables = { EVENT_BUS_NAME: 'trailguard-prod', ACCOUNT_ID: '123456789012', AWS_REGION: 'us-east-1' };

describe('createPorts', () => {
  it('knows the directory of its own account and of no other', () => {
    const ports = createPorts(variables);
    expect(ports.directory('123456789012')).toBeDefined();
    expect(ports.directory('123456789012')).toBe(ports.directory('123456789012'));
    expect(ports.directory('210987654321')).toBeUndefined();
  });

  it('fills in the configuration', () => {
    expect(createPorts(variables).configuration).toMatchObject({ tagPrefix: 'trailguard', disabledRules: [] });
  });

  it('tells the time of its clock', () => {
    const before = Date.now();
    expect(createPorts(variables).now().getTime()).toBeGreaterThanOrEqual(before);
  });

  it('says which variable is missing', () => {
    expect(() => createPorts({ ACCOUNT_ID: '123456789012' })).toThrow('`EVENT_BUS_NAME` is missing');
  });
});
