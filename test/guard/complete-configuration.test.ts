import { describe, expect, test } from 'vitest';
import { ConfigurationError, completeConfiguration } from '../../guard/complete-configuration.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import { validateConfiguration } from '../../schemas/validate.ts';

const complete = (file: unknown) => completeConfiguration(validateConfiguration(file));
const refusal = (rules: object) => {
  try {
    complete({ rules });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('a configuration', () => {
  test('is the default where the file is silent, setting by setting', () => {
    expect(complete({})).toEqual(defaultConfiguration);
    expect(complete({ $schema: './schema.json', thresholds: { credentialUnusedDays: 45 } })).toEqual({
      ...defaultConfiguration,
      thresholds: { ...defaultConfiguration.thresholds, credentialUnusedDays: 45 },
    });
    expect(complete({ purposeTags: [] }).purposeTags).toEqual([]);
  });

  test('keeps what it says of rules', () => {
    const rules = { 'admin-access': { severity: 'high' }, 'iam-user-created': { enabled: false } };
    expect(complete({ rules }).rules).toEqual(rules);
  });

  test('is refused where it names no rule, with the rules near it', () => {
    expect(refusal({ 'admin-acess': {} })).toBe(
      'configuration: /rules names `admin-acess`, which is no rule (near it: `admin-access`); `trailguard rules` lists them all',
    );
    expect(refusal({ colour: {}, 'service-admin': {}, constructor: {} })).toBe(
      'configuration: /rules names `colour`, which is no rule; /rules names `constructor`, which is no rule; `trailguard rules` lists them all',
    );
    expect(refusal(JSON.parse('{"__proto__":{}}'))).toContain('names `__proto__`, which is no rule');
  });

  test('is refused on one line that shows what it names, however it is written', () => {
    expect(refusal({ '\u001b[2J\n\u202e': {} })).toContain('`<U+001B>[2J<U+000A><U+202E>`');
    expect(refusal({ ['x'.repeat(5000)]: {} }).length).toBeLessThan(200);
  });
});
