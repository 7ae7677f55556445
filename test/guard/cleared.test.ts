import { describe, expect, it } from 'vitest';
import { rules } from '../../analyzers/registry.ts';
import { clearedByRecord, clearedBySweep } from '../../guard/cleared.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import type { SweepSummary } from '../../schemas/sweep-summary.ts';
import { aFinding } from '../alerts/verdicts.ts';
import { account, iamUser, record, roleSession } from '../records.ts';

const options = { tagPrefix: 'trailguard', isOwn: ({ name }: { name?: string }) => name === 'guard' };
const guard = roleSession('guard', 'x');
const overBy = (eventName: string, requestParameters: object, more: Partial<CloudTrailRecord> = {}) =>
  clearedByRecord(record(eventName, { userIdentity: guard, requestParameters: { ...requestParameters }, ...more }), options)?.rules.map(
    ({ rule }) => rule,
  );
const tags = (values: Record<string, string>) => Object.entries(values).map(([key, value]) => ({ key: `trailguard:${key}`, value }));
const tagUser = (values: Record<string, string>, more: Partial<CloudTrailRecord> = {}) =>
  overBy('TagUser', { userName: 'bob', tags: tags(values) }, more);
const ofPolicies = rules.filter(({ check }) => check.policy).map(({ id }) => id);
const ofUsers = rules.filter(({ check }) => check.user || check.policy).map(({ id }) => id);

describe("the guard's own tagging", () => {
  it('says that all is over that a posture can break, where a user is clear', () => {
    expect(tagUser({ verdict: 'clear', cleared: '2026-03-02T09:30:00Z' })).toEqual(ofUsers);
    expect(ofUsers).toContain('admin-access');
    // What an event alone can be is not for the tags to end.
    expect(ofUsers).not.toContain('iam-user-created');
    expect(ofUsers).not.toContain('guard-tag-tampered');
  });

  it('says that what it does not name is over', () => {
    const over = tagUser({ findings: 'admin-access policy-attached-directly:x' });
    expect(over).toEqual(ofUsers.filter((id) => id !== 'admin-access' && id !== 'policy-attached-directly'));
  });

  it('says it of a managed policy too, and there of rules about policies alone', () => {
    const policyArn = `arn:aws:iam::${account}:policy/wide`;
    expect(overBy('TagPolicy', { policyArn, tags: tags({ verdict: 'clear' }) })).toEqual(ofPolicies);
    expect(overBy('TagPolicy', { policyArn, tags: tags({ findings: 'service-admin:s3' }) })).not.toContain('service-admin');
  });

  it.each<[string, Record<string, string>]>([
    ['the tag was cut, and may leave out a rule', { findings: 'admin-access +3' }],
    ['it says nothing of findings', { verdict: 'high', since: '2026-03-02T09:30:00Z' }],
    ['not all could be read', { verdict: 'undetermined' }],
  ])('says nothing where %s', (_why, values) => {
    expect(tagUser(values)).toBeUndefined();
  });

  it('is believed of the guard alone, and where it succeeded', () => {
    expect(tagUser({ verdict: 'clear' }, { userIdentity: iamUser('guard2') })).toBeUndefined();
    expect(tagUser({ verdict: 'clear' }, { userIdentity: roleSession('deployer', 'guard') })).toBeUndefined();
    expect(tagUser({ verdict: 'clear' }, { errorCode: 'AccessDenied' })).toBeUndefined();
    expect(overBy('TagUser', { userName: 'bob', tags: [{ key: 'other:verdict', value: 'clear' }] })).toBeUndefined();
  });

  it('tells of whom, when and by whom', () => {
    const cleared = clearedByRecord(
      record('TagUser', { userIdentity: guard, requestParameters: { userName: 'bob', tags: tags({ verdict: 'clear' }) } }),
      options,
    );
    expect(cleared?.verdict).toMatchObject({
      id: '8a6c2f4e-0000-4000-8000-000000000001',
      outcome: 'clean',
      summary: 'The guard judged user bob again and did not find it.',
      event: { name: 'TagUser', time: '2026-03-02T09:30:00Z', account },
      actor: { type: 'AssumedRole', name: 'guard' },
      subject: { type: 'user', name: 'bob', account },
      findings: [],
    });
    expect(cleared?.rules[0]).toEqual({ rule: 'admin-access', title: rules[0]?.title, url: rules[0]?.remediation.url });
  });
});

describe('a deletion', () => {
  it.each([
    ['DeleteUser', { userName: 'bob' }],
    ['DeleteGroup', { groupName: 'admins' }],
    ['DeleteRole', { roleName: 'deployer' }],
    ['DeletePolicy', { policyArn: `arn:aws:iam::${account}:policy/wide` }],
  ])('%s, whoever makes it, ends all that was wrong', (eventName, request) => {
    expect(overBy(eventName, request, { userIdentity: iamUser('ops') })).toHaveLength(rules.length);
    expect(overBy(eventName, request, { errorCode: 'DeleteConflict' })).toBeUndefined();
  });

  it('is no other event', () => {
    expect(overBy('PutUserPolicy', { userName: 'bob', policyName: 'all', policyDocument: '{}' })).toBeUndefined();
    expect(overBy('NoSuchEvent', {})).toBeUndefined();
  });
});

describe('a sweep', () => {
  const summary = (overrides: Partial<SweepSummary> = {}) =>
    ({ account, complete: true, startedAt: '2026-03-02T06:00:00.000Z', findings: [], ...overrides }) as SweepSummary;

  it('says that what it does not find in the account itself is over', () => {
    const cleared = clearedBySweep(summary(), 'us-east-1');
    expect(cleared?.rules.map(({ rule }) => rule)).toEqual(['password-policy-weak']);
    expect(cleared?.verdict).toMatchObject({ subject: { type: 'account', account }, event: { time: '2026-03-02T06:00:00.000Z', account } });
  });

  it('says nothing of what it finds, nor where it did not finish', () => {
    expect(clearedBySweep(summary({ findings: [aFinding({ rule: 'password-policy-weak' })] }), 'us-east-1')).toBeUndefined();
    expect(clearedBySweep(summary({ complete: false }), 'us-east-1')).toBeUndefined();
  });
});
