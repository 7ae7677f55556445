import { describe, expect, test } from 'vitest';
import type { HeldPolicy, Posture } from '../../analyzers/posture.ts';
import type { Change, Effect, Holder } from '../../events/change.ts';
import { changedPolicyInEvent, parsed } from '../../guard/changed-policy.ts';
import { type Overlaid, overlay } from '../../guard/overlay.ts';
import type { ChangedPolicy } from '../../guard/situation.ts';
import { account } from '../records.ts';
import { allow, policyArn } from './account.ts';
import { changeBy } from './effects.ts';

const eventTime = '2026-03-02T09:30:00Z';
const arn = policyArn('shared');
const serialNumber = `arn:aws:iam::${account}:mfa/ada`;
const [ada, team]: [Holder, Holder] = [
  { type: 'user', name: 'ada' },
  { type: 'group', name: 'team' },
];
const narrow = allow('s3:GetObject', 'arn:aws:s3:::reports/*');

function policyOf(text: string): HeldPolicy['document'] {
  const document = parsed(text);
  if (!document.read) throw new Error(document.why);
  return document.value;
}
const inline: HeldPolicy = { kind: 'inline', name: 'own', document: policyOf(allow('*')) };
const managed: HeldPolicy = { kind: 'managed', name: 'shared', arn, version: 'v1', document: policyOf(allow('*')) };

/** As the event of an attachment tells of it: which version it is, only a read tells. */
const { version: _, ...attached } = managed;

/** A user who holds nothing, and `more`. */
function posture(more: Partial<Posture> = {}): Posture {
  return {
    userName: 'ada',
    arn: `arn:aws:iam::${account}:user/ada`,
    account,
    asOf: eventTime,
    groups: [],
    policies: [],
    accessKeys: [],
    password: null,
    mfaDevices: [],
    tags: {},
    unread: [],
    ...more,
  };
}

const key = (active: boolean) => ({ id: 'AKIAEXAMPLE', active, createdAt: '2026-03-01T00:00:00Z', lastUsedAt: null });
const keyOf = { userName: 'ada', accessKeyId: 'AKIAEXAMPLE' };
const present = (text: string) => ({ state: 'present' as const, text });

function laid(read: Posture, effect: Effect, changed?: ChangedPolicy): Overlaid {
  const change: Change = { ...changeBy('CreateUser'), eventTime, effect };
  const ofEvent = changedPolicyInEvent(change);
  return overlay(read, change, changed ?? ofEvent);
}

/** A managed policy that came into force or was attached, its document read. */
const changedTo = (version: string, text = allow('*'), active = true): ChangedPolicy => ({
  policy: { kind: 'managed', name: 'shared', arn, version, active },
  document: { read: true, value: policyOf(text) },
});

interface Case {
  readonly effect: Effect;
  readonly changed?: ChangedPolicy;
  /** What IAM shows once it shows the change. */
  readonly after: Posture;
  /** What it shows until then, and what the user counts as having, where that is more. */
  readonly before?: Posture;
  readonly counts?: Partial<Posture>;
}

/** Every kind of effect that lies over a user's posture. The others can't: they come to a user in no other way than by a read. */
const cases: Readonly<Record<string, Case>> = {
  'inline-policy-put': {
    effect: { kind: 'inline-policy-put', holder: ada, policyName: 'own', document: present(allow('*')) },
    after: posture({ policies: [inline] }),
    before: posture(),
    counts: { policies: [inline] },
  },
  'inline-policy-put, in place of another': {
    effect: { kind: 'inline-policy-put', holder: ada, policyName: 'own', document: present(narrow) },
    after: posture({ policies: [{ ...inline, document: policyOf(narrow) }] }),
    before: posture({ policies: [inline] }),
    counts: { policies: [inline, { ...inline, document: policyOf(narrow) }] },
  },
  'inline-policy-put on a group': {
    effect: { kind: 'inline-policy-put', holder: team, policyName: 'own', document: present(allow('*')) },
    after: posture({ policies: [{ ...inline, group: 'team' }] }),
    before: posture({ policies: [inline] }),
    counts: { policies: [inline, { ...inline, group: 'team' }] },
  },
  'inline-policy-deleted': {
    effect: { kind: 'inline-policy-deleted', holder: ada, policyName: 'own' },
    after: posture(),
    before: posture({ policies: [inline] }),
  },
  'policy-attached': {
    effect: { kind: 'policy-attached', holder: ada, policyArn: arn },
    changed: changedTo('v1'),
    after: posture({ policies: [managed] }),
    before: posture({ policies: [{ ...managed, group: 'team' }] }),
    counts: { policies: [{ ...managed, group: 'team' }, attached] },
  },
  'policy-detached': {
    effect: { kind: 'policy-detached', holder: ada, policyArn: arn },
    after: posture({ policies: [{ ...managed, group: 'team' }] }),
    before: posture({ policies: [managed] }),
  },
  'policy-version-created': {
    effect: { kind: 'policy-version-created', arn, version: 'v2', isDefault: true, document: present(narrow) },
    changed: changedTo('v2', narrow),
    after: posture({ policies: [{ ...managed, version: 'v2' }] }),
    before: posture({ policies: [managed] }),
    counts: { policies: [managed, { ...managed, version: 'v2', document: policyOf(narrow) }] },
  },
  'default-version-set': {
    effect: { kind: 'default-version-set', arn, version: 'v2' },
    changed: changedTo('v2', narrow),
    after: posture({ policies: [{ ...managed, version: 'v2' }] }),
    before: posture({ policies: [managed] }),
    counts: { policies: [managed, { ...managed, version: 'v2', document: policyOf(narrow) }] },
  },
  'boundary-put': {
    effect: { kind: 'boundary-put', userName: 'ada', boundaryArn: arn },
    after: posture({ boundary: managed }),
    before: posture(),
  },
  'boundary-deleted': {
    effect: { kind: 'boundary-deleted', userName: 'ada' },
    after: posture(),
    before: posture({ boundary: managed }),
  },
  'group-joined': {
    effect: { kind: 'group-joined', userName: 'ada', groupName: 'Team' },
    after: posture({ groups: ['team'] }),
    before: posture(),
  },
  'group-left': {
    effect: { kind: 'group-left', userName: 'ada', groupName: 'Team' },
    after: posture(),
    before: posture({ groups: ['team'] }),
  },
  'access-key-created': {
    effect: { kind: 'access-key-created', ...keyOf, active: true },
    after: posture({ accessKeys: [key(true)] }),
    before: posture(),
    counts: { accessKeys: [{ ...key(true), createdAt: eventTime }] },
  },
  'access-key-updated, activated': {
    effect: { kind: 'access-key-updated', ...keyOf, active: true },
    after: posture({ accessKeys: [key(true)] }),
    before: posture({ accessKeys: [key(false)] }),
    counts: { accessKeys: [key(true)] },
  },
  'access-key-updated, deactivated': {
    effect: { kind: 'access-key-updated', ...keyOf, active: false },
    after: posture({ accessKeys: [key(false)] }),
    before: posture({ accessKeys: [key(true)] }),
  },
  'access-key-deleted': {
    effect: { kind: 'access-key-deleted', ...keyOf },
    after: posture(),
    before: posture({ accessKeys: [key(true)] }),
  },
  'login-profile-created': {
    effect: { kind: 'login-profile-created', userName: 'ada' },
    after: posture({ password: { createdAt: '2026-03-01T00:00:00Z' } }),
    before: posture(),
    counts: { password: { createdAt: eventTime, lastUsedAt: null } },
  },
  'login-profile-updated': {
    effect: { kind: 'login-profile-updated', userName: 'ada' },
    after: posture({ password: {} }),
  },
  'login-profile-deleted': {
    effect: { kind: 'login-profile-deleted', userName: 'ada' },
    after: posture(),
    before: posture({ password: {} }),
  },
  'mfa-enabled': {
    effect: { kind: 'mfa-enabled', userName: 'ada', serialNumber },
    after: posture({ mfaDevices: [serialNumber] }),
    before: posture(),
  },
  'mfa-deactivated': {
    effect: { kind: 'mfa-deactivated', userName: 'ada', serialNumber },
    after: posture(),
    before: posture({ mfaDevices: [serialNumber, 'another'] }),
    counts: { mfaDevices: ['another'] },
  },
  'user-created': { effect: { kind: 'user-created', userName: 'ada', tags: [] }, after: posture() },
  'user-updated': { effect: { kind: 'user-updated', userName: 'a', newName: 'ada' }, after: posture() },
  'service-credential-created': { effect: { kind: 'service-credential-created', userName: 'ada' }, after: posture() },
};

test.each(Object.entries(cases))('%s, shown by the read: nothing is added, and nothing differs', (_, { effect, changed, after }) => {
  expect(laid(after, effect, changed)).toEqual({ posture: after, differs: false });
});

const unshown = Object.entries(cases).flatMap(([name, { before, ...rest }]) => (before ? [[name, { before, ...rest }] as const] : []));

test.each(unshown)(
  '%s, not shown yet: it differs, and what gives more counts besides what was read',
  (_, { effect, changed, before, counts }) => {
    const { boundary, ...unbounded } = before;
    const kept = effect.kind === 'boundary-deleted' || boundary === undefined ? unbounded : before;
    expect(laid(before, effect, changed)).toEqual({ posture: { ...kept, ...counts }, differs: true });
  },
);

describe('what the event can not tell', () => {
  test('a document that could not be read makes the posture partial', () => {
    const effect: Effect = { kind: 'policy-attached', holder: ada, policyArn: arn };
    const unread: ChangedPolicy = {
      policy: { kind: 'managed', name: 'shared', arn, active: true },
      document: { read: false, why: 'denied' },
    };
    expect(laid(posture(), effect, unread)).toEqual({
      posture: posture({ unread: [{ what: `policy ${arn}`, why: 'denied' }] }),
      differs: true,
    });
    const put: Effect = { kind: 'default-version-set', arn, version: 'v2' };
    const version: ChangedPolicy = { ...unread, policy: { ...unread.policy, version: 'v2' } };
    expect(laid(posture({ policies: [managed] }), put, version)).toEqual({ posture: posture({ policies: [managed] }), differs: true });
  });

  test('a version that is not in force, a policy that nobody named, a password of which nothing is known: as read', () => {
    const version: Effect = { kind: 'policy-version-created', arn, version: 'v2', isDefault: false, document: present(narrow) };
    expect(laid(posture({ policies: [managed] }), version, changedTo('v2', narrow, false)).differs).toBe(false);
    const { password: _, mfaDevices: __, ...unknown } = posture();
    const effects: Effect[] = [
      { kind: 'login-profile-created', userName: 'ada' },
      { kind: 'login-profile-deleted', userName: 'ada' },
      { kind: 'mfa-enabled', userName: 'ada', serialNumber },
      { kind: 'mfa-deactivated', userName: 'ada', serialNumber },
      { kind: 'mfa-deactivated', userName: 'ada' },
      { kind: 'group-joined', userName: 'ada' },
      { kind: 'group-left', userName: 'ada' },
      { kind: 'access-key-created', userName: 'ada', active: true },
    ];
    for (const effect of effects) expect(laid(unknown, effect)).toEqual({ posture: unknown, differs: false });
  });
});

describe("the guard's tags, as the event leaves them", () => {
  const tags = { 'trailguard:verdict': 'high', team: 'data' };

  test('written in another case, a tag takes the place of the one that was read', () => {
    const effect: Effect = { kind: 'user-tagged', userName: 'ada', tags: [{ key: 'TrailGuard:Verdict', value: 'clear' }] };
    expect(laid(posture({ tags }), effect)).toEqual({
      posture: posture({ tags: { 'TrailGuard:Verdict': 'clear', team: 'data' } }),
      differs: false,
    });
  });

  test('taken away in another case, it is gone', () => {
    const effect: Effect = { kind: 'user-untagged', userName: 'ada', keys: ['TRAILGUARD:VERDICT'] };
    expect(laid(posture({ tags }), effect).posture.tags).toEqual({ team: 'data' });
  });
});
