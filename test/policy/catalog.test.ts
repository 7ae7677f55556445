import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { allServices, isKnownService, serviceCount, serviceOf } from '../../policy/catalog/action-catalog.ts';
import { milliseconds } from './documents.ts';

describe('the action catalog', () => {
  test('is read at the first question, in no time', () => {
    expect(milliseconds(() => serviceOf('s3'))).toBeLessThan(20);
    expect(milliseconds(() => allServices())).toBeLessThan(100);
  });

  test('knows the services and actions of AWS', () => {
    expect(serviceCount).toBe(456);
    expect(allServices()).toHaveLength(456);
    expect(allServices().reduce((count, { names }) => count + names.length, 0)).toBeGreaterThan(22_000);
    expect(
      allServices().every(({ names, lowerNames, levels }) => names.length === lowerNames.length && names.length === levels.length),
    ).toBe(true);
  });

  test.each([
    ['s3', 'GetObject', 'Read'],
    ['s3', 'ListBucket', 'List'],
    ['s3', 'PutBucketPolicy', 'Permissions management'],
    ['iam', 'TagUser', 'Tagging'],
    ['kms', 'Decrypt', 'Write'],
    ['execute-api', 'Invoke', 'Write'],
  ])('%s:%s is %s', (prefix, name, level) => {
    const { names, levels } = serviceOf(prefix);
    expect(levels[names.indexOf(name)]).toBe(level);
  });

  test('takes keys alone for all resources of kms, and buckets with their objects for those of s3', () => {
    expect(serviceOf('kms').arns).toEqual(['arn:{p}:kms:??*-?*-?:????????????:key/????????-????-????-????-????????????']);
    expect(serviceOf('s3').arns).toEqual(['arn:{p}:s3:::?*']);
  });

  test('leaves out the forms of other services, but for sts, whose sessions are those of roles', () => {
    expect(serviceOf('ssm').arns.filter((arn) => !arn.startsWith('arn:{p}:ssm:'))).toEqual([]);
    expect(serviceOf('sts').arns).toEqual(['arn:{p}:iam::????????????:role/?*']);
  });

  test('takes a service that it does not know to have one action, which only a wildcard holds', () => {
    const service = serviceOf('brandnew');
    expect(isKnownService('brandnew')).toBe(false);
    expect(service.levels).toEqual(['Write']);
    expect(service.arns).toEqual(['arn:{p}:brandnew:??*-?*-?:????????????:?*']);
  });

  test('is what its script writes', async () => {
    const { stderr } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/generate-actions.ts', '--check']);
    expect(stderr).not.toContain('stale');
  });
});
