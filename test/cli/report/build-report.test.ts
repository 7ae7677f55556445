import { describe, expect, test } from 'vitest';
import { buildReport } from '../../../cli/report/build-report.ts';
import { savedFacts } from '../../../cli/report/read-saved.ts';
import type { Report } from '../../../cli/report/report.ts';
import { defaultConfiguration } from '../../../schemas/configuration.ts';
import { account, allowing, asOf, customer, guardTags, reportOn, savedAccount } from './saved-account.ts';

const since = '2026-02-01T08:00:00Z';
const evidence = `${since} ada 4a2c9d10-7e1b-4d57-8a66-b5f03e91c2d8`;
const userOf = (report: Report, name: string) => [...report.users, ...report.cleared].find((user) => user.name === name);

describe('where users stand', () => {
  test('a user whose tags are right is flagged since then, by whom the evidence names', async () => {
    const tags = guardTags({ verdict: 'high', findings: 'service-admin:s3', since, evidence });
    const report = await reportOn(
      savedAccount({ ben: { groups: ['data'], tags } }, { data: { buckets: allowing('s3:*', { Sid: 'Buckets' }) } }),
    );
    expect(userOf(report, 'ben')).toMatchObject({
      standing: 'flagged',
      verdict: 'high',
      tag: 'high',
      since,
      lastChange: { time: since, by: 'ada', eventId: '4a2c9d10-7e1b-4d57-8a66-b5f03e91c2d8' },
      findings: [
        {
          rule: 'service-admin',
          from: 'account',
          message: 'allows every action of s3 on every resource',
          held: [{ name: 'buckets', kind: 'inline', group: 'data' }],
          evidence: [{ policy: 'buckets', statement: 0, sid: 'Buckets' }, {}],
        },
      ],
    });
    expect(userOf(report, 'ben')).not.toHaveProperty('stale');
  });

  test('a user with no tag yet, or with a tag that calls it clear, is flagged, since nobody knows when', async () => {
    const clear = guardTags({ verdict: 'clear', since: '2026-01-01T00:00:00Z', cleared: '2026-01-02T00:00:00Z', evidence });
    const report = await reportOn(
      savedAccount({ new: { inline: { own: allowing('*') } }, back: { inline: { own: allowing('*') }, tags: clear } }),
    );
    expect(userOf(report, 'new')).toMatchObject({ standing: 'flagged', verdict: 'critical', stale: 'it has no tag yet' });
    expect(userOf(report, 'back')).toMatchObject({
      standing: 'flagged',
      tag: 'clear',
      stale: 'it is critical, and its tag says clear since 2026-02-01',
    });
    for (const name of ['new', 'back']) expect(userOf(report, name)).not.toHaveProperty('since');
  });

  test('a tag that names less than there is, is out of date', async () => {
    const tags = guardTags({ verdict: 'critical', findings: 'admin-access', since, evidence });
    const report = await reportOn(savedAccount({ zoe: { inline: { own: allowing('*') }, tags } }));
    expect(userOf(report, 'zoe')).toMatchObject({ since, stale: 'its tag names other findings since 2026-02-01' });
    expect(report.counts.stale).toBe(1);
  });

  test('what a tag names of credentials stands, as the file does not tell them; it is not called read', async () => {
    const tags = guardTags({ verdict: 'high', findings: 'console-user-without-mfa credential-unused', since, evidence: `${since} sweep` });
    const report = await reportOn(savedAccount({ kira: { tags } }));
    const user = userOf(report, 'kira');
    expect(user).toMatchObject({ standing: 'flagged', verdict: 'high', lastChange: { time: since, by: 'sweep' } });
    expect(user?.findings.map(({ rule, from }) => [rule, from])).toEqual([
      ['console-user-without-mfa', 'tag'],
      ['credential-unused', 'tag'],
    ]);
    expect(user?.findings[0]?.controls).toContain('Security Hub IAM.5');
    // How old it is, no tag tells
    expect(user?.findings[1]?.controls).toEqual([]);
    expect(report.unread[0]).toMatchObject({ what: 'keys, passwords and MFA devices' });
    expect(report.complete).toBe(true);
  });

  test('what a tag names of policies that were read and do not show it, is called gone', async () => {
    const report = await reportOn(
      savedAccount({ old: { tags: guardTags({ verdict: 'high', findings: 'service-admin:s3', since, evidence }) } }),
    );
    expect(userOf(report, 'old')?.findings).toMatchObject([
      { rule: 'service-admin', from: 'tag', message: 'is named by the tag: s3; nothing that was read shows it any more', controls: [] },
    ]);
  });

  test('a policy that could not be read makes its holder undetermined, and the report not complete', async () => {
    const report = await reportOn(savedAccount({ dan: { attached: [customer('gone')] }, eve: {} }));
    expect(userOf(report, 'dan')).toMatchObject({
      standing: 'undetermined',
      findings: [],
      unread: [{ what: `policy ${customer('gone')}` }],
    });
    expect(report.complete).toBe(false);
    expect(report.unread.map(({ what }) => what)).toContain(`user dan: policy ${customer('gone')}`);
  });

  test('cleared users have their dates, the last first; users never flagged are a count', async () => {
    const cleared = (day: string) => guardTags({ verdict: 'clear', since, cleared: day, evidence: `${day} sweep` });
    const report = await reportOn(
      savedAccount({ a: { tags: cleared('2026-03-01T00:00:00Z') }, b: { tags: cleared('2026-03-02T00:00:00Z') }, c: {}, d: {} }),
    );
    expect(report.cleared.map(({ name, cleared }) => [name, cleared])).toEqual([
      ['b', '2026-03-02T00:00:00Z'],
      ['a', '2026-03-01T00:00:00Z'],
    ]);
    expect(report.counts).toMatchObject({ users: 4, flagged: 0, undetermined: 0, cleared: 2, unflagged: 2 });
  });

  test('the worst come first, and of two equally bad the one that is flagged longer', async () => {
    const flagged = (day: string) => ({
      groups: ['data'],
      tags: guardTags({ verdict: 'high', findings: 'service-admin:s3', since: day, evidence: `${day} sweep` }),
    });
    const users = {
      young: flagged('2026-03-01T00:00:00Z'),
      old: flagged('2025-03-01T00:00:00Z'),
      worst: { inline: { own: allowing('*') } },
    };
    const report = await reportOn(savedAccount(users, { data: { buckets: allowing('s3:*') } }));
    expect(report.users.map(({ name }) => name)).toEqual(['worst', 'old', 'young']);
  });

  test('tags of another prefix are not the guard’s', async () => {
    const details = savedAccount({
      ben: { tags: { 'watch:verdict': 'high', 'watch:findings': 'service-admin:s3', 'watch:since': since, 'watch:evidence': evidence } },
    });
    expect((await reportOn(details)).counts).toMatchObject({ flagged: 0, unflagged: 1 });
    expect((await reportOn(details, { configuration: { ...defaultConfiguration, tagPrefix: 'watch' } })).counts).toMatchObject({
      flagged: 1,
    });
  });
});

test('an account whose credential report was refused is reported all the same, and not as complete', async () => {
  const source = { kind: 'account', readBy: 'arn:aws:iam::111122223333:user/auditor' } as const;
  const facts = await savedFacts({ account, details: savedAccount({ eve: {}, zoe: { inline: { own: allowing('*') } } }) }, source, asOf);
  const report = buildReport(facts, { configuration: defaultConfiguration, version: '1.2.3' });
  // Nobody's keys are known: that alone makes no user undetermined, and is said once
  expect(report.counts).toMatchObject({ users: 2, flagged: 1, undetermined: 0, unflagged: 1 });
  expect(report.unread.map(({ what }) => what)).toEqual(['keys, passwords and MFA devices', 'the password policy of the account']);
  expect(report.complete).toBe(false);
});

describe('exceptions', () => {
  const exception = (rule: string, subject: string, expires: string) => ({
    rule,
    subject,
    owner: 'mara',
    reason: 'needed',
    ticket: 'SEC-1',
    expires,
  });
  const exceptions = [
    exception('admin-access', 'user/break-glass', '2026-12-31'),
    exception('policy-attached-directly', 'user/*', '2026-12-31'),
    exception('service-admin', 'user/ben', '2026-04-30'),
    exception('service-admin', 'user/nobody', '2026-12-31'),
    exception('kms-decrypt-all-keys', 'user/nobody', '2026-04-30'),
    exception('iam-user-created', 'user/*', '2026-12-31'),
    exception('access-key-unrotated', 'user/*', '2026-12-31'),
    exception('admin-access', 'role/deploy', '2026-12-31'),
  ];
  const report = () =>
    reportOn(
      savedAccount(
        { 'break-glass': { inline: { own: allowing('*') } }, ben: { groups: ['data'] } },
        { data: { buckets: allowing('s3:*') } },
      ),
      { configuration: { ...defaultConfiguration, exceptions } },
    );

  test('each is in use, unused, lapsed, over, or beyond what the report sees', async () => {
    expect((await report()).exceptions.map(({ state, subjects }) => [state, ...subjects])).toEqual([
      ['in use', 'user/break-glass'],
      ['in use', 'user/break-glass'],
      ['lapsed', 'user/ben'],
      ['unused'],
      ['over'],
      ['not told'],
      ['not told'],
      ['not told'],
    ]);
  });

  test('a user whose findings are all covered is not flagged, and counted as such; one that lapsed is', async () => {
    const { counts, users } = await report();
    expect(counts).toMatchObject({ users: 2, flagged: 1, unflagged: 1, excepted: 1 });
    expect(users).toMatchObject([{ name: 'ben', findings: [{ lapsed: { owner: 'mara', expires: '2026-04-30' } }] }]);
  });
});

describe('controls', () => {
  test('each is counted over the users that break it, the latest version first', async () => {
    const report = await reportOn(
      savedAccount(
        { a: { inline: { own: allowing('*') } }, b: { inline: { own: allowing('*') } }, c: { groups: ['g'] } },
        { g: { s: allowing('s3:*') } },
      ),
    );
    const cis = report.controls.filter(({ framework }) => framework === 'CIS AWS Foundations');
    expect(cis[0]).toEqual({
      framework: 'CIS AWS Foundations',
      version: '7.0.0',
      id: '2.13',
      rules: ['policy-attached-directly'],
      users: 2,
    });
    expect(report.controls).toContainEqual({ framework: 'Security Hub', id: 'IAM.1', rules: ['admin-access'], users: 2 });
    expect(report.controls).toContainEqual({ framework: 'Security Hub', id: 'IAM.21', rules: ['service-admin'], users: 1 });
  });
});

describe('managed policies', () => {
  test('flagged ones are listed, each judged by itself; clean ones are not', async () => {
    const report = await reportOn(
      savedAccount(
        { ann: {} },
        {},
        { mighty: allowing('sqs:*'), tame: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-central-1:1:q' } },
      ),
    );
    expect(report.policies).toMatchObject([
      { name: 'mighty', arn: customer('mighty'), verdict: 'high', findings: [{ rule: 'service-admin' }] },
    ]);
  });

  test('who wrote flagged ones is told by the users’ tags', async () => {
    const report = await reportOn(
      savedAccount({ ann: { inline: { own: allowing('*') }, tags: guardTags({ authored: 'mighty reports +3' }) } }),
    );
    expect(userOf(report, 'ann')).toMatchObject({ authored: ['mighty', 'reports'], authoredLeftOut: 3 });
  });
});

describe('a period', () => {
  test('leaves out who was not flagged in it, and the four numbers still add up', async () => {
    const flagged = (day: string) => ({
      groups: ['g'],
      tags: guardTags({ verdict: 'high', findings: 'service-admin:s3', since: day, evidence: `${day} sweep` }),
    });
    const details = savedAccount(
      { early: flagged('2026-01-05T00:00:00Z'), late: flagged('2026-04-05T00:00:00Z'), clean: {} },
      { g: { s: allowing('s3:*') } },
    );
    const report = await reportOn(details, { period: { until: '2026-04-01T00:00:00.000Z' } });
    expect(report.users.map(({ name }) => name)).toEqual(['early']);
    expect(report.counts).toMatchObject({ users: 3, flagged: 1, undetermined: 0, cleared: 0, unflagged: 2 });
  });
});

test('it says from what, when, by which version and with which settings it was made', async () => {
  const configuration = { ...defaultConfiguration, thresholds: { ...defaultConfiguration.thresholds, credentialUnusedDays: 45 } };
  const [usual, other, again] = [
    await reportOn(savedAccount({ a: {} })),
    await reportOn(savedAccount({ a: {} }), { configuration }),
    await reportOn(savedAccount({ a: {} }), { configuration }),
  ];
  expect(usual).toMatchObject({
    account,
    madeAt: asOf,
    version: '1.2.3',
    source: { kind: 'file', file: 'account.json' },
    configuration: { changed: [] },
  });
  expect(other.configuration.changed).toEqual([{ setting: 'thresholds.credentialUnusedDays', value: '45' }]);
  expect(other.configuration.hash).toMatch(/^[0-9a-f]{12}$/);
  expect(other.configuration.hash).not.toBe(usual.configuration.hash);
  expect(again.configuration.hash).toBe(other.configuration.hash);
});
