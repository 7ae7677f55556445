import { describe, expect, test } from 'vitest';
import type { Posture } from '../../analyzers/posture.ts';
import { IncompleteError } from '../../guard/guard.ts';
import { judgeUser } from '../../guard/judge-user.ts';
import type { Directory, TagWriter } from '../../iam/directory.ts';
import type { UserRequest } from '../../schemas/user-request.ts';
import { validateVerdict } from '../../schemas/validate.ts';
import { account } from '../records.ts';
import { allow, createUser, livingAccount } from './account.ts';

const request: UserRequest = {
  user: 'bob',
  relation: 'subject',
  event: {
    id: 'event-9',
    name: 'AttachUserPolicy',
    time: '2026-03-02T09:30:00Z',
    source: 'iam.amazonaws.com',
    account,
    region: 'us-east-1',
  },
  actor: { type: 'IAMUser', name: 'ops' },
};
const all = { userName: 'bob', policyName: 'all', policyDocument: allow('*') };

/** Bob, of whom the guard knows nothing yet; `holds` happened without a verdict. */
async function bob(...holds: readonly [eventName: string, request: Record<string, unknown>][]) {
  const living = livingAccount();
  living.passes('CreateUser', createUser('bob').requestParameters ?? {});
  for (const [eventName, parameters] of holds) living.passes(eventName, parameters);
  return living;
}
const instead = (living: Awaited<ReturnType<typeof bob>>, other: Partial<Directory & TagWriter>) => ({
  ...living.ports,
  directory: () => ({ ...living.directory, ...other }),
});

describe('a user, judged once more', () => {
  test('what the first look did not see is told under the id of its event, and tagged', async () => {
    const living = await bob(['PutUserPolicy', all]);
    const outcome = await judgeUser(request, living.ports);
    expect(outcome?.findings.map(({ rule }) => rule)).toEqual(['admin-access', 'policy-attached-directly']);
    expect(living.published).toEqual([
      expect.objectContaining({
        id: 'event-9',
        outcome: 'flagged',
        severity: 'critical',
        summary: 'Since AttachUserPolicy by ops, user bob holds what allows every action on every resource (and 1 more).',
        subject: { type: 'user', name: 'bob', arn: `arn:aws:iam::${account}:user/bob`, account },
      }),
    ]);
    expect(validateVerdict(structuredClone(outcome?.verdict))).toMatchObject({ actions: [{ kind: 'tag-user', result: 'done' }] });
    expect(await living.tagsOf('bob')).toEqual({
      'trailguard:verdict': 'critical',
      'trailguard:findings': 'admin-access policy-attached-directly',
      'trailguard:since': '2026-03-02T09:30:00Z',
      'trailguard:evidence': '2026-03-02T09:30:00Z ops event-9',
    });
  });

  test('what the tags say already is not told again, and nothing is written', async () => {
    const living = await bob(['PutUserPolicy', all]);
    await judgeUser(request, living.ports);
    living.published.length = 0;
    const tagged = async () => {
      throw new Error('it was written');
    };
    expect(await judgeUser(request, instead(living, { tagUser: tagged, untagUser: tagged }))).not.toHaveProperty('verdict');
    expect(living.published).toEqual([]);
  });

  test.each(['member', 'holder'] as const)('a %s is tagged and not told: the event was about something else', async (relation) => {
    const living = await bob(['PutUserPolicy', all]);
    expect(await judgeUser({ ...request, relation }, living.ports)).not.toHaveProperty('verdict');
    expect(living.published).toEqual([]);
    expect((await living.tagsOf('bob'))['trailguard:verdict']).toBe('critical');
  });

  test('what is gone by now clears, though the first look kept it', async () => {
    const living = await bob(['PutUserPolicy', all]);
    await judgeUser(request, living.ports);
    living.passes('DeleteUserPolicy', { userName: 'bob', policyName: 'all' });
    expect((await judgeUser(request, living.ports))?.findings).toEqual([]);
    expect(await living.tagsOf('bob')).toMatchObject({ 'trailguard:verdict': 'clear', 'trailguard:cleared': request.event.time });
  });

  test('a message that is a sentence about the user itself is not turned into one about what it holds', async () => {
    const living = await bob(['CreateLoginProfile', { userName: 'bob' }]);
    await judgeUser(request, living.ports);
    expect(living.published[0]?.summary).toBe('Since AttachUserPolicy by ops, user bob holds a console password and no MFA device.');
  });

  test('hostile names are made visible', async () => {
    const living = await bob(['PutUserPolicy', all]);
    const hostile = { ...request, event: { ...request.event, name: 'Put\u202E"\\' }, actor: { type: 'IAMUser', name: 'o\u001bps' } };
    await judgeUser(hostile, living.ports);
    expect(living.published[0]?.summary).toMatch(/^Since Put<U\+202E>'\/ by o<U\+001B>ps, user bob holds /);
  });
});

describe('what can not be judged', () => {
  test('a user who is gone leaves nothing to do', async () => {
    const living = await bob();
    living.passes('DeleteUser', { userName: 'bob' });
    expect(await judgeUser(request, living.ports)).toBeUndefined();
  });

  test('a user who may not be read is tried again, and so is a fault', async () => {
    const living = await bob();
    const unreadable = instead(living, { posture: async () => ({ found: false, why: 'unreadable', detail: 'not authorized' }) });
    await expect(judgeUser(request, unreadable)).rejects.toThrow(
      new IncompleteError(['user `bob` could not be read: not authorized'], undefined),
    );
    const failing = instead(living, { posture: () => Promise.reject(new Error('Rate exceeded')) });
    await expect(judgeUser(request, failing)).rejects.toThrow('Rate exceeded');
  });

  test('a tag that can not be written now is tried again, once it was told', async () => {
    const living = await bob(['PutUserPolicy', all]);
    const throttled = Object.assign(new Error('Rate exceeded'), {
      name: 'Throttling',
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    });
    const ports = instead(living, { tagUser: () => Promise.reject(throttled) });
    await expect(judgeUser(request, ports)).rejects.toThrow(IncompleteError);
    expect(living.published).toHaveLength(1);
  });

  test('a posture that is partial never clears', async () => {
    const living = await bob(['PutUserPolicy', all]);
    await judgeUser(request, living.ports);
    living.passes('DeleteUserPolicy', { userName: 'bob', policyName: 'all' });
    const read = await living.directory.posture('bob');
    if (!read.found) throw new Error(read.detail);
    const value: Posture = { ...read.value, unread: [{ what: 'policy x', why: 'not authorized' }] };
    await judgeUser(request, instead(living, { posture: async () => ({ found: true, value }) }));
    expect((await living.tagsOf('bob'))['trailguard:verdict']).toBe('critical');
  });

  test('a user of another account is a fault of whoever asked', async () => {
    const { ports } = await bob();
    const elsewhere = { ...request, event: { ...request.event, account: '999999999999' } };
    await expect(judgeUser(elsewhere, ports)).rejects.toThrow('user `bob` is of account `999999999999`, which this guard does not watch');
  });
});
