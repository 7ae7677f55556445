import { describe, expect, test } from 'vitest';
import { sweep } from '../../guard/sweep.ts';
import { summarizeSweep } from '../../guard/sweep-summary.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import { account } from '../records.ts';
import { allow, policyArn } from './account.ts';
import { anAccount, everything, harmless, now } from './swept-account.ts';

const flaggedTags = (verdict: string, findings: string) => ({
  'trailguard:verdict': verdict,
  'trailguard:findings': findings,
  'trailguard:since': '2026-03-01T00:00:00Z',
  'trailguard:evidence': '2026-03-01T00:00:00Z mallory event-1',
});

describe('a user', () => {
  test('who came to be flagged without an event is tagged by the sweep, and told', async () => {
    const { ports, tagsOf } = anAccount({ ada: { policy: everything }, bob: {} });
    const report = await sweep(ports());
    expect(await tagsOf('ada')).toEqual({
      'trailguard:verdict': 'critical',
      'trailguard:findings': 'admin-access policy-attached-directly',
      'trailguard:since': '2026-05-01T06:00:00Z',
      'trailguard:evidence': '2026-05-01T06:00:00Z sweep',
    });
    expect(await tagsOf('bob')).toEqual({});
    expect(report).toMatchObject({ complete: true, again: false, severity: 'critical' });
    expect(report.users[0]).toMatchObject({ name: 'ada', before: 'none', verdict: 'critical', result: 'done' });
    expect(report.users[0]?.appeared).toEqual(['admin-access', 'policy-attached-directly']);
  });

  test('whose tags say what is true is not read again, and nothing is written', async () => {
    const { ports, calls, tagsOf } = anAccount({
      ada: { policy: everything, tags: flaggedTags('critical', 'admin-access policy-attached-directly') },
      bob: {},
    });
    const before = await tagsOf('ada');
    const report = await sweep(ports());
    expect(calls).toEqual([]);
    expect(await tagsOf('ada')).toEqual(before);
    expect(report.severity).toBe('none');
    expect(report.counts.users).toMatchObject({ total: 2, critical: 1, none: 1 });
  });

  test('who is no longer what the tags say becomes clear', async () => {
    const { ports, tagsOf } = anAccount({ ada: { tags: flaggedTags('critical', 'admin-access') } });
    await sweep(ports());
    expect(await tagsOf('ada')).toEqual({
      'trailguard:verdict': 'clear',
      'trailguard:since': '2026-03-01T00:00:00Z',
      'trailguard:cleared': '2026-05-01T06:00:00Z',
      'trailguard:evidence': '2026-05-01T06:00:00Z sweep',
    });
  });

  test('is judged on what IAM says now, where the pages or the report are older', async () => {
    const { ports, read, credentials, calls, tagsOf } = anAccount({ ada: {}, bob: {} });
    const twoKeys = ['AKIA1', 'AKIA2'].map((id) => ({ id, active: true, createdAt: '2026-04-20T00:00:00Z', lastUsedAt: now }));
    credentials.set('ada', { accessKeys: twoKeys });
    const old = await read();
    credentials.delete('ada');
    const report = await sweep(ports({ readAccount: async () => ({ found: true, value: old }) }));
    expect(calls).toEqual(['posture ada']);
    expect(await tagsOf('ada')).toEqual({});
    expect(report.counts.results).toMatchObject({ unchanged: 2 });
  });

  test('who was deleted meanwhile is not counted', async () => {
    const { ports, read, live } = anAccount({ ada: { policy: everything }, bob: {} });
    const old = await read();
    live.fold({
      id: 'e',
      eventName: 'DeleteUser',
      eventTime: now,
      eventSource: 'iam.amazonaws.com',
      account,
      region: 'us-east-1',
      actor: { type: 'Root' },
      subject: { type: 'user', name: 'ada', account },
      effect: { kind: 'user-deleted', userName: 'ada' },
    });
    const report = await sweep(ports({ readAccount: async () => ({ found: true, value: old }) }));
    expect(report).toMatchObject({ complete: true, counts: { users: { total: 1 }, results: { gone: 1, unchanged: 1 } } });
  });

  test('of whom not all was read is never cleared, and named', async () => {
    const tags = flaggedTags('high', 'console-user-without-mfa');
    const { ports, credentials, tagsOf } = anAccount({ ada: { tags } });
    credentials.set('ada', { unread: [{ what: 'access keys', why: 'AccessDenied' }] });
    const report = await sweep(ports());
    expect(await tagsOf('ada')).toEqual(tags);
    expect(report.complete).toBe(false);
    expect(report.unread).toEqual([{ what: 'user ada: access keys', why: 'AccessDenied' }]);
  });

  test.each<[string, Record<string, string>]>([
    ['a verdict alone', { 'trailguard:verdict': 'clear' }],
    ['a flagged verdict without its evidence', { 'trailguard:verdict': 'critical', 'trailguard:since': '2020-01-01' }],
    ['a key of its own making, in any case', { 'TrailGuard:Exempt': 'yes' }],
    ['a date', { 'trailguard:cleared': '2020-01-01' }],
  ])('who was never flagged keeps no tag that someone else set: %s', async (_what, tags) => {
    const { ports, tagsOf } = anAccount({ ada: { tags: { Team: 'blue', ...tags } } });
    await sweep(ports());
    expect(await tagsOf('ada')).toEqual({ Team: 'blue' });
  });

  test('whose first date was set by someone else gets a true one', async () => {
    const { ports, tagsOf } = anAccount({ ada: { policy: everything, tags: { 'trailguard:since': '2036-01-01T00:00:00Z' } } });
    await sweep(ports());
    expect((await tagsOf('ada'))['trailguard:since']).toBe('2026-05-01T06:00:00Z');
  });
});

describe('a managed policy', () => {
  test('that is flagged is tagged, with one read for it and none for the others beyond their turn', async () => {
    const { ports, policyTagsOf, calls } = anAccount(
      {},
      { all: everything, ...Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`fine-${index}`, harmless])) },
    );
    const report = await sweep(ports());
    expect(await policyTagsOf('all')).toEqual({ 'trailguard:verdict': 'critical', 'trailguard:findings': 'admin-access' });
    expect(calls.filter((call) => call === 'policyTags all')).toHaveLength(1);
    expect(calls).toHaveLength(1 + 40);
    expect(report.counts.policies).toMatchObject({ total: 121, critical: 1, none: 120 });
  });

  test('that is not flagged loses its verdict within days, whatever announced it', async () => {
    const names = Array.from({ length: 120 }, (_, index) => `fine-${index}`);
    const { ports, read, live, policyTagsOf } = anAccount({}, Object.fromEntries(names.map((name) => [name, harmless])));
    for (const name of names)
      await live.tagPolicy(policyArn(name), { 'trailguard:verdict': 'high', 'trailguard:findings': 'service-admin:s3' });
    for (const day of ['2026-05-01', '2026-05-02', '2026-05-03']) {
      const account = await read({ asOf: `${day}T06:00:00.000Z` });
      await sweep(ports({ readAccount: async () => ({ found: true, value: account }) }));
    }
    for (const name of names) expect(await policyTagsOf(name)).toEqual({ 'trailguard:verdict': 'clear' });
  });

  test('that cannot be understood is named, and nothing is cleared for it', async () => {
    const { ports, tagsOf } = anAccount({ ada: { tags: { 'trailguard:authored': 'odd' } } }, { odd: '{' });
    const report = await sweep(ports());
    expect(report.complete).toBe(false);
    expect(report.unread[0]?.what).toBe(`policy ${policyArn('odd')}`);
    expect(await tagsOf('ada')).toEqual({ 'trailguard:authored': 'odd' });
  });
});

describe('the author of managed policies', () => {
  const authoredAccount = (authored: string) =>
    anAccount({ ada: { tags: { 'trailguard:authored': authored } } }, { all: everything, 'once-bad': harmless });
  const by = (name: string) => ({ 'trailguard:author': name, 'trailguard:verdict': 'critical', 'trailguard:findings': 'admin-access' });

  test('keeps the names of those that are still flagged and still theirs, in any case', async () => {
    const { ports, live, tagsOf } = authoredAccount('once-bad all');
    await live.tagPolicy(policyArn('all'), by('Ada'));
    await live.tagPolicy(policyArn('once-bad'), by('Ada'));
    await sweep(ports());
    expect(await tagsOf('ada')).toEqual({ 'trailguard:authored': 'all' });
  });

  test('loses the tag when none is left', async () => {
    const { ports, live, tagsOf, policyTagsOf } = authoredAccount('once-bad all');
    await live.tagPolicy(policyArn('all'), by('eve'));
    await live.tagPolicy(policyArn('once-bad'), by('ada'));
    await sweep(ports());
    expect(await tagsOf('ada')).toEqual({});
    expect(await policyTagsOf('once-bad')).toEqual({ 'trailguard:author': 'ada', 'trailguard:verdict': 'clear' });
  });

  test('is named where the tag was lost', async () => {
    const { ports, live, tagsOf } = authoredAccount('all');
    await live.untagUser('ada', ['trailguard:authored']);
    await live.tagPolicy(policyArn('all'), by('ada'));
    await sweep(ports());
    expect(await tagsOf('ada')).toEqual({ 'trailguard:authored': 'all' });
  });

  test('keeps a name whose policy tells no author', async () => {
    const { ports, tagsOf } = authoredAccount('all');
    await sweep(ports());
    expect(await tagsOf('ada')).toEqual({ 'trailguard:authored': 'all' });
  });
});

describe('a sweep', () => {
  const five = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, { policy: everything }]));

  test('that is dry says what it would write, and writes nothing', async () => {
    const { ports, tagsOf } = anAccount(five);
    const report = await sweep(ports({ apply: false }));
    expect(report).toMatchObject({ applied: false, counts: { results: { planned: 5, done: 0 } } });
    expect(report.users[0]?.tags?.set['trailguard:verdict']).toBe('critical');
    expect(await tagsOf('a')).toEqual({});
  });

  test('that is cut off says how far it came, and the next one does the rest', async () => {
    const { ports, calls } = anAccount(five);
    let asked = 0;
    const report = await sweep(ports({ remaining: () => (asked++ < 2 ? 600_000 : 10_000) }));
    expect(report).toMatchObject({ complete: false, again: true, counts: { results: { done: 2, left: 3 } } });
    calls.length = 0;
    expect(await sweep(ports())).toMatchObject({ complete: true, counts: { results: { unchanged: 2, done: 3 } } });
    expect(calls).toHaveLength(3);
    expect(await sweep(ports())).toMatchObject({ severity: 'none', counts: { results: { unchanged: 5 } } });
  });

  test('goes on past one user whom IAM does not answer about', async () => {
    const { ports } = anAccount(five);
    const { live } = ports();
    const faulty = {
      ...live,
      posture: (name: string) => (name === 'b' ? Promise.reject(new Error('Rate exceeded')) : live.posture(name)),
    };
    const report = await sweep(ports({ live: faulty }));
    expect(report).toMatchObject({ complete: false, again: true, counts: { results: { done: 4, failed: 1 } } });
    expect(report.users.find(({ name }) => name === 'b')?.detail).toBe('it could not be read now: Rate exceeded');
  });

  test('without a credential report clears nobody, doubts nobody, and reads no user for it', async () => {
    const { ports, read, credentials, calls, tagsOf } = anAccount({
      ada: {},
      bob: { tags: flaggedTags('medium', 'multiple-access-keys') },
    });
    for (const name of ['ada', 'bob']) credentials.set(name, { unread: [{ what: `credentials of user ${name}`, why: 'denied' }] });
    const { credentialsAsOf: _, ...without } = await read({ unread: [{ what: 'the credential report', why: 'denied' }] });
    const report = await sweep(ports({ readAccount: async () => ({ found: true, value: without }) }));
    expect(calls).toEqual([]);
    expect([await tagsOf('ada'), await tagsOf('bob')]).toEqual([{}, flaggedTags('medium', 'multiple-access-keys')]);
    expect(report.complete).toBe(false);
    expect(report.unread[0]).toEqual({ what: 'the credential report', why: 'denied' });
  });

  test('throws where the account may not be read', async () => {
    const { ports } = anAccount({});
    const denied = ports({ readAccount: async () => ({ found: false, why: 'unreadable', detail: 'AccessDenied' }) });
    await expect(sweep(denied)).rejects.toMatchObject({ name: 'SweepError', message: 'the account was not swept: AccessDenied' });
  });

  test('finds a weak password policy of the account', async () => {
    const { ports, read } = anAccount({});
    const value = await read({ passwordPolicy: { found: true, value: null } });
    const report = await sweep(ports({ readAccount: async () => ({ found: true, value }) }));
    expect(report.findings.map(({ rule }) => rule)).toEqual(['password-policy-weak']);
  });

  test('leaves out what an exception covers, and names the exceptions that end soon', async () => {
    const exception = (subject: string, expires: string) => ({
      rule: 'policy-attached-directly',
      subject,
      owner: 'ops',
      reason: 'a tool needs it',
      ticket: 'OPS-1',
      expires,
    });
    const exceptions = [exception('user/a', '2026-05-08'), exception('user/b', '2026-05-02'), exception('user/c', '2026-04-30')];
    const { ports, tagsOf } = anAccount(Object.fromEntries(['a', 'b', 'c'].map((name) => [name, { policy: harmless }])));
    const report = await sweep(ports({ configuration: { ...defaultConfiguration, exceptions } }));
    expect([await tagsOf('a'), await tagsOf('b')]).toEqual([{}, {}]);
    expect(await tagsOf('c')).toMatchObject({ 'trailguard:findings': 'policy-attached-directly' });
    expect(report.exceptionsEnding.map(({ subject, days }) => [subject, days])).toEqual([
      ['user/b', 1],
      ['user/a', 7],
    ]);
  });

  test('tells how far it is', async () => {
    const { ports } = anAccount(five, { all: everything });
    const told: unknown[] = [];
    await sweep(ports({ progress: (...step) => told.push(step) }));
    expect(told[0]).toEqual(['policies', 1, 1]);
    expect(told.at(-1)).toEqual(['users', 5, 5]);
  });
});

describe('the summary', () => {
  test('names first what no tag had named, then the worst, and counts the rest', async () => {
    const known = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        `known-${index}`,
        { policy: everything, tags: flaggedTags('critical', 'admin-access policy-attached-directly') },
      ]),
    );
    const { ports } = anAccount({ ...known, zoe: { policy: allow('s3:*') } });
    const summary = summarizeSweep(await sweep(ports()));
    expect(summary).toMatchObject({ complete: true, severity: 'high', worstLeftOut: 11, unread: [], findings: [] });
    expect(summary.worst).toHaveLength(20);
    expect(summary.worst[0]).toMatchObject({
      kind: 'user',
      name: 'zoe',
      verdict: 'high',
      appeared: ['service-admin', 'policy-attached-directly'],
    });
    expect(summary.worst[0]?.message).toContain('s3');
    expect(summary.worst[1]).toMatchObject({ verdict: 'critical', appeared: [] });
    expect(summary.summary).toBe(
      'A sweep of account 111122223333 judged 31 users: 30 critical, 1 high; 1 with findings that no tag had named, first of all user zoe.',
    );
  });

  test('says what is missing', async () => {
    const { ports } = anAccount({ ada: { policy: everything } });
    const summary = summarizeSweep(await sweep(ports({ remaining: () => 0 })));
    expect(summary.summary).toBe('A sweep of account 111122223333 judged 1 user: none flagged; not complete: no time for 1.');
  });
});
