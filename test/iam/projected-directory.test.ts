import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change, Effect, Holder } from '../../events/change.ts';
import { createProjectedDirectory } from '../../iam/projected-directory.ts';
import { account, allowing, changeAt, changesOf, policyArn, present } from './in-account.ts';

const ada: Holder = { type: 'user', name: 'ada' };
const ops: Holder = { type: 'group', name: 'ops' };
const deployer: Holder = { type: 'role', name: 'deployer' };
const own = policyArn('own');
const adaCreated: Effect = { kind: 'user-created', userName: 'ada', tags: [] };
const ownCreated: Effect = { kind: 'policy-created', arn: own, document: present(allowing('s3:Get*')), tags: [] };

function replayed(...effects: Effect[]) {
  const directory = createProjectedDirectory({ account });
  for (const change of changesOf(...effects)) directory.fold(change);
  return directory;
}

async function postureOf(directory: ReturnType<typeof replayed>, userName = 'ada') {
  const answer = await directory.posture(userName);
  if (!answer.found) throw new Error(answer.detail);
  return answer.value;
}

describe('what a trail did not show', () => {
  test('makes a user unreadable who is never mentioned', async () => {
    const answer = { found: false, why: 'unreadable', detail: 'the trail does not show user ada being created' };
    expect(await replayed().posture('ada')).toEqual(answer);
    expect(await replayed().userTags('ada')).toEqual(answer);
  });

  test('is named beside what it did show of a user', async () => {
    const posture = await postureOf(
      replayed({ kind: 'inline-policy-put', holder: ada, policyName: 'p', document: present(allowing('s3:*')) }),
    );
    expect(posture.policies.map((policy) => policy.name)).toEqual(['p']);
    expect(posture.unread).toEqual([
      { what: 'what user ada held before the trail began', why: 'the trail does not show user ada being created' },
    ]);
  });

  test('is named for a group that a new user joins', async () => {
    const posture = await postureOf(replayed(adaCreated, { kind: 'group-joined', userName: 'ada', groupName: 'ops' }));
    expect(posture.unread.map(({ what }) => what)).toEqual(['what group ops held before the trail began']);
  });

  test('is named for a policy that was there before', async () => {
    const directory = replayed(adaCreated, { kind: 'policy-attached', holder: ada, policyArn: own });
    expect((await postureOf(directory)).unread).toEqual([
      { what: `policy ${own}`, why: `the trail does not show policy ${own} being created` },
    ]);
    expect(await directory.holders(own)).toEqual({
      found: true,
      value: { users: ['ada'], unread: [`holders of policy ${own} from before the trail`] },
    });
  });

  test('leaves the default version of an older policy unknown until one is set', async () => {
    const second: Effect = {
      kind: 'policy-version-created',
      arn: own,
      version: 'v2',
      isDefault: false,
      document: present(allowing('s3:*')),
    };
    expect(await replayed(second).managedPolicy(own)).toMatchObject({ found: false, why: 'unreadable' });
    expect(await replayed(second, { kind: 'default-version-set', arn: own, version: 'v2' }).managedPolicy(own)).toMatchObject({
      found: true,
    });
    expect(await replayed(second, { kind: 'default-version-set', arn: own, version: 'v1' }).managedPolicy(own)).toMatchObject({
      why: 'unreadable',
      detail: `the trail does not show version v1 of policy ${own}`,
    });
  });

  test('is a document that CloudTrail left out', async () => {
    const put: Effect = { kind: 'inline-policy-put', holder: ada, policyName: 'huge', document: { state: 'omitted' } };
    const directory = replayed(adaCreated, put);
    expect((await postureOf(directory)).unread).toEqual([
      { what: 'inline policy huge of user ada', why: expect.stringContaining('the request was too large') },
    ]);
    expect(await directory.inlinePolicy(ada, 'huge')).toMatchObject({ found: false, why: 'unreadable' });
    const managed = replayed({ kind: 'policy-created', arn: own, document: { state: 'omitted' }, tags: [] });
    expect(await managed.managedPolicy(own)).toMatchObject({ found: false, why: 'unreadable' });
  });

  test("makes the account's password policy unreadable", async () => {
    expect(await replayed(adaCreated).passwordPolicy()).toEqual({
      found: false,
      why: 'unreadable',
      detail: "the trail does not show the account's password policy being set",
    });
  });

  test('leaves who is in an older group unknown, but for those whom it showed', async () => {
    const put: Effect = { kind: 'inline-policy-put', holder: ops, policyName: 'g', document: present(allowing('s3:*')) };
    expect(await replayed().members('ops')).toMatchObject({ why: 'unreadable', detail: 'the trail does not show group ops being created' });
    expect(await replayed(put).members('ops')).toMatchObject({ why: 'unreadable', detail: 'the trail does not show who is in group ops' });
    const joined: Effect = { kind: 'group-joined', userName: 'ada', groupName: 'ops' };
    const directory = replayed(adaCreated, put, joined);
    expect(await directory.members('ops')).toEqual({ found: true, value: ['ada'] });
    expect((await postureOf(directory)).unread).toHaveLength(1);
  });

  test('is what a document that does not parse says', async () => {
    const posture = await postureOf(
      replayed(adaCreated, { kind: 'inline-policy-put', holder: ada, policyName: 'bad', document: present('{"Statement"') }),
    );
    expect(posture.unread).toEqual([{ what: 'inline policy bad of user ada', why: expect.stringContaining('could not be parsed') }]);
  });
});

describe('each kind of effect', () => {
  const put = (policyName: string): Effect => ({ kind: 'inline-policy-put', holder: ada, policyName, document: present(allowing('s3:*')) });

  test('on inline policies', async () => {
    const directory = replayed(adaCreated, put('kept'), put('dropped'), {
      kind: 'inline-policy-deleted',
      holder: ada,
      policyName: 'dropped',
    });
    expect((await postureOf(directory)).policies.map((policy) => policy.name)).toEqual(['kept']);
    expect(await directory.inlinePolicy(ada, 'dropped')).toMatchObject({ why: 'absent' });
  });

  test('on attachments', async () => {
    const attached = replayed(adaCreated, ownCreated, { kind: 'policy-attached', holder: ada, policyArn: own });
    expect((await postureOf(attached)).policies).toMatchObject([{ kind: 'managed', name: 'own', arn: own, version: 'v1' }]);
    const detached = replayed(
      adaCreated,
      ownCreated,
      { kind: 'policy-attached', holder: ada, policyArn: own },
      { kind: 'policy-detached', holder: ada, policyArn: own },
    );
    expect((await postureOf(detached)).policies).toEqual([]);
    expect(await detached.holders(own)).toEqual({ found: true, value: { users: [], unread: [] } });
  });

  test('on versions of a policy', async () => {
    const second: Effect = {
      kind: 'policy-version-created',
      arn: own,
      version: 'v2',
      isDefault: true,
      document: present(allowing('s3:*')),
    };
    const directory = replayed(ownCreated, second, { kind: 'policy-version-deleted', arn: own, version: 'v1' });
    expect(await directory.managedPolicy(own)).toMatchObject({ value: { version: 'v2', isDefault: true, document: allowing('s3:*') } });
    expect(await directory.managedPolicy(own, 'v1')).toMatchObject({ why: 'absent' });
    const deleted = replayed(ownCreated, { kind: 'policy-deleted', arn: own });
    expect(await deleted.managedPolicy(own)).toMatchObject({ why: 'absent' });
    expect(await deleted.holders(own)).toMatchObject({ why: 'absent' });
  });

  test('on groups', async () => {
    const inGroup: Effect[] = [
      adaCreated,
      { kind: 'group-created', groupName: 'ops' },
      { kind: 'inline-policy-put', holder: ops, policyName: 'g', document: present(allowing('s3:*')) },
      { kind: 'group-joined', userName: 'ada', groupName: 'ops' },
    ];
    const renamed = await postureOf(replayed(...inGroup, { kind: 'group-updated', groupName: 'ops', newName: 'operators' }));
    expect(renamed).toMatchObject({ groups: ['operators'], policies: [{ name: 'g', group: 'operators' }], unread: [] });
    expect((await postureOf(replayed(...inGroup, { kind: 'group-left', userName: 'ada', groupName: 'ops' }))).policies).toEqual([]);
    expect((await postureOf(replayed(...inGroup, { kind: 'group-deleted', groupName: 'ops' }))).groups).toEqual([]);
  });

  test('on the members of a group', async () => {
    const bobCreated: Effect = { kind: 'user-created', userName: 'bob', tags: [] };
    const joined = (userName: string): Effect => ({ kind: 'group-joined', userName, groupName: 'ops' });
    const both: Effect[] = [adaCreated, bobCreated, { kind: 'group-created', groupName: 'ops' }, joined('bob'), joined('ada')];
    const membersOf = (...effects: Effect[]) => replayed(...both, ...effects).members('ops');
    expect(await membersOf()).toEqual({ found: true, value: ['ada', 'bob'] });
    expect(await membersOf({ kind: 'group-left', userName: 'bob', groupName: 'ops' })).toEqual({ found: true, value: ['ada'] });
    expect(await membersOf({ kind: 'user-deleted', userName: 'bob' })).toEqual({ found: true, value: ['ada'] });
    expect(await membersOf({ kind: 'user-updated', userName: 'bob', newName: 'rob' })).toEqual({ found: true, value: ['ada', 'rob'] });
    expect(await membersOf({ kind: 'group-deleted', groupName: 'ops' })).toMatchObject({ why: 'absent' });
    const renamed = replayed(...both, { kind: 'group-updated', groupName: 'ops', newName: 'operators' });
    expect(await renamed.members('operators')).toEqual({ found: true, value: ['ada', 'bob'] });
    expect(await renamed.members('ops')).toMatchObject({ why: 'absent', detail: 'group ops was deleted or renamed' });
    expect(await replayed({ kind: 'group-created', groupName: 'empty' }).members('empty')).toEqual({ found: true, value: [] });
  });

  test('on roles, whose policies can be read and bear on no user', async () => {
    const created: Effect = { kind: 'role-created', roleName: 'deployer' };
    const rolePut: Effect = { kind: 'inline-policy-put', holder: deployer, policyName: 'p', document: present(allowing('s3:*')) };
    const attached: Effect = { kind: 'policy-attached', holder: deployer, policyArn: own };
    const directory = replayed(created, rolePut, ownCreated, attached);
    expect(await directory.inlinePolicy(deployer, 'p')).toEqual({ found: true, value: allowing('s3:*') });
    expect(await directory.inlinePolicy(deployer, 'other')).toMatchObject({ why: 'absent' });
    expect(await directory.holders(own)).toEqual({ found: true, value: { users: [], unread: [] } });
    const emptied = replayed(created, rolePut, { kind: 'inline-policy-deleted', holder: deployer, policyName: 'p' });
    expect(await emptied.inlinePolicy(deployer, 'p')).toMatchObject({ why: 'absent' });
    const again = replayed(created, rolePut, { kind: 'role-deleted', roleName: 'deployer' });
    expect(await again.inlinePolicy(deployer, 'p')).toMatchObject({ why: 'absent', detail: 'role deployer was deleted or renamed' });
    again.fold(changeAt('2026-02-01T00:00:00Z', created));
    expect(await again.inlinePolicy(deployer, 'p')).toMatchObject({ why: 'absent' });
    expect(await replayed(rolePut).inlinePolicy(deployer, 'other')).toMatchObject({ why: 'unreadable' });
  });

  test("on the account's password policy, which each call sets as a whole", async () => {
    const strong = { minimumLength: 14, requireSymbols: true, requireNumbers: true, requireUppercase: true, requireLowercase: true };
    const weak = { ...strong, minimumLength: 6 };
    const set = (policy: typeof strong): Effect => ({ kind: 'password-policy-set', policy });
    expect(await replayed(set(strong), set(weak)).passwordPolicy()).toEqual({ found: true, value: weak });
    expect(await replayed(set(strong), { kind: 'password-policy-deleted' }).passwordPolicy()).toEqual({ found: true, value: null });
    expect(await replayed(set(strong), { kind: 'password-policy-set' }).passwordPolicy()).toMatchObject({ why: 'unreadable' });
  });

  test('on the tags of a policy, whose keys IAM compares by case', async () => {
    const tagged = replayed(
      { ...ownCreated, tags: [{ key: 'Team', value: 'blue' }] } as Effect,
      {
        kind: 'policy-tagged',
        arn: own,
        tags: [
          { key: 'team', value: 'red' },
          { key: 'site', value: 'x' },
        ],
      },
      { kind: 'policy-untagged', arn: own, keys: ['site', 'TEAM'] },
    );
    expect(await tagged.policyTags(own)).toEqual({ found: true, value: { Team: 'blue', team: 'red' } });
  });

  test('whose target the record does not tell moves nothing', async () => {
    const directory = replayed(
      adaCreated,
      { kind: 'policy-tagged', tags: [{ key: 'k', value: 'v' }] },
      { kind: 'policy-untagged', keys: ['k'] },
      { kind: 'role-created' },
      { kind: 'role-deleted' },
      { kind: 'login-profile-updated' },
      { kind: 'service-credential-created' },
    );
    expect(await postureOf(directory)).toMatchObject({ password: null, tags: {}, unread: [] });
  });

  test('on a user: a new name and path keep everything, and the old name is gone', async () => {
    const directory = replayed(adaCreated, put('p'), { kind: 'user-updated', userName: 'ada', newName: 'adele', newPath: '/staff/' });
    expect(await postureOf(directory, 'adele')).toMatchObject({
      userName: 'adele',
      arn: `arn:aws:iam::${account}:user/staff/adele`,
      policies: [{ name: 'p' }],
      unread: [],
    });
    expect(await directory.posture('ada')).toMatchObject({ found: false, why: 'absent' });
  });

  test('on a user: deleted it is absent, made again it starts empty', async () => {
    const gone = replayed(adaCreated, put('p'), { kind: 'user-deleted', userName: 'ada' });
    expect(await gone.posture('ada')).toMatchObject({ found: false, why: 'absent' });
    gone.fold(changeAt('2026-02-01T00:00:00Z', adaCreated));
    expect(await postureOf(gone)).toMatchObject({ policies: [], unread: [], createdAt: '2026-02-01T00:00:00Z' });
  });

  test('on tags, whose keys IAM compares without case', async () => {
    const directory = replayed(
      { ...adaCreated, tags: [{ key: 'Team', value: 'blue' }] } as Effect,
      {
        kind: 'user-tagged',
        userName: 'ada',
        tags: [
          { key: 'team', value: 'red' },
          { key: 'Site', value: 'x' },
        ],
      },
      { kind: 'user-untagged', userName: 'ada', keys: ['SITE'] },
    );
    expect((await postureOf(directory)).tags).toEqual({ team: 'red' });
  });

  test('on the boundary, whose policy bears on the user', async () => {
    const bounded: Effect[] = [ownCreated, { ...adaCreated, boundaryArn: own } as Effect];
    expect((await postureOf(replayed(...bounded))).boundary).toMatchObject({ kind: 'managed', arn: own, version: 'v1' });
    expect(await replayed(...bounded).holders(own)).toMatchObject({ value: { users: ['ada'] } });
    const freed = replayed(...bounded, { kind: 'boundary-deleted', userName: 'ada' });
    expect(await postureOf(freed)).not.toHaveProperty('boundary');
    expect(await freed.holders(own)).toMatchObject({ value: { users: [] } });
    expect(
      (await postureOf(replayed(adaCreated, ownCreated, { kind: 'boundary-put', userName: 'ada', boundaryArn: own }))).boundary?.arn,
    ).toBe(own);
  });

  test('on keys', async () => {
    const made: Effect = { kind: 'access-key-created', userName: 'ada', accessKeyId: 'AKIA1', active: true };
    const other: Effect = { kind: 'access-key-created', userName: 'ada', accessKeyId: 'AKIA2', active: true };
    const { accessKeys } = await postureOf(
      replayed(
        adaCreated,
        made,
        other,
        { kind: 'access-key-updated', userName: 'ada', accessKeyId: 'AKIA1', active: false },
        { kind: 'access-key-deleted', userName: 'ada', accessKeyId: 'AKIA2' },
      ),
    );
    // When a key was last used, no trail of IAM tells.
    expect(accessKeys).toEqual([{ id: 'AKIA1', active: false, createdAt: '2026-01-01T00:00:01.000Z' }]);
  });

  test('on service credentials: nothing but that there is such a user', async () => {
    const made: Effect = { kind: 'service-credential-created', userName: 'ada', credentialId: 'ACCA1', service: 'bedrock.amazonaws.com' };
    expect((await postureOf(replayed(adaCreated, made))).accessKeys).toEqual([]);
    expect((await postureOf(replayed(made))).unread).toHaveLength(1);
  });

  test('on passwords and devices, known of a user who was seen being created', async () => {
    const password: Effect = { kind: 'login-profile-created', userName: 'ada' };
    const device: Effect = { kind: 'mfa-enabled', userName: 'ada', serialNumber: 'mfa-1' };
    expect(await postureOf(replayed(adaCreated))).toMatchObject({ password: null, mfaDevices: [] });
    expect(await postureOf(replayed(adaCreated, password, device))).toMatchObject({
      password: { createdAt: '2026-01-01T00:00:01.000Z' },
      mfaDevices: ['mfa-1'],
    });
    expect(
      await postureOf(
        replayed(
          adaCreated,
          password,
          device,
          { kind: 'login-profile-deleted', userName: 'ada' },
          {
            kind: 'mfa-deactivated',
            userName: 'ada',
            serialNumber: 'mfa-1',
          },
        ),
      ),
    ).toMatchObject({ password: null, mfaDevices: [] });
    expect(await postureOf(replayed({ kind: 'mfa-deactivated', userName: 'ada', serialNumber: 'mfa-1' }))).not.toHaveProperty('mfaDevices');
  });

  test('on a password that is changed: it stays as old as it was', async () => {
    const updated: Effect = { kind: 'login-profile-updated', userName: 'ada' };
    const { password } = await postureOf(replayed(adaCreated, { kind: 'login-profile-created', userName: 'ada' }, updated));
    expect(password).toEqual({ createdAt: '2026-01-01T00:00:01.000Z' });
    expect((await postureOf(replayed(updated))).password).toEqual({});
    expect(await postureOf(replayed({ kind: 'user-tagged', userName: 'ada', tags: [] }))).not.toHaveProperty('password');
  });
});

describe('folding', () => {
  test('passes over a change that failed, and one that came before', async () => {
    const directory = replayed(adaCreated);
    const deletion = changeAt('2026-01-02T00:00:00Z', { kind: 'user-deleted', userName: 'ada' }, 'deletion');
    directory.fold({ ...deletion, errorCode: 'DeleteConflictException' });
    expect(await postureOf(directory)).toMatchObject({ userName: 'ada', asOf: '2026-01-02T00:00:00Z' });

    const [creation] = changesOf(adaCreated) as [Change];
    directory.fold(changeAt('2026-01-03T00:00:00Z', { kind: 'user-tagged', userName: 'ada', tags: [{ key: 'k', value: 'v' }] }));
    directory.fold(creation);
    expect(await postureOf(directory)).toMatchObject({ tags: { k: 'v' }, asOf: '2026-01-03T00:00:00Z' });
  });

  test('takes records of one second in any order', async () => {
    const at = '2026-01-01T00:00:00Z';
    const directory = createProjectedDirectory({ account });
    directory.fold(changeAt(at, { kind: 'inline-policy-put', holder: ada, policyName: 'p', document: present(allowing('s3:*')) }));
    directory.fold(changeAt(at, adaCreated));
    expect(await postureOf(directory)).toMatchObject({ policies: [{ name: 'p' }], unread: [] });
    directory.fold(changeAt('2026-01-02T00:00:00Z', { kind: 'user-deleted', userName: 'ada' }));
    directory.fold(changeAt('2026-01-02T00:00:00Z', { kind: 'inline-policy-deleted', holder: ada, policyName: 'p' }));
    expect(await directory.posture('ada')).toMatchObject({ found: false, why: 'absent' });
  });

  test('knows a user under any case of its name, as IAM does', async () => {
    const directory = replayed(adaCreated, {
      kind: 'inline-policy-put',
      holder: { type: 'user', name: 'ADA' },
      policyName: 'p',
      document: present(allowing('s3:*')),
    });
    expect(await postureOf(directory)).toMatchObject({ userName: 'ada', policies: [{ name: 'p' }] });
  });

  const userName = fc.constantFrom('ada', 'bob');
  const groupName = fc.constantFrom('ops', 'dev');
  const arn = fc.constantFrom(own, policyArn('other'));
  const holder = fc.oneof(
    userName.map((name): Holder => ({ type: 'user', name })),
    groupName.map((name): Holder => ({ type: 'group', name })),
  );
  const document = fc.constantFrom(present(allowing('s3:*')), { state: 'omitted' } as const, present('nonsense'));
  const effect: fc.Arbitrary<Effect> = fc.oneof(
    userName.map((name): Effect => ({ kind: 'user-created', userName: name, tags: [] })),
    userName.map((name): Effect => ({ kind: 'user-deleted', userName: name })),
    userName.map((name): Effect => ({ kind: 'user-updated', userName: name, newName: 'eve' })),
    groupName.map((name): Effect => ({ kind: 'group-created', groupName: name })),
    groupName.map((name): Effect => ({ kind: 'group-deleted', groupName: name })),
    fc.record({ kind: fc.constant('group-joined' as const), userName, groupName }),
    fc.record({ kind: fc.constant('group-left' as const), userName, groupName }),
    fc.record({ kind: fc.constant('policy-attached' as const), holder, policyArn: arn }),
    fc.record({ kind: fc.constant('policy-detached' as const), holder, policyArn: arn }),
    fc.record({ kind: fc.constant('policy-created' as const), arn, document, tags: fc.constant([]) }),
    fc.record({ kind: fc.constant('policy-deleted' as const), arn }),
    fc.record({ kind: fc.constant('inline-policy-put' as const), holder, policyName: fc.constant('p'), document }),
  );

  test('is deterministic, and holders and postures agree', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(effect, { maxLength: 40 }), async (effects) => {
        const [first, second] = [replayed(...effects), replayed(...effects)];
        for (const name of ['ada', 'bob', 'eve']) {
          const posture = await first.posture(name);
          expect(await second.posture(name)).toEqual(posture);
          if (!posture.found) continue;
          const { unread, policies } = posture.value;
          const text = JSON.stringify([unread, policies]);
          for (const held of [own, policyArn('other')]) {
            const holders = await first.holders(held);
            if (holders.found) expect(holders.value.users.includes(name)).toBe(text.includes(held));
          }
          for (const group of ['ops', 'dev']) {
            const members = await first.members(group);
            expect(members.found && members.value.includes(name)).toBe(posture.value.groups.includes(group));
          }
        }
      }),
    );
  });

  test('takes 100,000 changes in its stride', () => {
    const directory = createProjectedDirectory({ account });
    const text = present(allowing('s3:*'));
    const start = performance.now();
    for (let index = 0; index < 100_000; index++) {
      const name = `user-${index % 5_000}`;
      directory.fold(
        changeAt(
          '2026-01-01T00:00:00Z',
          index < 5_000
            ? { kind: 'user-created', userName: name, tags: [] }
            : { kind: 'inline-policy-put', holder: { type: 'user', name }, policyName: `p-${index % 3}`, document: text },
          String(index),
        ),
      );
    }
    // It takes about 0.2 s; a fold that looked through the account would take minutes.
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('tags written by the guard', () => {
  test('show in the next posture', async () => {
    const directory = replayed(adaCreated);
    await directory.tagUser('ada', { 'trailguard:verdict': 'high' });
    await directory.tagUser('ada', { 'Trailguard:Verdict': 'low' });
    expect((await postureOf(directory)).tags).toEqual({ 'Trailguard:Verdict': 'low' });
    await directory.untagUser('ada', ['trailguard:verdict']);
    expect((await postureOf(directory)).tags).toEqual({});
  });

  test('are refused where the target is gone', async () => {
    const directory = replayed(adaCreated, { kind: 'user-deleted', userName: 'ada' }, ownCreated, { kind: 'policy-deleted', arn: own });
    await expect(directory.tagUser('ada', { k: 'v' })).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    await expect(directory.untagPolicy(own, ['k'])).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});

describe('AWS managed policies', () => {
  const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const directory = createProjectedDirectory({
    account,
    managedPolicies: (arn) => (arn === admin ? { name: 'AdministratorAccess', version: 'v1', document: allowing('*') } : undefined),
  });

  test('come from the function that was handed in', async () => {
    expect(await directory.managedPolicy(admin)).toEqual({
      found: true,
      value: { arn: admin, name: 'AdministratorAccess', version: 'v1', isDefault: true, document: allowing('*') },
    });
    expect(await directory.policyTags(admin)).toEqual({ found: true, value: {} });
  });

  test('are unreadable where it does not know them, or not that version', async () => {
    expect(await directory.managedPolicy('arn:aws:iam::aws:policy/Unheard')).toMatchObject({ why: 'unreadable' });
    expect(await directory.managedPolicy(admin, 'v9')).toMatchObject({ why: 'unreadable' });
  });
});
