import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { leastStatements } from '../../../cli/doctor/least-policy.ts';
import { checks } from '../../../cli/doctor/registry.ts';
import { trailguard } from '../run-command.ts';

const whose = { partition: 'aws', account: '111122223333', region: 'us-east-1', stackName: 'trailguard-dev' };

describe('the policy in docs/doctor.md', () => {
  test('names every permission that a check needs, and no other', () => {
    const named = leastStatements(checks, whose).flatMap(({ Action }) => Action);
    expect(named.toSorted()).toEqual([...new Set(checks.flatMap(({ permissions }) => permissions))].toSorted());
  });

  test('is one that `trailguard check` has nothing against', async () => {
    const page = await readFile(new URL('../../../docs/doctor.md', import.meta.url), 'utf8');
    const documents = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text = '']) => text);
    expect(documents).toHaveLength(2);
    for (const stdin of documents) {
      const run = await trailguard(['check', '--format', 'json', '-'], { stdin });
      expect(run).toMatchObject({ err: '', status: 0 });
      expect(JSON.parse(run.out).documents).toMatchObject([{ findings: [], errors: [] }]);
    }
  });

  test('lets nobody who only looks write', () => {
    const looking = leastStatements(
      checks.filter(({ writes }) => !writes),
      whose,
    );
    const verbs = looking.flatMap(({ Action }) => Action).map((action) => action.replace(/^[a-z]+:/, ''));
    expect(verbs.filter((verb) => !/^(Get|List|Describe|Simulate)/.test(verb))).toEqual([]);
    // Nor read what is secret.
    expect(verbs.filter((verb) => /^(GetSecretValue|GetParameters?|Decrypt|ReceiveMessage)$/.test(verb))).toEqual([]);
  });

  test('keeps a canary to its own rule and queue', () => {
    const writing = leastStatements(checks, whose).filter(({ Action }) =>
      Action.some((action) => /Put|Create|Delete|Remove|Receive/.test(action)),
    );
    for (const { Resource } of writing) expect([Resource].flat()).toEqual([expect.stringContaining('trailguard-dev-doctor-canary-*')]);
  });
});
