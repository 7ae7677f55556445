import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DeniedTarget, deniedTarget } from '../../events/denied-target.ts';

const caller = 'arn:aws:iam::111122223333:user/on/ops';
const messageOf = (resource: string, ending: string) =>
  `User: ${caller} is not authorized to perform: iam:PutUserPolicy on resource: ${resource}${ending}`;

const endings = [
  '',
  ' because no identity-based policy allows the iam:PutUserPolicy action',
  ' because no permissions boundary allows the iam:PutUserPolicy action',
  ' with an explicit deny in a service control policy',
  ' with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/deny',
];

const policy = 'arn:aws:iam::111122223333:policy/teams/reader';
const forms: readonly [resource: string, target: DeniedTarget][] = [
  ['user alice', { type: 'user', name: 'alice' }],
  ['user because', { type: 'user', name: 'because' }],
  ['user a.b+c=d,e@f-g_h', { type: 'user', name: 'a.b+c=d,e@f-g_h' }],
  ['group admins', { type: 'group', name: 'admins' }],
  ['role deployer', { type: 'role', name: 'deployer' }],
  ['policy reader', { type: 'policy', name: 'reader' }],
  [`policy ${policy}`, { type: 'policy', name: 'reader', arn: policy }],
  [`policy ${policy} version v2`, { type: 'policy', name: 'reader', arn: policy, version: 'v2' }],
  [policy, { type: 'policy', name: 'reader', arn: policy }],
  ['arn:aws:iam::111122223333:user/alice', { type: 'user', name: 'alice', arn: 'arn:aws:iam::111122223333:user/alice' }],
  ['arn:aws-cn:iam::111122223333:group/a/b/c', { type: 'group', name: 'c', arn: 'arn:aws-cn:iam::111122223333:group/a/b/c' }],
  ['"user alice"', { type: 'user', name: 'alice' }],
  ["user 'alice'", { type: 'user', name: 'alice' }],
  ['`arn:aws:iam::111122223333:user/alice`', { type: 'user', name: 'alice', arn: 'arn:aws:iam::111122223333:user/alice' }],
];

describe('the target of a denied call', () => {
  it.each(forms)('is read from `%s`, whatever follows', (resource, target) => {
    for (const ending of endings) expect(deniedTarget(messageOf(resource, ending))).toStrictEqual(target);
  });

  it.each([
    '',
    '*',
    'users alice',
    'instance profile web',
    'arn:aws:iam::111122223333:user/',
    'arn:aws:s3:::bucket/user/x',
    'constructor x',
  ])('is not known from `%s`', (resource) => {
    const target = deniedTarget(messageOf(resource, endings[1] ?? ''));
    expect(target?.name).toBeUndefined();
  });

  it('is not known without a message, or from another one', () => {
    expect(deniedTarget(undefined)).toBeUndefined();
    expect(deniedTarget('')).toBeUndefined();
    expect(deniedTarget(messageOf('user', ''))).toBeUndefined();
    expect(deniedTarget('Rate exceeded for user alice')).toBeUndefined();
  });

  it('takes no time that grows faster than the message', () => {
    for (const filling of [' because', ' on resource: user', ' ', '"', 'arn:', 'a'.repeat(9)]) {
      const started = performance.now();
      deniedTarget(messageOf(filling.repeat(100_000), ' because'));
      expect(performance.now() - started).toBeLessThan(500);
    }
  });

  it('never throws, and names nothing empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...endings), (resource, ending) => {
        expect(deniedTarget(messageOf(resource, ending))?.name).not.toBe('');
      }),
    );
  });
});
