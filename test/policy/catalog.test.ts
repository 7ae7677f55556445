import { describe, expect, test } from 'vitest';
import { allServices, isKnownService, serviceCount, serviceOf } from '../../policy/catalog/action-catalog.ts';

describe('the action catalog', () => {
  test('knows the actions of a service, and what each does', () => {
    const { prefix, names, lowerNames, levels } = serviceOf('execute-api');
    expect({ prefix, names, lowerNames, levels }).toEqual({
      prefix: 'execute-api',
      names: ['InvalidateCache', 'Invoke', 'ManageConnections'],
      lowerNames: ['invalidatecache', 'invoke', 'manageconnections'],
      levels: ['Write', 'Write', 'Write'],
    });
    const levelOf = (service: string, name: string) => serviceOf(service).levels[serviceOf(service).names.indexOf(name)];
    expect(levelOf('s3', 'GetObject')).toBe('Read');
    expect(levelOf('s3', 'ListBucket')).toBe('List');
    expect(levelOf('s3', 'PutBucketPolicy')).toBe('Permissions management');
    expect(levelOf('iam', 'TagUser')).toBe('Tagging');
    expect(levelOf('kms', 'Decrypt')).toBe('Write');
  });

  test('takes keys alone for all resources of kms, and buckets with their objects for those of s3', () => {
    expect(serviceOf('kms').arns).toEqual(['arn:{p}:kms:??*-?*-?:????????????:key/????????-????-????-????-????????????']);
    expect(serviceOf('s3').arns).toEqual(['arn:{p}:s3:::?*']);
  });

  test('takes the general form for a service without resources of its own', () => {
    expect(serviceOf('pricing').arns).toEqual(['arn:{p}:pricing:??*-?*-?:????????????:?*']);
  });

  test('leaves out the forms of other services, but for sts, whose sessions are those of roles', () => {
    expect(serviceOf('ssm').arns.filter((arn) => !arn.startsWith('arn:{p}:ssm:'))).toEqual([]);
    expect(serviceOf('sts').arns).toEqual(['arn:{p}:iam::????????????:role/?*']);
  });

  test('tells the services that it knows', () => {
    expect(isKnownService('s3')).toBe(true);
    expect(isKnownService('brandnew')).toBe(false);
  });

  test('takes a service that it does not know to have one action, which only a wildcard holds', () => {
    const { prefix, names, lowerNames, levels, arns } = serviceOf('brandnew');
    expect({ prefix, levels, arns }).toEqual({
      prefix: 'brandnew',
      levels: ['Write'],
      arns: ['arn:{p}:brandnew:??*-?*-?:????????????:?*'],
    });
    expect(names).toHaveLength(1);
    expect(lowerNames).toEqual(names);
    expect(names[0]).not.toMatch(/[\w:]/);
  });

  test('knows the services and actions of AWS', () => {
    expect(serviceCount).toBe(456);
    expect(allServices()).toHaveLength(456);
    expect(allServices().reduce((count, { names }) => count + names.length, 0)).toBeGreaterThan(22_000);
    expect(
      allServices().every(({ names, lowerNames, levels }) => names.length === lowerNames.length && names.length === levels.length),
    ).toBe(true);
  });
});
