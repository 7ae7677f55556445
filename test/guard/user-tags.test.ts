import { describe, expect, test } from 'vitest';
import type { Posture } from '../../analyzers/posture.ts';
import { readUserTags, wantedUserTags } from '../../guard/user-tags.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { Severity } from '../../schemas/severity.ts';
import { account } from '../records.ts';

function posture(tags: Record<string, string> = {}, unread: Posture['unread'] = []): Posture {
  return {
    userName: 'bob',
    arn: `arn:aws:iam::${account}:user/bob`,
    account,
    asOf: '2026-03-02T10:00:00Z',
    groups: [],
    policies: [],
    accessKeys: [],
    tags,
    unread,
  };
}

function finding(rule: string, severity: Severity, services?: string[]): Finding {
  return {
    rule,
    severity,
    title: rule,
    message: rule,
    ...(services ? { services } : {}),
    evidence: [],
    mitigations: [],
    remediation: { summary: '', commands: [], url: 'https://example.com' },
    controls: [],
  };
}

const cause = { time: '2026-03-02T10:00:00Z', by: 'ops', eventId: 'event-9' };
const wanted = (tags: Record<string, string>, findings: Finding[], unread: Posture['unread'] = [], unsettled = false) =>
  wantedUserTags(posture(tags, unread), findings, cause, { prefix: 'trailguard', unsettled });
const unread = [{ what: 'policy x', why: 'access denied' }];

describe('the tags of a user over time', () => {
  test('never flagged: no tag', () => {
    expect(wanted({}, [])).toEqual({ set: {}, remove: [] });
  });

  test('first flagged: verdict, findings, since and evidence', () => {
    expect(wanted({}, [finding('service-admin', 'high', ['s3', 'ec2']), finding('policy-attached-directly', 'low')])).toEqual({
      set: {
        'trailguard:verdict': 'high',
        'trailguard:findings': 'service-admin:s3:ec2 policy-attached-directly',
        'trailguard:since': cause.time,
        'trailguard:evidence': '2026-03-02T10:00:00Z ops event-9',
      },
      remove: ['trailguard:cleared'],
    });
  });

  const flagged = {
    'trailguard:verdict': 'high',
    'trailguard:findings': 'service-admin:s3',
    'trailguard:since': '2026-01-01T00:00:00Z',
    'trailguard:evidence': '2026-01-01T00:00:00Z eve event-1',
  };

  test('flagged and unmoved: evidence keeps naming the change that moved it', () => {
    const { set } = wanted(flagged, [finding('service-admin', 'high', ['s3'])]);
    expect(set).not.toHaveProperty('trailguard:evidence');
    expect(set['trailguard:since']).toBe('2026-01-01T00:00:00Z');
  });

  test('worse, or better but not clear: since stays, evidence is new', () => {
    for (const severity of ['critical', 'low'] as const) {
      const { set } = wanted(flagged, [finding('service-admin', severity, ['s3'])]);
      expect(set).toMatchObject({
        'trailguard:verdict': severity,
        'trailguard:since': '2026-01-01T00:00:00Z',
        'trailguard:evidence': expect.stringContaining('event-9'),
      });
    }
  });

  test('clear: says when, and drops the findings', () => {
    expect(wanted(flagged, [])).toEqual({
      set: { 'trailguard:verdict': 'clear', 'trailguard:cleared': cause.time, 'trailguard:evidence': '2026-03-02T10:00:00Z ops event-9' },
      remove: ['trailguard:findings'],
    });
  });

  test('flagged again after it cleared: since begins anew', () => {
    const cleared = {
      'trailguard:verdict': 'clear',
      'trailguard:since': '2026-01-01T00:00:00Z',
      'trailguard:cleared': '2026-02-01T00:00:00Z',
    };
    const { set, remove } = wanted(cleared, [finding('admin-access', 'critical')]);
    expect(set['trailguard:since']).toBe(cause.time);
    expect(remove).toEqual(['trailguard:cleared']);
  });
});

describe('a partial read', () => {
  test('never writes clear: a flagged user keeps its tags', () => {
    expect(wanted({ 'trailguard:verdict': 'critical', 'trailguard:findings': 'admin-access' }, [], unread)).toEqual({
      set: {},
      remove: [],
    });
  });

  test('of a user never flagged is undetermined', () => {
    expect(wanted({}, [], unread).set['trailguard:verdict']).toBe('undetermined');
  });

  test('of a user that was clear is undetermined', () => {
    expect(wanted({ 'trailguard:verdict': 'clear', 'trailguard:since': 'then' }, [], unread).set['trailguard:verdict']).toBe(
      'undetermined',
    );
  });

  test('never lowers a verdict', () => {
    expect(wanted({ 'trailguard:verdict': 'critical' }, [finding('kms-decrypt-all-keys', 'low')], unread).set['trailguard:verdict']).toBe(
      'critical',
    );
  });

  test('that a whole read follows, with nothing wrong: the undetermined tag goes, for the user was never flagged', () => {
    expect(wanted({ 'trailguard:verdict': 'undetermined' }, [])).toEqual({
      set: {},
      remove: ['trailguard:verdict', 'trailguard:evidence'],
    });
  });
});

describe('while IAM does not show the change', () => {
  test('nothing is cleared, and nothing is called undetermined', () => {
    expect(wanted({ 'trailguard:verdict': 'critical' }, [], [], true)).toEqual({ set: {}, remove: [] });
    expect(wanted({}, [], [], true)).toEqual({ set: {}, remove: [] });
  });

  test('a verdict rises and never falls', () => {
    expect(wanted({ 'trailguard:verdict': 'high' }, [finding('kms-decrypt-all-keys', 'low')], [], true).set['trailguard:verdict']).toBe(
      'high',
    );
    expect(wanted({ 'trailguard:verdict': 'high' }, [finding('admin-access', 'critical')], [], true).set['trailguard:verdict']).toBe(
      'critical',
    );
  });
});

test('tags are read whatever the case of their keys, and those of others are left out', () => {
  expect(readUserTags({ 'Trailguard:Verdict': 'high', team: 'data', 'trailguardian:verdict': 'no' }, 'trailguard')).toEqual({
    verdict: 'high',
  });
});

describe('tags that somebody else left half', () => {
  const cleared = {
    'trailguard:verdict': 'clear',
    'trailguard:cleared': cause.time,
    'trailguard:evidence': '2026-03-02T10:00:00Z ops event-9',
  };

  test.each([
    ['findings without their verdict', { 'trailguard:findings': 'service-admin:s3' }],
    ['a verdict that is none', { 'trailguard:verdict': 'fine', 'trailguard:findings': 'service-admin:s3' }],
  ])('%s count as flagged, and clear', (_, tags) => {
    expect(wanted(tags, [])).toEqual({ set: cleared, remove: ['trailguard:findings'] });
    expect(wanted(tags, [], unread)).toEqual({ set: {}, remove: [] });
    expect(wanted(tags, [], [], true)).toEqual({ set: {}, remove: [] });
  });

  test('findings beside a clear or undetermined verdict go', () => {
    expect(wanted({ 'trailguard:verdict': 'clear', 'trailguard:findings': 'x' }, [])).toEqual({ set: {}, remove: ['trailguard:findings'] });
    expect(wanted({ 'trailguard:verdict': 'undetermined', 'trailguard:findings': 'x' }, [])).toEqual({
      set: {},
      remove: ['trailguard:verdict', 'trailguard:evidence', 'trailguard:findings'],
    });
  });
});
