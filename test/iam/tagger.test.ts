import { describe, expect, test } from 'vitest';
import type { TagWriter } from '../../iam/directory.ts';
import { applyTags, type TagTarget } from '../../iam/tagger.ts';
import type { Action } from '../../schemas/verdict.ts';
import { policyArn } from './in-account.ts';

const ada: TagTarget = { kind: 'user', name: 'ada' };
const shared: TagTarget = { kind: 'policy', name: policyArn('shared') };

/** A writer that notes its calls, and fails with `error` where there is one. */
function recorder(error?: Error): { writer: TagWriter; calls: unknown[][] } {
  const calls: unknown[][] = [];
  const note =
    (call: string) =>
    async (...args: unknown[]): Promise<void> => {
      calls.push([call, ...args]);
      if (error !== undefined) throw error;
    };
  return {
    writer: { tagUser: note('tagUser'), untagUser: note('untagUser'), tagPolicy: note('tagPolicy'), untagPolicy: note('untagPolicy') },
    calls,
  };
}

function others(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`theirs-${index}`, 'x']));
}

function named(name: string, message = `${name} said IAM`): Error {
  return Object.assign(new Error(message), { name });
}

describe('what is written', () => {
  test('only what differs, in one call to set and one to remove', async () => {
    const { writer, calls } = recorder();
    const current = { Team: 'blue', 'trailguard:verdict': 'high', 'trailguard:since': 'day one', 'trailguard:findings': 'x' };
    const outcome = await applyTags(writer, ada, current, {
      set: { 'trailguard:verdict': 'clear', 'trailguard:since': 'day one', 'trailguard:cleared': 'today' },
      remove: ['trailguard:findings', 'trailguard:never-there'],
    });
    expect(calls).toEqual([
      ['tagUser', 'ada', { 'trailguard:verdict': 'clear', 'trailguard:cleared': 'today' }],
      ['untagUser', 'ada', ['trailguard:findings']],
    ]);
    const action: Action = outcome.action;
    expect(action).toEqual({
      kind: 'tag-user',
      target: 'ada',
      result: 'done',
      detail: 'set trailguard:verdict, trailguard:cleared; removed trailguard:findings',
    });
  });

  test('nothing where nothing differs', async () => {
    const { writer, calls } = recorder();
    const outcome = await applyTags(
      writer,
      ada,
      { 'trailguard:verdict': 'high' },
      { set: { 'trailguard:verdict': 'high' }, remove: ['gone'] },
    );
    expect(outcome).toEqual({ action: { kind: 'tag-user', target: 'ada', result: 'unchanged' } });
    expect(calls).toEqual([]);
  });

  test("under the guard's own spelling, whatever a user chose: its permission to tag compares keys with case", async () => {
    const { writer, calls } = recorder();
    const current = { 'Trailguard:Verdict': 'high', 'TRAILGUARD:since': 'day one' };
    await applyTags(writer, ada, current, { set: { 'trailguard:verdict': 'low' }, remove: ['trailguard:since'] });
    expect(calls).toEqual([
      ['tagUser', 'ada', { 'trailguard:verdict': 'low' }],
      ['untagUser', 'ada', ['trailguard:since']],
    ]);
  });

  test('not at all where only the spelling of a key of a user differs', async () => {
    const { writer, calls } = recorder();
    const { action } = await applyTags(
      writer,
      ada,
      { 'TRAILGUARD:VERDICT': 'high' },
      { set: { 'trailguard:verdict': 'high' }, remove: [] },
    );
    expect(action.result).toBe('unchanged');
    expect(calls).toEqual([]);
  });

  test('beside another spelling on a policy, whose keys IAM compares with case', async () => {
    const { writer, calls } = recorder();
    await applyTags(writer, shared, { 'Trailguard:Verdict': 'theirs' }, { set: { 'trailguard:verdict': 'low' }, remove: [] });
    expect(calls).toEqual([['tagPolicy', shared.name, { 'trailguard:verdict': 'low' }]]);
  });

  test('in characters and lengths that IAM takes', async () => {
    const { writer, calls } = recorder();
    await applyTags(writer, ada, {}, { set: { 'trail*guard': `${'"'}${'a'.repeat(300)}` }, remove: [] });
    expect(calls).toEqual([['tagUser', 'ada', { trail_guard: `_${'a'.repeat(255)}` }]]);
  });

  test('a key that is both set and removed is set', async () => {
    const { writer, calls } = recorder();
    await applyTags(writer, ada, { k: 'old' }, { set: { k: 'new' }, remove: ['K'] });
    expect(calls).toEqual([['tagUser', 'ada', { k: 'new' }]]);
  });
});

describe('the limit of 50 tags', () => {
  test('leaves a full user as it is, and says so', async () => {
    const { writer, calls } = recorder();
    const { action } = await applyTags(writer, ada, others(50), { set: { 'trailguard:verdict': 'high' }, remove: [] });
    expect(calls).toEqual([]);
    expect(action).toMatchObject({
      result: 'failed',
      detail: expect.stringContaining('no room for trailguard:verdict: IAM allows 50 tags'),
    });
  });

  test('still lets an existing verdict be corrected', async () => {
    const { writer, calls } = recorder();
    const current = { ...others(49), 'trailguard:verdict': 'clear' };
    const { action } = await applyTags(writer, ada, current, {
      set: { 'trailguard:verdict': 'high', 'trailguard:since': 'now' },
      remove: [],
    });
    expect(calls).toEqual([['tagUser', 'ada', { 'trailguard:verdict': 'high' }]]);
    expect(action).toMatchObject({ result: 'failed', detail: expect.stringContaining('trailguard:since') });
  });

  test('counts a key of a user once, in whatever case', async () => {
    const { writer, calls } = recorder();
    const current = { ...others(49), 'TRAILGUARD:VERDICT': 'clear' };
    const { action } = await applyTags(writer, ada, current, { set: { 'trailguard:verdict': 'high' }, remove: [] });
    expect(calls).toEqual([['tagUser', 'ada', { 'trailguard:verdict': 'high' }]]);
    expect(action.result).toBe('done');
  });

  test('counts what is removed under another spelling', async () => {
    const { writer, calls } = recorder();
    const current = { ...others(49), 'TRAILGUARD:FINDINGS': 'x' };
    await applyTags(writer, ada, current, { set: { 'trailguard:cleared': 'now' }, remove: ['trailguard:findings'] });
    expect(calls).toEqual([
      ['untagUser', 'ada', ['trailguard:findings']],
      ['tagUser', 'ada', { 'trailguard:cleared': 'now' }],
    ]);
  });

  test('fills the last place with the first key asked for', async () => {
    const { writer, calls } = recorder();
    await applyTags(writer, ada, others(49), { set: { 'trailguard:verdict': 'high', 'trailguard:since': 'now' }, remove: [] });
    expect(calls).toEqual([['tagUser', 'ada', { 'trailguard:verdict': 'high' }]]);
  });

  test('is met by removing the guard\u2019s own tags first', async () => {
    const { writer, calls } = recorder();
    const current = { ...others(49), 'trailguard:findings': 'x' };
    const { action } = await applyTags(writer, ada, current, { set: { 'trailguard:cleared': 'now' }, remove: ['trailguard:findings'] });
    expect(calls.map(([call]) => call)).toEqual(['untagUser', 'tagUser']);
    expect(action.result).toBe('done');
  });

  test('does not count tags that AWS sets', async () => {
    const { writer } = recorder();
    const current = { ...others(48), 'aws:cloudformation:stack-name': 'x', 'aws:cloudformation:logical-id': 'y' };
    const { action } = await applyTags(writer, ada, current, {
      set: { 'trailguard:verdict': 'high', 'trailguard:since': 'now' },
      remove: [],
    });
    expect(action.result).toBe('done');
  });
});

describe('what IAM refuses', () => {
  const wanted = { set: { 'trailguard:verdict': 'high' }, remove: [] };

  test.each([
    ['NoSuchEntityException', 'skipped', 'user `ada` no longer exists'],
    ['AccessDenied', 'failed', 'the guard may not tag user `ada`'],
    ['LimitExceededException', 'failed', 'IAM takes no more tags on user `ada`'],
    ['InvalidInputException', 'failed', 'IAM refused the tags for user `ada`'],
  ])('for good (%s) is told in the action alone', async (name, result, detail) => {
    const outcome = await applyTags(recorder(named(name)).writer, ada, {}, wanted);
    expect(outcome.action).toMatchObject({ result, detail: expect.stringContaining(detail) });
    expect(outcome).not.toHaveProperty('transient');
    expect(outcome.absent ?? false).toBe(result === 'skipped');
  });

  test.each(['Throttling', 'ServiceFailureException', 'ConcurrentModificationException', 'TimeoutError'])(
    'for now (%s) comes with the fault, to be thrown once the alert is out',
    async (name) => {
      const error = named(name);
      const outcome = await applyTags(recorder(error).writer, ada, {}, wanted);
      expect(outcome.action.result).toBe('failed');
      expect(outcome.transient).toBe(error);
    },
  );

  test('an AWS managed policy takes no tags, in any partition', async () => {
    const { writer, calls } = recorder();
    const target: TagTarget = { kind: 'policy', name: 'arn:aws-cn:iam::aws:policy/AdministratorAccess' };
    expect((await applyTags(writer, target, {}, wanted)).action.result).toBe('skipped');
    expect(calls).toEqual([]);
  });
});
