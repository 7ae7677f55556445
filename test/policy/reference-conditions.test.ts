import { describe, expect, test } from 'vitest';
import { conditionsHold, type RequestContext } from './reference-conditions.ts';

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

describe('the reference for conditions', () => {
  const held = (operator: string, key: string, wanted: string | string[], context: RequestContext) =>
    conditionsHold({ Condition: { [operator]: { [key]: wanted } } }, context);

  test('a missing key fails plain and ForAnyValue operators, and meets negated ones', () => {
    expect(held('StringEquals', 'k', 'a', {})).toBe(false);
    expect(held('ForAnyValue:StringEquals', 'k', 'a', {})).toBe(false);
    expect(held('ArnNotLike', 'k', '*', {})).toBe(true);
  });

  test('values are compared with case unless the operator ignores it, and all of negated ones must differ', () => {
    expect(held('StringEquals', 'k', 'a', { k: 'A' })).toBe(false);
    expect(held('StringEqualsIgnoreCase', 'k', 'a', { k: 'A' })).toBe(true);
    expect(held('ArnNotLike', 'k', ['arn:aws:iam::*:role/a', 'arn:aws:iam::*:role/b'], { k: role('b') })).toBe(false);
  });

  test('a wildcard of an ARN operator stays within its part', () => {
    expect(held('ArnLike', 'k', 'arn:*:role/a', { k: role('a') })).toBe(false);
    expect(held('ArnLike', 'k', 'arn:*:iam::*:role/*', { k: role('path/a') })).toBe(true);
  });

  test('an operator that it does not know is an error, never a pass', () => {
    expect(() => held('ForAllValues:StringEquals', 'k', 'a', { k: ['a'] })).toThrow('`ForAllValues:StringEquals`');
    expect(() => held('Bool', 'k', 'true', { k: 'true' })).toThrow('`Bool`');
  });
});
