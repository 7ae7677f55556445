import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { catalog } from '../../events/catalog.ts';
import { allow, createPolicy, createUser, policyArn } from '../guard/account.ts';
import { denied, iamUser, roleSession } from '../records.ts';
import { guardedAccount, rolesOf, silently } from './guarded-account.ts';
import { capturedLines } from './parts.ts';

const roles = rolesOf('test');
const [role = ''] = roles;
const verdictTag = (value: string, key = 'trailguard:verdict') => [{ key, value }];
const tagBob = { requestParameters: { userName: 'bob', tags: verdictTag('clear') } };
const tagEvents = [
  ['TagUser', tagBob],
  ['UntagUser', { requestParameters: { userName: 'bob', tagKeys: ['trailguard:verdict'] } }],
  ['TagPolicy', { requestParameters: { policyArn: policyArn('shared'), tags: verdictTag('clear') } }],
  ['UntagPolicy', { requestParameters: { policyArn: policyArn('shared'), tagKeys: ['trailguard:verdict'] } }],
] as const;

/** An account with the policy `shared` and the user bob, who may both do everything, and were tagged for it. */
const tagged = async (...how: Parameters<typeof guardedAccount>) => {
  const world = guardedAccount(...how);
  world.happens('CreateUser', createUser('alice'));
  world.happens('CreateUser', createUser('bob'));
  world.happens('CreatePolicy', { ...createPolicy('shared', allow('*')), userIdentity: iamUser('alice') });
  world.happens('PutUserPolicy', { requestParameters: { userName: 'bob', policyName: 'all', policyDocument: allow('*') } });
  await world.untilSilent();
  expect(await world.tagsOf('bob')).toMatchObject({ 'trailguard:verdict': 'critical' });
  for (const seen of [world.calls, world.told, world.own]) seen.length = 0;
  return world;
};

/** Somebody at the guard's tags, in every way there is. */
const tamper = ({ happens }: Awaited<ReturnType<typeof tagged>>): void => {
  for (const [eventName, overrides] of tagEvents) happens(eventName, overrides);
  happens('TagUser', { requestParameters: { userName: 'bob', tags: verdictTag('clear', 'TRAILGUARD:Verdict') } });
  happens('TagPolicy', { requestParameters: { policyArn: policyArn('shared'), tags: verdictTag('clear', 'Trailguard:verdict') } });
  happens('CreateUser', { ...createUser('eve'), requestParameters: { userName: 'eve', tags: verdictTag('critical') } });
  const preset = createPolicy('preset', allow('s3:GetObject', 'arn:aws:s3:::reports/*'));
  happens('CreatePolicy', { ...preset, requestParameters: { ...preset.requestParameters, tags: verdictTag('critical') } });
};

afterEach(() => vi.restoreAllMocks());

describe("the guard's own tagging", () => {
  it.each(tagEvents.flatMap(([eventName, overrides]) => roles.map((name) => [eventName, name, overrides] as const)))(
    '%s by %s is clean: nothing is read, tagged, asked or told',
    async (eventName, name, overrides) => {
      silently();
      const world = await tagged();
      vi.restoreAllMocks();
      const captured = capturedLines();
      world.happens(eventName, { userIdentity: roleSession(name, 'whatever'), ...overrides });
      expect(await world.untilSilent()).toBe(1);
      expect(captured.logs()).toMatchObject([
        { message: 'verdict', verdict: { outcome: 'clean', severity: 'none' }, event: { name: eventName }, rules: [], actions: [] },
      ]);
      expect([world.calls, world.told, world.own]).toEqual([[], [], []]);
    },
  );

  it('is not told where it was refused: the verdict that wanted the tag says so', async () => {
    silently();
    const world = await tagged();
    const { eventTime, eventID, ...refused } = denied('TagUser', 'user bob', { userIdentity: roleSession(role, role) });
    world.happens('TagUser', refused);
    await world.untilSilent();
    expect([world.calls, world.told, world.own]).toEqual([[], [], []]);
  });

  it.each([
    ['a role of that name in another account', { ...roleSession(role, role), accountId: '210987654321' }],
    ['a user of that name', iamUser(role)],
    ['a session that is named like the role', roleSession('deployer', role)],
  ])('is not what %s does: it is told, and the tags are set right', async (_who, userIdentity) => {
    silently();
    const world = await tagged();
    world.happens('TagUser', { ...tagBob, userIdentity });
    await world.untilSilent();
    expect(world.told).toMatchObject([{ outcome: 'flagged', event: { name: 'TagUser' } }]);
    expect(world.told[0]?.findings).toContainEqual(expect.objectContaining({ rule: 'guard-tag-tampered', severity: 'high' }));
    expect(await world.tagsOf('bob')).toMatchObject({ 'trailguard:verdict': 'critical' });
  });

  it('of another account, by a role of that name, is undetermined: nothing of it is read', async () => {
    silently();
    const world = await tagged();
    const foreign = { ...roleSession(role, role), accountId: '210987654321' };
    world.happens('TagUser', { ...tagBob, userIdentity: foreign, recipientAccountId: '210987654321' });
    await world.untilSilent();
    expect(world.told).toMatchObject([{ outcome: 'undetermined' }]);
    expect(world.calls).toEqual([]);
  });
});

describe('a loop', () => {
  beforeEach(silently);

  it.each([1, 3])('never begins: whatever the guard does ends in silence, each event delivered %i times', async (times) => {
    const world = await tagged({ guards: [{ stage: 'test', own: roles }], times });
    tamper(world);
    const deliveries = await world.untilSilent();
    expect(world.own.length).toBeGreaterThan(0);
    expect(new Set(world.told.flatMap(({ findings }) => findings.map(({ rule }) => rule)))).toContain('guard-tag-tampered');
    expect(await world.tagsOf('bob')).toMatchObject({ 'trailguard:verdict': 'critical' });
    expect(await world.tagsOf('eve')).toEqual({});
    // Each of the eight events, each message, each record of the guard's own: delivered, and nothing more came.
    const messages = world.calls.filter((name) => name === 'judgeAgain').length;
    expect(deliveries).toBe(times * (8 + messages + world.own.length));

    const before = world.calls.length;
    for (const one of world.own) world.deliver(one);
    await world.untilSilent();
    expect(world.calls.length).toBe(before);
  });

  it('can only run over the tag events: no other call of the guard is one that a rule delivers', () => {
    const writes = ['TagUser', 'UntagUser', 'TagPolicy', 'UntagPolicy'];
    expect(writes.map((name) => catalog[name]?.handler)).toEqual(writes.map(() => 'account-changes'));
  });

  it('runs between two guards that write the same tags and do not know each other, and not between two that do', async () => {
    const both = [...rolesOf('dev'), ...rolesOf('prod')];
    const strangers = tagged({ guards: ['dev', 'prod'].map((stage) => ({ stage, own: rolesOf(stage) })) });
    await expect(strangers).rejects.toThrow('no end after 200 deliveries');
    const friends = await tagged({ guards: ['dev', 'prod'].map((stage) => ({ stage, own: both })) });
    tamper(friends);
    expect(await friends.untilSilent()).toBeGreaterThan(0);
  });

  it('would be seen here: a guard that does not know its roles runs on and on', async () => {
    const world = guardedAccount({ guards: [{ stage: 'test', own: ['no-such-role'] }] });
    world.happens('CreateUser', createUser('bob'));
    world.happens('PutUserPolicy', { requestParameters: { userName: 'bob', policyName: 'all', policyDocument: allow('*') } });
    await expect(world.untilSilent()).rejects.toThrow('no end after 200 deliveries');
  });
});
