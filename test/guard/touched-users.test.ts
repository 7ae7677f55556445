import { describe, expect, test } from 'vitest';
import type { Effect } from '../../events/change.ts';
import { attempting } from '../../guard/attempt.ts';
import { StaleReadError } from '../../guard/stale-read.ts';
import { touchedUsers } from '../../guard/touched-users.ts';
import type { Directory } from '../../iam/directory.ts';
import { changeBy, changes, kinds } from './effects.ts';
import { untouchedDirectory } from './untouched.ts';

/** An IAM in which ann and ben are in each group, and cat and dan hold each policy. */
const directory: Directory = {
  ...untouchedDirectory(),
  members: async () => ({ found: true, value: ['ann', 'ben'] }),
  holders: async () => ({ found: true, value: { users: ['cat', 'dan'], unread: ['group admins'] } }),
};
const options = { settling: false, tagPrefix: 'trailguard' };
const names = async (change: (typeof changes)[number], tagPrefix = 'trailguard') => {
  const { users } = await touchedUsers(change, attempting([]), directory, { settling: false, tagPrefix });
  return users.map(({ name, relation }) => `${relation} ${name}`);
};

const members = ['member ann', 'member ben'];
const holders = ['holder cat', 'holder dan'];
const alice = ['subject alice'];
const nobody: string[] = [];

/** Whom each kind of effect touches, by the kind of its holder where it has one. */
const touched: Readonly<Record<Effect['kind'], readonly string[] | { user: string[]; group: string[]; role: string[] }>> = {
  'policy-created': nobody,
  'policy-version-created': holders,
  'default-version-set': holders,
  'policy-version-deleted': nobody,
  'policy-deleted': nobody,
  'policy-tagged': nobody,
  'policy-untagged': nobody,
  'inline-policy-put': { user: alice, group: members, role: nobody },
  'inline-policy-deleted': { user: alice, group: members, role: nobody },
  'policy-attached': { user: alice, group: members, role: nobody },
  'policy-detached': { user: alice, group: members, role: nobody },
  'user-created': alice,
  'user-updated': ['subject alicia'],
  'user-deleted': nobody,
  'user-tagged': nobody,
  'user-untagged': nobody,
  'boundary-put': alice,
  'boundary-deleted': alice,
  'group-created': nobody,
  'group-updated': members,
  'group-deleted': nobody,
  'group-joined': alice,
  'group-left': alice,
  'role-created': nobody,
  'role-deleted': nobody,
  'access-key-created': alice,
  'access-key-updated': alice,
  'access-key-deleted': alice,
  'login-profile-created': alice,
  'login-profile-updated': alice,
  'login-profile-deleted': alice,
  'service-credential-created': alice,
  'mfa-enabled': alice,
  'mfa-deactivated': alice,
  'password-policy-set': nobody,
  'password-policy-deleted': nobody,
};

describe('whose posture a change may move', () => {
  test('each kind of effect is in the table', () => {
    expect([...kinds].sort()).toEqual(Object.keys(touched).sort());
  });

  test.each(changes.map((change) => [change.eventName, change] as const))('%s', async (_, change) => {
    const expected = touched[change.effect.kind];
    const holder = 'holder' in change.effect ? change.effect.holder?.type : undefined;
    const wanted = 'user' in expected ? expected[holder ?? 'user'] : expected;
    expect(await names(change)).toEqual(wanted);
  });

  test("the guard's own tags, in any case, move the user that they are on", async () => {
    const change = changeBy('TagUser');
    const effect = { kind: 'user-tagged' as const, userName: 'alice', tags: [{ key: 'TRAILGUARD:verdict', value: 'x' }] };
    expect(await names({ ...change, effect })).toEqual(alice);
    expect(await names({ ...change, effect }, 'another')).toEqual([]);
  });

  test('a version that is not put in force moves nobody', async () => {
    const change = changeBy('CreatePolicyVersion');
    const { effect } = change;
    if (effect.kind !== 'policy-version-created') throw new Error('it is another effect');
    expect(await names({ ...change, effect: { ...effect, isDefault: false } })).toEqual([]);
  });

  test('a user, group or policy that the event does not name moves nobody that can be told', async () => {
    const { userName: _, ...effect } = { kind: 'login-profile-created' as const, userName: undefined };
    const { name: __, ...subject } = changeBy('CreateLoginProfile').subject;
    expect(await names({ ...changeBy('CreateLoginProfile'), subject, effect })).toEqual([]);
    expect(await names({ ...changeBy('SetDefaultPolicyVersion'), effect: { kind: 'default-version-set' } })).toEqual([]);
  });

  test('what could not be listed is named', async () => {
    const change = changeBy('SetDefaultPolicyVersion');
    const { unread } = await touchedUsers(change, attempting([]), directory, options);
    expect(unread).toEqual(['group admins']);
    const denied: Directory = {
      ...directory,
      holders: async () => ({ found: false, why: 'unreadable', detail: 'not authorized' }),
    };
    expect(await touchedUsers(change, attempting([]), denied, options)).toEqual({
      users: [],
      unread: ['who holds the policy: not authorized'],
    });
  });

  test('a group that is not there is not believed to be gone while IAM settles, and nobody is in it after', async () => {
    const gone: Directory = { ...directory, members: async () => ({ found: false, why: 'absent', detail: 'no such group' }) };
    const change = changeBy('AttachGroupPolicy');
    expect(await touchedUsers(change, attempting([]), gone, options)).toEqual({ users: [], unread: [] });
    const faults: Error[] = [];
    const { unread } = await touchedUsers(change, attempting(faults), gone, { ...options, settling: true });
    expect(unread).toEqual([expect.stringMatching(/^who is in group developers: IAM does not show group `developers` yet/)]);
    expect(faults).toEqual([expect.any(StaleReadError)]);
  });
});
