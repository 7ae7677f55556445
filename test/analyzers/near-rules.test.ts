import { describe, expect, test } from 'vitest';
import { nearRules } from '../../analyzers/near-rules.ts';

describe('a rule is near', () => {
  test.each([
    ['a letter too many', 'xadmin-access'],
    ['a letter too few', 'dmin-access'],
    ['another letter', 'bdmin-access'],
    ['three letters too few: a quarter of them', 'admin-acc'],
    ['three letters too many', 'admin-accessing'],
  ])('by its spelling, with %s', (_, id) => {
    expect(nearRules(id)).toEqual(['admin-access']);
  });

  test.each([
    ['four letters too few', 'admin-ac'],
    ['five letters too few at its beginning', '-access'],
    ['five letters too many at its beginning', 'abcdeadmin-access'],
    ['five letters too many at its end', 'admin-accessabcde'],
    ['every other letter another', 'xdxixxaxcxsx'],
  ])('but not with %s', (_, id) => {
    expect(nearRules(id)).toEqual([]);
  });

  test.each([
    ['two of three, in any order', 'weak-policy', ['password-policy-weak']],
    ['two of three, and another', 'weak-user-policy', ['password-policy-weak']],
    ['three of four and another', 'user-without-mfa-device', ['console-user-without-mfa']],
  ])('by its words: %s', (_, id, near) => {
    expect(nearRules(id)).toEqual(near);
  });

  test.each([
    ['two of four', 'access-key-old-thing'],
    ['two of six', 'access-key-of-some-old-thing'],
    ['one of two', 'admin-whatever'],
  ])('but not with %s', (_, id) => {
    expect(nearRules(id)).toEqual([]);
  });
});
