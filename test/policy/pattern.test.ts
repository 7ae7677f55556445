import { describe, expect, test } from 'vitest';
import { actionPattern, resourcePattern } from '../../policy/pattern.ts';
import { covers } from '../../policy/wildcards.ts';
import { allow, deny, grantsOf, policyOf, type Written } from './documents.ts';

describe('an action', () => {
  test.each([
    ['s3:GetObject', 's3:getobject', 's3'],
    [' KMS:Decrypt\t', 'kms:decrypt', 'kms'],
    ['*', '*', undefined],
    ['*:*', '*', undefined],
    ['**:**', '*', undefined],
    ['*:*Object', '*:*object', undefined],
    ['s*:*', 's*:*', undefined],
    ['k?s:Decrypt', 'k?s:decrypt', undefined],
    ['kms:*', 'kms:*', 'kms'],
    ['kms', 'kms', 'kms'],
    [':*', ':*', ''],
  ])('%s is %s of service %s', (text, glob, service) => {
    expect(actionPattern(text)).toMatchObject({ text, glob, service });
  });
});

describe('a resource', () => {
  const current = '2012-10-17';

  test('is widened where asked: a run of wildcards with a star is a star', () => {
    expect(resourcePattern('arn:aws:s3:::?*/???*', current, true).glob).toBe('arn:aws:s3:::*/*');
    expect(resourcePattern('arn:aws:s3:::?/??', current, true).glob).toBe('arn:aws:s3:::?/??');
    expect(resourcePattern('arn:aws:s3:::?*', current, false).glob).toBe('arn:aws:s3:::?*');
  });

  test('is widened in what grants and never in what takes away', () => {
    const globOf = (statement: Written) => policyOf(statement).statements[0]?.resource.patterns[0]?.glob;
    expect(globOf(allow('s3:*', 'a?*'))).toBe('a*');
    expect(globOf(deny('s3:*', 'a?*'))).toBe('a?*');
    expect(globOf({ Effect: 'Allow', Action: 's3:*', NotResource: 'a?*' })).toBe('a?*');
    expect(globOf({ Effect: 'Deny', Action: 's3:*', NotResource: 'a?*' })).toBe('a*');
  });

  test.each(['a${*}b', 'a${?}b', 'a${aws:username}b', "a${aws:PrincipalTag/team, '*'}b", "a${aws:PrincipalTag/team, '?'}b"])(
    '%s names what no other text is',
    (text) => {
      const { glob } = resourcePattern(text, current, true);
      for (const other of ['ab', 'axb', 'a*b', 'a${x}b', "a${aws:PrincipalTag/team, 'x'}b"]) expect(covers(glob, other), other).toBe(false);
      expect(covers(glob, glob)).toBe(true);
    },
  );

  test('has a dollar sign for `${$}`, and wildcards beside its variables', () => {
    expect(resourcePattern('a${$}b*', current, true).glob).toBe('a$b*');
    expect(covers(resourcePattern('a${*}b*', current, true).glob, 'a\u{E000}bc')).toBe(true);
  });

  test('is read without the white space around it', () => {
    expect(resourcePattern(' arn:aws:s3:::b\n', current, true).glob).toBe('arn:aws:s3:::b');
  });

  test('knows no variables before version 2012-10-17', () => {
    expect(resourcePattern('a${*}', '2008-10-17', true).glob).toBe('a${*}');
  });
});

describe('the partitions that resources single out', () => {
  const partitionsOf = (...resources: string[]) => grantsOf(allow('s3:*', resources)).partitions;

  test.each([
    [['*'], ['aws']],
    [['arn:*'], ['aws']],
    [['arn:aws*:s3:::b'], ['aws']],
    [['arn:*:s3:::b'], ['aws']],
    [['arn:aws:s3:::b'], ['aws']],
    [['arn:aws-cn:s3:::b'], ['aws-cn', 'aws']],
    [
      ['arn:aws:s3:::b', 'arn:aws-us-gov:s3:::b'],
      ['aws-us-gov', 'aws'],
    ],
    [['arn:aws-iso-?:s3:::b'], ['aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws']],
  ])('%j: %j', (resources, partitions) => {
    expect(partitionsOf(...resources)).toEqual(partitions);
  });
});

describe('what a pattern covers', () => {
  const resources = ['*', 'a*', '*a', '*a*', 'a*b', '*:*:*', 'a?', '?*', '*?a', 'ab', 'a**b', '${*}*'];
  const others = ['*', '?', '', 'a', 'ab', 'a*', 'a?b', '*a?', 'a:b:c', 'a*b*a', '\u{E000}a'];
  test.each(resources)('%s: as its glob does, of texts and of patterns, and the same when asked again', (text) => {
    const pattern = resourcePattern(text, '2012-10-17', false);
    for (const other of [...others, ...others]) expect(pattern.covers(other), other).toBe(covers(pattern.glob, other));
  });
});
