import { describe, expect, test } from 'vitest';
import { heldActions } from '../../policy/action-set.ts';
import { serviceOf } from '../../policy/catalog/action-catalog.ts';
import { covers, overlaps } from '../../policy/wildcards.ts';
import { milliseconds, policyOf } from './documents.ts';

describe('patterns of those who are judged take bounded time', () => {
  const size = 6_144;
  const hostile: [string, string, string][] = [
    ['a*a*a*…b on a run of a', `${'a*'.repeat(size / 2)}b`, 'a'.repeat(size)],
    ['*?*?… on a run of letters', '*?'.repeat(size / 2), 'a'.repeat(size)],
    ['*?*?…b on a run of letters', `${'*?'.repeat(size / 2)}b`, 'a'.repeat(size)],
    ['*aaa…b on a run of a', `*${'a'.repeat(size / 2)}b`, 'a'.repeat(size)],
    ['stars against stars', '*?*a'.repeat(size / 4), '?*a*'.repeat(size / 4)],
  ];
  test.each(hostile)('%s is answered in well under a second', (_, outer, inner) => {
    expect(milliseconds(() => covers(outer, inner))).toBeLessThan(500);
    expect(milliseconds(() => covers(inner, outer))).toBeLessThan(500);
    expect(milliseconds(() => overlaps(outer, inner))).toBeLessThan(500);
    expect(milliseconds(() => overlaps(inner, outer))).toBeLessThan(500);
  });

  test('an action of thousands of wildcards is compared with a large service', () => {
    const [statement] = policyOf({ Effect: 'Allow', Action: `*:${'a*'.repeat(3_000)}`, Resource: '*' }).statements;
    if (!statement) throw new Error('no statement');
    expect(milliseconds(() => heldActions(statement.action, serviceOf('ec2')))).toBeLessThan(500);
  });
});
