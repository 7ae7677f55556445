import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { allServices, serviceOf } from '../../policy/catalog/action-catalog.ts';
import { milliseconds } from './documents.ts';

describe("the catalog's text", () => {
  test('is read at the first question, in no time', () => {
    expect(milliseconds(() => serviceOf('s3'))).toBeLessThan(20);
    expect(milliseconds(() => allServices())).toBeLessThan(100);
  });

  test('is what its script writes', async () => {
    const { stderr } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/generate-actions.ts', '--check']);
    expect(stderr).not.toContain('stale');
  });
});
