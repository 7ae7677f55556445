import { describe, expect, test } from 'vitest';
import { isS3Address, parseS3Address } from '../../trails/s3-address.ts';
import { mayHold, standingOf } from '../../trails/s3-layout.ts';
import { logKey } from './s3-fixtures.ts';

const march = { since: new Date('2026-03-01T00:00:00Z'), until: new Date('2026-04-01T00:00:00Z') };
const root = 'AWSLogs/111122223333/CloudTrail/us-east-1/';

describe('where a folder stands in the tree of CloudTrail', () => {
  test.each([
    ['', 'branch'],
    ['AWSLogs/', 'branch'],
    ['AWSLogs/o-abcde12345/', 'branch'],
    ['any/AWSLogs/o-abcde12345/111122223333/', 'branch'],
    ['AWSLogs/111122223333/CloudTrail/', 'branch'],
    ['AWSLogs/111122223333/CloudTrail-Insight/', 'beside'],
    ['AWSLogs/111122223333/Config/', 'beside'],
    [root, 'branch'],
    [`${root}2025/`, 'outside'],
    [`${root}2026/`, 'branch'],
    [`${root}2026/01/`, 'outside'],
    [`${root}2026/02/`, 'leaf'],
    [`${root}2026/03/`, 'leaf'],
    [`${root}2026/04/`, 'leaf'],
    [`${root}2026/05/`, 'outside'],
    [`${root}notes/`, 'leaf'],
  ])('%s is a %s', (folder, kind) => {
    expect(standingOf(folder, 0, march).kind).toBe(kind);
  });

  test('without a span of time no folder is outside', () => {
    for (const folder of [`${root}1999/`, `${root}2026/01/`]) expect(standingOf(folder, 0, {}).kind).not.toBe('outside');
  });

  test('an unknown tree is told apart to the third level', () => {
    expect([0, 2, 3].map((depth) => standingOf('a/b/c/', depth, {}).kind)).toEqual(['branch', 'branch', 'leaf']);
  });
});

test('a file is of another time by its name alone, and a file of another name never is', () => {
  const days = ['2026-02-27', '2026-02-28', '2026-04-02', '2026-04-03'];
  expect(days.map((day) => mayHold(logKey(day), march))).toEqual([false, true, true, false]);
  expect(mayHold('exports/2019.json.gz', march)).toBe(true);
});

test('an address names a bucket and a prefix', () => {
  expect(parseS3Address('s3://trail.logs-1/AWSLogs/x y')).toEqual({ bucket: 'trail.logs-1', prefix: 'AWSLogs/x y' });
  expect(parseS3Address('s3://trail')).toEqual({ bucket: 'trail', prefix: '' });
  expect(['S3://a', 's3:/a', './s3://a', 's3'].map(isS3Address)).toEqual([true, false, false, false]);
});
