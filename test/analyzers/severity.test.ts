import { expect, test } from 'vitest';
import { lowered, moved, worse } from '../../analyzers/severity.ts';

test('the worse of two severities, none being the least', () => {
  expect(worse('high', 'low')).toBe('high');
  expect(worse('medium', 'critical')).toBe('critical');
  expect(worse('low', 'low')).toBe('low');
  expect(worse('none', 'low')).toBe('low');
});

test('a step down ends at low', () => {
  expect(lowered('critical')).toBe('high');
  expect(lowered('low')).toBe('low');
});

test('a move goes as many steps as another, within the scale', () => {
  expect(moved('medium', 'high', 'critical')).toBe('high');
  expect(moved('critical', 'high', 'critical')).toBe('critical');
  expect(moved('medium', 'critical', 'low')).toBe('low');
});
