import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { trailguard } from '../run-command.ts';

const page = readFileSync(new URL('../../../docs/redrive.md', import.meta.url), 'utf8');
const [, policy = ''] = /```json\n(.+?)```/s.exec(page) ?? [];

describe('the policy in docs/redrive.md', () => {
  test('passes `trailguard check`', async () => {
    const run = await trailguard(['check', '--format', 'json', '-'], { stdin: policy });
    expect(run).toMatchObject({ err: '', status: 0 });
    expect(JSON.parse(run.out).documents).toMatchObject([{ findings: [], errors: [] }]);
  });

  test('names each action, and each resource within one stack', () => {
    const { Statement } = JSON.parse(policy) as { Statement: { Action: string | string[]; Resource: string | string[] }[] };
    for (const { Action, Resource } of Statement) {
      expect([Action].flat().join()).not.toMatch(/[*?]/);
      for (const arn of [Resource].flat())
        expect(arn).toMatch(/:stack\/trailguard-dev\/|:trailguard-dev-|:function:trailguard-dev-|:key\/1234abcd-/);
    }
  });
});
