import { describe, expect, test } from 'vitest';
import { createReplaySummary } from '../../../cli/replay-summary/create-replay-summary.ts';
import { defaultConfiguration } from '../../../schemas/configuration.ts';
import type { Verdict } from '../../../schemas/verdict.ts';
import { created, lifeOfEve, tagged, verdict } from './verdicts.ts';

async function storiesOf(verdicts: Iterable<Verdict>) {
  const summary = createReplaySummary(defaultConfiguration);
  for (const one of verdicts) summary.add(one);
  return summary.result({ looked: { records: 0, duplicates: 0 } });
}

describe('stories', () => {
  test('a user created, made administrator, given a key, used and deleted is one story in time order', async () => {
    const { stories } = await storiesOf(lifeOfEve());
    expect(stories).toHaveLength(1);
    const [{ user, word, lines } = { user: '', word: '', lines: [] }] = stories;
    expect({ user, word }).toEqual({ user: 'eve', word: 'critical' });
    expect(lines.map(({ text }) => text)).toEqual([
      'mara (role admins) created the IAM user eve',
      'mara (role admins) attached AdministratorAccess to user eve; it allows every action on every resource',
      'mara (role admins) created an access key for user eve',
      'created the IAM user mallory, gave it a console password (the user holds a console password and no MFA device)',
      'tried to put an inline policy on user root-like and was refused (AccessDenied)',
      'mara (role admins) deleted user eve',
    ]);
    expect(lines.map(({ eventIds }) => eventIds.join(' '))).toEqual(['e1', 'e2', 'e3', 'e4 e5', 'e6', 'e7']);
    expect(lines[3]).toMatchObject({ time: '2026-03-18T03:00:00.000Z', until: '2026-03-18T03:00:20.000Z', word: 'high' });
  });

  test('a user who was created by another and did something has a story apart, and the creator tells only the creation', async () => {
    const { stories } = await storiesOf([
      verdict({ id: 'a1', user: 'eve', findings: [created], summary: 'ada created the IAM user eve.' }),
      verdict({
        id: 'a2',
        user: 'eve',
        event: 'AttachUserPolicy',
        severity: 'critical',
        summary: 'ada attached X to user eve; it is bad.',
      }),
      verdict({
        id: 'a3',
        who: 'eve',
        user: 'bob',
        event: 'AttachUserPolicy',
        severity: 'high',
        summary: 'eve attached Y to user bob; it is bad.',
      }),
      verdict({ id: 'a4', user: 'carl', event: 'AttachUserPolicy', severity: 'low', summary: 'ada attached Z to user carl.' }),
    ]);
    const told = Object.fromEntries(stories.map(({ user, lines }) => [user, lines.map(({ text }) => text)]));
    expect(told).toEqual({
      eve: ['ada created the IAM user eve', 'ada attached X to user eve; it is bad', 'attached Y to user bob; it is bad'],
      ada: ['created the IAM user eve, whose story is told apart', 'attached Z to user carl'],
    });
  });

  test('what changes a user through a policy or group belongs to the story of the user', async () => {
    const policy = { type: 'policy', name: 'p', account: '111122223333' } as const;
    const { stories } = await storiesOf([
      verdict({ actor: { type: 'Root' }, user: 'bob', findings: [created], summary: 'the root user created the IAM user bob.' }),
      verdict({
        who: 'eve',
        event: 'SetDefaultPolicyVersion',
        subject: policy,
        severity: 'critical',
        actions: tagged('bob'),
        summary: 'eve switched the policy p to version v2; it allows every action on every resource.',
      }),
    ]);
    expect(stories.find(({ user }) => user === 'bob')?.lines.at(-1)?.text).toBe(
      'eve switched the policy p to version v2; it allows every action on every resource',
    );
  });

  test('a life told in one line names the user once, and the day where it is another', async () => {
    const life = (at: string, event: string, summary: string) =>
      verdict({ at, event, user: 'eve', outcome: event === 'CreateUser' ? 'flagged' : 'clean', summary });
    const { stories } = await storiesOf([
      life('2026-03-17T09:00:00Z', 'CreateUser', 'ada created the IAM user eve.'),
      life('2026-03-17T09:00:30Z', 'CreateAccessKey', 'ada created an access key for user eve.'),
      life('2026-03-17T11:00:00Z', 'DeleteAccessKey', 'ada deleted an access key of user eve.'),
      life('2026-03-18T09:00:00Z', 'DeleteUser', 'ada deleted user eve.'),
      life('2026-03-18T09:00:10Z', 'CreateUser', 'ada created the IAM user eve.'),
    ]);
    expect(stories.map(({ user, lines }) => [user, ...lines.map(({ text }) => text)])).toEqual([
      [
        'ada',
        'created the IAM user eve, created an access key for it; at 11:00:00 deleted an access key; on 2026-03-18 09:00:00 deleted it, created it',
      ],
    ]);
  });

  test('one change is no story', async () => {
    const { stories } = await storiesOf([verdict({ actor: { type: 'Root' }, findings: [created] })]);
    expect(stories).toEqual([]);
  });

  test('a long story keeps its worst lines and says how many it leaves out; the worst story comes first, and five are told', async () => {
    function* many() {
      for (let day = 0; day < 100; day += 1) {
        const at = new Date(Date.parse('2026-01-01T00:00:00Z') + day * 86_400_000).toISOString();
        yield verdict({
          at,
          who: 'busy',
          event: 'CreatePolicy',
          subject: { type: 'policy', name: `p${day}`, account: '1' },
          severity: day === 50 ? 'critical' : 'low',
        });
      }
      for (let index = 0; index < 8; index += 1)
        for (const event of ['CreateUser', 'AttachUserPolicy']) yield verdict({ actor: { type: 'Root' }, user: `u${index}`, event });
    }
    const { stories, moreStories } = await storiesOf(many());
    expect(stories).toHaveLength(5);
    expect(moreStories).toBe(4);
    const [first] = stories;
    expect(first?.user).toBe('busy');
    expect(first?.lines).toHaveLength(12);
    expect(first?.lines.filter(({ word }) => word === 'critical')).toHaveLength(1);
    expect((first?.lines.length ?? 0) + (first?.untold ?? 0)).toBe(100);
  });
});
