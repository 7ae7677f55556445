import { describe, expect, test } from 'vitest';
import { trailguard } from '../run-command.ts';

const example = ['--config', 'examples/trailguard.config.json', 'examples/trail.json'];

describe('replay of the example trail', () => {
  test('--format html is one page on stdout, and the talk is on stderr', async () => {
    const { out, err, status } = await trailguard(['replay', '--format', 'html', ...example]);
    expect(out).toMatch(/^<!doctype html>[\s\S]+<\/html>\n$/);
    expect(out).toContain('Look first at nightly-backup.');
    expect(out).not.toMatch(/\b(?:src|href)="(?!#)/);
    expect(err).toMatch(/^1 user never seen created/);
    expect(status).toBe(0);
  });

  test('what a user holds at the end is what the trail leaves, not the worst it ever was', async () => {
    const { out } = await trailguard(['replay', ...example]);
    const users = out.slice(out.indexOf('Users to look at first'));
    const named = [...users.matchAll(/^(\w+) {2}(nightly-backup|jonas\.weiss|partner-sftp|support-svc)$/gm)].map(([line]) => line);
    expect(named).toEqual(['critical  nightly-backup', 'high  jonas.weiss', 'low  partner-sftp', 'deleted  support-svc']);
  });

  test('jsonl has no summary', async () => {
    const { out } = await trailguard(['replay', '--format', 'jsonl', ...example]);
    expect(out.trim().split('\n')).toHaveLength(17);
  });
});
