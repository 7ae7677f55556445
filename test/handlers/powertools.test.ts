import { describe, expect, it } from 'vitest';
import { forLog } from '../../handlers/powertools.ts';

describe('forLog', () => {
  it('masks ids of access keys, long-term and temporary, wherever they stand', () => {
    expect(forLog('message', 'key AKIAIOSFODNN7EXAMPLE and ASIAIOSFODNN7EXAMPLE')).toBe('key AKIA… and ASIA…');
  });

  it('leaves ids of users, roles and policies readable', () => {
    expect(forLog('id', 'AIDACKCEVSQ6C2EXAMPLE')).toBe('AIDACKCEVSQ6C2EXAMPLE');
  });

  it('keeps the start of a long text and says how long it was', () => {
    expect(forLog('message', 'x'.repeat(5_000))).toBe(`${'x'.repeat(2_000)}… (5000 characters)`);
  });

  it('lets other values through', () => {
    expect(forLog('n', 7)).toBe(7);
  });
});
