import { expect, test } from 'vitest';
import { parsePolicyOnce } from '../../policy/parse-once.ts';
import { allow, textOf } from './documents.ts';

/** A document of so many characters, unlike any other of another number. */
const long = (length: number) => textOf(allow('s3:GetObject')).padEnd(length);

test('the same text is the very same policy, another is another', () => {
  const [one, other] = [textOf(allow('s3:*')), textOf(allow('sqs:*'))];
  const policy = parsePolicyOnce(one);
  expect(policy.statements).toHaveLength(1);
  expect(parsePolicyOnce(other)).not.toBe(policy);
  expect(parsePolicyOnce(one)).toBe(policy);
});

test('what is no policy is refused each time', () => {
  for (let time = 0; time < 2; time++) expect(() => parsePolicyOnce('{}')).toThrow('no `Statement`');
});

test('half a million characters are kept; then it begins again', () => {
  const lengths = [100_000, 100_001, 100_002, 100_003];
  const before = lengths.map((length) => parsePolicyOnce(long(length)));
  expect(lengths.map((length, at) => parsePolicyOnce(long(length)) === before[at])).toEqual([true, true, true, true]);
  const last = parsePolicyOnce(long(120_000));
  expect(parsePolicyOnce(long(120_000))).toBe(last);
  expect(parsePolicyOnce(long(100_000))).not.toBe(before[0]);
});
