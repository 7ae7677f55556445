import { describe, expect, test } from 'vitest';
import { judge } from '../../guard/guard.ts';
import type { GuardPorts } from '../../guard/ports.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { record, roleSession } from '../records.ts';
import { allow, createPolicy, createUser, livingAccount, policyArn } from './account.ts';
import { untouchedDirectory } from './untouched.ts';

type Living = ReturnType<typeof livingAccount>;

/** The same calls while IAM may not show them yet, and long after. */
const moments = [
  ['at once', undefined],
  ['hours later', new Date('2026-03-02T20:00:00Z')],
] as const;

/** Lets a call happen, judged at its own time or later. */
async function happens(living: Living, later: Date | undefined, eventName: string, overrides: Partial<CloudTrailRecord>): Promise<Verdict> {
  return living.happens(eventName, overrides, later === undefined ? {} : { now: () => later });
}

const tampered = [expect.objectContaining({ rule: 'guard-tag-tampered', severity: 'high' })];
const wide = { requestParameters: { userName: 'bob', policyName: 'all', policyDocument: allow('*') } };
const key = (userName: string) => ({
  requestParameters: { userName },
  responseElements: { accessKey: { accessKeyId: 'AKIAEXAMPLE', status: 'Active', userName } },
});
const tagUser = (tagged: string, value: string) => ({ requestParameters: { userName: 'bob', tags: [{ key: tagged, value }] } });
const untagUser = (...tagKeys: string[]) => ({ requestParameters: { userName: 'bob', tagKeys } });
const tagPolicy = (name: string, tagged: string, value: string) => ({
  requestParameters: { policyArn: policyArn(name), tags: [{ key: tagged, value }] },
});
const untagPolicy = (name: string, ...tagKeys: string[]) => ({ requestParameters: { policyArn: policyArn(name), tagKeys } });

describe.each(moments)("somebody else writes the guard's tags on a user, judged %s", (_, later) => {
  async function flaggedBob() {
    const living = livingAccount();
    await living.happens('CreateUser', createUser('bob'));
    await living.happens('PutUserPolicy', wide);
    return { living, before: await living.tagsOf('bob') };
  }

  test.each([
    ['a verdict that lies', 'TagUser', tagUser('trailguard:verdict', 'clear')],
    ['in another case', 'TagUser', tagUser('TRAILGUARD:Verdict', 'low')],
    ['findings that lie', 'TagUser', tagUser('trailguard:findings', 'none')],
    ['the verdict away', 'UntagUser', untagUser('trailguard:verdict')],
    ['verdict and findings away, in another case', 'UntagUser', untagUser('Trailguard:VERDICT', 'trailguard:Findings')],
  ])('%s: high, and restored', async (_, eventName, overrides) => {
    const { living, before } = await flaggedBob();
    const verdict = await happens(living, later, eventName, overrides);
    expect(verdict).toMatchObject({ outcome: 'flagged', severity: expect.stringMatching(/high|critical/) });
    expect(verdict.findings).toEqual(expect.arrayContaining(tampered));
    expect(verdict.actions).toEqual([expect.objectContaining({ kind: 'tag-user', target: 'bob', result: 'done' })]);
    const { 'trailguard:evidence': __, ...restored } = await living.tagsOf('bob');
    const { 'trailguard:evidence': ___, ...was } = before;
    expect(restored).toEqual(was);
  });

  test.each([
    ['a verdict', tagUser('trailguard:verdict', 'critical')],
    ['a verdict in another case', tagUser('TrailGuard:Verdict', 'clear')],
    ['findings', tagUser('trailguard:findings', 'admin-access')],
    ['a key that the guard does not use', tagUser('trailguard:note', 'trusted')],
  ])('%s on a user with nothing wrong: high, and removed', async (_, overrides) => {
    const living = livingAccount();
    await living.happens('CreateUser', createUser('bob'));
    const verdict = await happens(living, later, 'TagUser', overrides);
    expect(verdict).toMatchObject({ outcome: 'flagged', severity: 'high', findings: tampered });
    expect(await living.tagsOf('bob')).toEqual({});
  });

  test('with a user that is created: high, and removed', async () => {
    const living = livingAccount();
    const { requestParameters, ...created } = createUser('bob');
    const tags = [
      { key: 'Trailguard:verdict', value: 'clear' },
      { key: 'team', value: 'data' },
    ];
    const verdict = await happens(living, later, 'CreateUser', { ...created, requestParameters: { ...requestParameters, tags } });
    expect(verdict).toMatchObject({ outcome: 'flagged', severity: 'high' });
    expect(verdict.findings).toEqual(expect.arrayContaining(tampered));
    expect(await living.tagsOf('bob')).toEqual({ team: 'data' });
  });

  test('what the guard wrote over it since is left alone when the event comes again', async () => {
    const { living } = await flaggedBob();
    const one = { ...tagUser('trailguard:verdict', 'low'), eventID: 'twice', eventTime: '2026-03-02T09:03:00Z' };
    await happens(living, later, 'TagUser', one);
    const restored = await living.tagsOf('bob');
    await happens(living, later, 'TagUser', one);
    expect(await living.tagsOf('bob')).toEqual(restored);
  });

  test('a user whose first finding comes later starts from its own tags', async () => {
    const living = livingAccount();
    await living.happens('CreateUser', createUser('bob'));
    await happens(living, later, 'TagUser', tagUser('trailguard:since', '2001-01-01T00:00:00Z'));
    expect(await living.tagsOf('bob')).toEqual({});
    const { event } = await living.happens('PutUserPolicy', wide);
    expect((await living.tagsOf('bob'))['trailguard:since']).toBe(event.time);
  });
});

describe.each(moments)("somebody else writes the guard's tags on a policy, judged %s", (_, later) => {
  async function flaggedPolicy() {
    const living = livingAccount();
    await living.happens('CreatePolicy', { ...createPolicy('wide', allow('s3:*')), userIdentity: roleSession('deploy', 'run-7') });
    return living;
  }

  test.each([
    ['a verdict that lies', 'TagPolicy', tagPolicy('wide', 'trailguard:verdict', 'clear')],
    ['findings that lie', 'TagPolicy', tagPolicy('wide', 'trailguard:findings', 'none')],
    ['a look-alike in another case', 'TagPolicy', tagPolicy('wide', 'TrailGuard:Verdict', 'clear')],
    ['the verdict away', 'UntagPolicy', untagPolicy('wide', 'trailguard:verdict')],
    ['both away', 'UntagPolicy', untagPolicy('wide', 'trailguard:verdict', 'trailguard:findings')],
  ])('%s: high, and restored', async (_, eventName, overrides) => {
    const living = await flaggedPolicy();
    const before = await living.policyTagsOf(policyArn('wide'));
    const verdict = await happens(living, later, eventName, overrides);
    expect(verdict).toMatchObject({ outcome: 'flagged', severity: 'high', findings: tampered });
    expect(await living.policyTagsOf(policyArn('wide'))).toEqual(before);
  });

  test('a verdict on a policy with nothing wrong: high, and removed', async () => {
    const living = livingAccount();
    await living.happens('CreatePolicy', createPolicy('narrow', allow('s3:GetObject', 'arn:aws:s3:::reports/*')));
    const verdict = await happens(living, later, 'TagPolicy', tagPolicy('narrow', 'trailguard:verdict', 'critical'));
    expect(verdict).toMatchObject({ outcome: 'flagged', severity: 'high', findings: tampered });
    expect(await living.policyTagsOf(policyArn('narrow'))).toEqual({});
  });

  test.each([
    ['narrow', allow('s3:GetObject', 'arn:aws:s3:::reports/*'), {}],
    ['wide', allow('s3:*'), { 'trailguard:verdict': 'high', 'trailguard:findings': 'service-admin:s3' }],
  ])('with a %s policy that is created: high, and set right', async (name, document, wanted) => {
    const living = livingAccount();
    const { requestParameters, ...created } = createPolicy(name, document);
    const tags = [{ key: 'trailguard:verdict', value: 'clear' }];
    const verdict = await happens(living, later, 'CreatePolicy', {
      ...created,
      requestParameters: { ...requestParameters, tags },
      userIdentity: roleSession('deploy', 'run-7'),
    });
    expect(verdict).toMatchObject({ outcome: 'flagged', severity: 'high' });
    expect(verdict.findings).toEqual(expect.arrayContaining(tampered));
    expect(await living.policyTagsOf(policyArn(name))).toEqual(wanted);
  });
});

describe('what is no tampering', () => {
  const ports: GuardPorts = {
    ...livingAccount().ports,
    directory: untouchedDirectory,
    publish: () => Promise.reject(new Error('it was told')),
    judgeAgain: async (requests) => expect(requests).toEqual([]),
    now: () => new Date('2026-03-02T09:30:05Z'),
  };
  const calls = [
    ['TagUser', tagUser('team', 'data')],
    ['UntagUser', untagUser('team', 'trailguard')],
    ['TagPolicy', tagPolicy('wide', 'team', 'data')],
    ['UntagPolicy', untagPolicy('wide', 'team', 'mytrailguard:verdict')],
  ] as const;

  test.each(calls)('%s of another key is clean, and reads nothing', async (eventName, overrides) => {
    expect(await judge(record(eventName, overrides), ports)).toMatchObject({
      outcome: 'clean',
      severity: 'none',
      findings: [],
      actions: [],
    });
  });

  test.each([
    ['TagUser', tagUser('trailguard:verdict', 'critical')],
    ['UntagUser', untagUser('trailguard:findings')],
    ['TagPolicy', tagPolicy('wide', 'trailguard:verdict', 'high')],
    ['UntagPolicy', untagPolicy('wide', 'trailguard:findings')],
  ] as const)(
    "the guard's own %s is clean, reads nothing, writes nothing and asks for no second look: no loop can begin",
    async (eventName, overrides) => {
      const userIdentity = roleSession('guard', 'policy-changes');
      const own: GuardPorts = { ...ports, isOwn: ({ name }) => name === 'guard' };
      const verdict = await judge(record(eventName, { ...overrides, userIdentity }), own);
      expect(verdict).toMatchObject({ outcome: 'clean', severity: 'none', findings: [], actions: [] });
    },
  );

  test('a denied try is an attempt, and nothing is restored', async () => {
    const denied = record('TagUser', {
      ...tagUser('trailguard:verdict', 'clear'),
      errorCode: 'AccessDenied',
    });
    const told: Verdict[] = [];
    const verdict = await judge(denied, { ...ports, publish: async (one) => void told.push(one) });
    expect(verdict).toMatchObject({ outcome: 'attempted', severity: 'low', actions: [] });
    expect(told).toHaveLength(1);
  });
});

test('a key of a user who is tampered with is no reason to tell what the tags already told', async () => {
  const living = livingAccount();
  await living.happens('CreateUser', createUser('bob'));
  await living.happens('PutUserPolicy', wide);
  await living.happens('TagUser', tagUser('trailguard:findings', 'none'));
  expect(await living.happens('CreateAccessKey', key('bob'))).toMatchObject({ outcome: 'clean' });
});
