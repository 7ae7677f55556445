import { describe, expect, test } from 'vitest';
import { judge } from '../../guard/guard.ts';
import { account, denied, iamUser, record, roleSession } from '../records.ts';
import { allow, createPolicy, createUser, createVersion, livingAccount, policyArn } from './account.ts';

const rulesOf = ({ findings }: { findings: readonly { rule: string }[] }) => findings.map(({ rule }) => rule);

describe('one verdict for one change', () => {
  test('a user that is created is flagged, told and untagged: nothing that it holds is wrong', async () => {
    const { happens, tagsOf, published } = livingAccount();
    const verdict = await happens('CreateUser', createUser('bob'));
    expect(verdict).toMatchObject({
      id: 'event-1',
      outcome: 'flagged',
      severity: 'medium',
      subject: { type: 'user', name: 'bob', account },
    });
    expect(rulesOf(verdict)).toEqual(['iam-user-created']);
    expect(verdict.summary).toBe('ops created the IAM user bob.');
    expect(published.map(({ id }) => id)).toEqual(['event-1']);
    expect(await tagsOf('bob')).toEqual({});
  });

  test('an inline policy that allows everything is critical, tags the user, and says how to take it back', async () => {
    const { happens, tagsOf } = livingAccount();
    await happens('CreateUser', createUser('bob'));
    const verdict = await happens('PutUserPolicy', {
      requestParameters: { userName: 'bob', policyName: 'all', policyDocument: allow('*') },
    });
    expect(verdict).toMatchObject({
      outcome: 'flagged',
      severity: 'critical',
      summary: 'ops put the inline policy all on user bob; it allows every action on every resource (and 1 more finding).',
      policies: [{ kind: 'inline', name: 'all', active: true }],
      actions: [{ kind: 'tag-user', target: 'bob', result: 'done' }],
    });
    expect(rulesOf(verdict)).toEqual(['admin-access', 'policy-attached-directly']);
    expect(verdict.findings[0]?.remediation.commands[0]).toBe('aws iam delete-user-policy --user-name bob --policy-name all');
    expect(verdict.findings[0]?.evidence).toContainEqual({ policy: 'all', statement: 0, pointer: '/Statement/0/Action' });
    expect(await tagsOf('bob')).toEqual({
      'trailguard:verdict': 'critical',
      'trailguard:findings': 'admin-access policy-attached-directly',
      'trailguard:since': '2026-03-02T09:02:00Z',
      'trailguard:evidence': '2026-03-02T09:02:00Z ops event-2',
    });
  });

  test('a change that is harmless is clean, and nobody is told', async () => {
    const { happens, published } = livingAccount();
    const verdict = await happens('CreatePolicy', createPolicy('reads', allow('s3:GetObject', 'arn:aws:s3:::reports/*')));
    expect(verdict).toMatchObject({ outcome: 'clean', severity: 'none', findings: [], actions: [] });
    expect(verdict.summary).toBe('ops created the policy reads.');
    expect(published).toEqual([]);
  });

  test('a denied call is attempted, low, and names its target', async () => {
    const { ports, published } = { ...livingAccount() };
    const verdict = await judge(denied('AttachUserPolicy', 'user bob'), ports);
    expect(verdict).toMatchObject({
      outcome: 'attempted',
      severity: 'low',
      subject: { type: 'user', name: 'bob' },
      findings: [],
      actions: [],
    });
    expect(verdict?.summary).toBe('ops tried to attach a policy to user bob and was refused (AccessDenied).');
    expect(published).toHaveLength(1);
  });

  test('a refused call that kept its document lists the findings, all of them low', async () => {
    const { happens } = livingAccount();
    const verdict = await happens('PutUserPolicy', {
      errorCode: 'LimitExceededException',
      errorMessage: 'Maximum policy size of 2048 bytes exceeded',
      requestParameters: { userName: 'bob', policyName: 'all', policyDocument: allow('*') },
    });
    expect(verdict).toMatchObject({ outcome: 'attempted', severity: 'low', policies: [{ kind: 'inline', name: 'all', active: false }] });
    expect(verdict.findings.map(({ rule, severity }) => [rule, severity])).toEqual([['admin-access', 'low']]);
  });

  test('a refused document that IAM could not take is not judged, which is said', async () => {
    const { happens } = livingAccount();
    const verdict = await happens('PutUserPolicy', {
      errorCode: 'LimitExceededException',
      requestParameters: {
        userName: 'bob',
        policyName: 'hostile',
        policyDocument: allow(Array.from({ length: 8000 }, (_, i) => `*:x${i}`)),
      },
    });
    expect(verdict).toMatchObject({ outcome: 'attempted', severity: 'low', findings: [] });
    expect(verdict.actions).toEqual([
      { kind: 'note', target: 'bob', result: 'skipped', detail: 'the document was not judged: it is larger than IAM takes' },
    ]);
    expect(verdict.summary).toBe('ops tried to put the inline policy hostile on user bob and failed (LimitExceededException).');
  });

  test('an oversize request that hides its target is undetermined and told, never clean', async () => {
    const { happens, published } = livingAccount();
    const verdict = await happens('PutUserPolicy', {
      requestParameters: { reason: 'requestParameters too large', omitted: true, originalSize: 149_893 },
    });
    expect(verdict).toMatchObject({ outcome: 'undetermined', severity: 'medium' });
    expect(verdict.summary).toContain('could not be judged: CloudTrail left the request out');
    expect(published).toHaveLength(1);
  });

  test('a document that does not parse is undetermined and says where', async () => {
    const { happens } = livingAccount();
    const verdict = await happens('CreatePolicy', createPolicy('broken', '{"Version": "2012-10-17",\n "Statement": [}'));
    expect(verdict).toMatchObject({ outcome: 'undetermined', severity: 'medium' });
    expect(verdict.summary).toMatch(/not JSON: .* \(line 2, column \d+\)/);
  });

  test('a record of another account is undetermined, and nothing of it is read or tagged', async () => {
    const { ports } = livingAccount();
    const verdict = await judge(
      record('CreateUser', { recipientAccountId: '999999999999', requestParameters: { userName: 'bob' } }),
      ports,
    );
    expect(verdict).toMatchObject({ outcome: 'undetermined', severity: 'medium', subject: { account: '999999999999' }, actions: [] });
  });

  test('events that the catalog does not judge give no verdict', async () => {
    const { ports } = livingAccount();
    expect(await judge(record('CreateGroup'), ports)).toBeUndefined();
    expect(await judge(record('GetUser'), ports)).toBeUndefined();
    expect(await judge(record('constructor'), ports)).toBeUndefined();
  });

  test('the same record gives the same verdict id, with an eventID or without', async () => {
    const { ports } = livingAccount();
    const without = record('CreateUser', { eventID: null, requestParameters: { userName: 'bob' } });
    const [first, again] = [await judge(without, ports), await judge(structuredClone(without), ports)];
    expect(first?.id).toMatch(/^sha256-[0-9a-f]{64}$/);
    expect(again?.id).toBe(first?.id);
  });
});

describe('managed policies', () => {
  test('the author who is an IAM user and the policy are tagged; nobody holds it yet', async () => {
    const { happens, tagsOf, policyTagsOf } = livingAccount();
    await happens('CreateUser', createUser('dev'));
    const verdict = await happens('CreatePolicy', { ...createPolicy('wide', allow('s3:*')), userIdentity: iamUser('dev') });
    expect(verdict).toMatchObject({ outcome: 'flagged', severity: 'high', policies: [{ name: 'wide', version: 'v1', active: true }] });
    expect(await tagsOf('dev')).toEqual({ 'trailguard:authored': 'wide' });
    expect(await policyTagsOf(policyArn('wide'))).toEqual({
      'trailguard:verdict': 'high',
      'trailguard:findings': 'service-admin:s3',
      'trailguard:author': 'dev',
    });
  });

  test('a role that writes one stands alone in the alert: no user is tagged', async () => {
    const { happens } = livingAccount();
    const verdict = await happens('CreatePolicy', { ...createPolicy('wide', allow('s3:*')), userIdentity: roleSession('deploy', 'run-7') });
    expect(verdict.actions).toEqual([expect.objectContaining({ kind: 'tag-policy', target: policyArn('wide') })]);
    expect(verdict.actor).toMatchObject({ type: 'AssumedRole', name: 'deploy', session: 'run-7' });
    expect(verdict.summary).toBe('run-7 (role deploy) created the policy wide; it allows every action of s3 on every resource.');
  });

  test('a dormant version is flagged and tags nobody; switched on, it tags every holder, through groups too', async () => {
    const { happens, passes, tagsOf, policyTagsOf } = livingAccount();
    await happens('CreateUser', createUser('direct'));
    await happens('CreateUser', createUser('member'));
    passes('CreateGroup', { groupName: 'team' });
    passes('AddUserToGroup', { groupName: 'team', userName: 'member' });
    await happens('CreatePolicy', createPolicy('shared', allow('s3:GetObject', 'arn:aws:s3:::reports/*')));
    passes('AttachGroupPolicy', { groupName: 'team', policyArn: policyArn('shared') });
    await happens('AttachUserPolicy', { requestParameters: { userName: 'direct', policyArn: policyArn('shared') } });

    const dormant = await happens('CreatePolicyVersion', createVersion('shared', 'v2', allow('*'), false));
    expect(dormant).toMatchObject({ outcome: 'flagged', severity: 'critical', policies: [{ version: 'v2', active: false }], actions: [] });
    expect(await tagsOf('member')).toEqual({});

    const on = await happens('SetDefaultPolicyVersion', { requestParameters: { policyArn: policyArn('shared'), versionId: 'v2' } });
    expect(on).toMatchObject({ outcome: 'flagged', severity: 'critical', policies: [{ name: 'shared', version: 'v2', active: true }] });
    expect((await tagsOf('member'))['trailguard:verdict']).toBe('critical');
    expect((await tagsOf('direct'))['trailguard:findings']).toBe('admin-access policy-attached-directly');
    expect((await policyTagsOf(policyArn('shared')))['trailguard:verdict']).toBe('critical');

    const off = await happens('SetDefaultPolicyVersion', { requestParameters: { policyArn: policyArn('shared'), versionId: 'v1' } });
    expect(off).toMatchObject({ outcome: 'clean' });
    expect(await tagsOf('member')).toMatchObject({
      'trailguard:verdict': 'clear',
      'trailguard:since': '2026-03-02T09:09:00Z',
      'trailguard:cleared': off.event.time,
    });
    expect(await tagsOf('member')).not.toHaveProperty('trailguard:findings');
    expect(await policyTagsOf(policyArn('shared'))).toEqual({ 'trailguard:verdict': 'clear' });
  });

  test('a switch to a version that was never seen is undetermined', async () => {
    const { happens } = livingAccount();
    const verdict = await happens('SetDefaultPolicyVersion', { requestParameters: { policyArn: policyArn('elsewhere'), versionId: 'v3' } });
    expect(verdict).toMatchObject({ outcome: 'undetermined', severity: 'medium', subject: { type: 'policy', name: 'elsewhere' } });
  });
});

describe('a user is judged by all that it holds', () => {
  test('two harmless policies that make one grant together are found on the second', async () => {
    const { happens, tagsOf } = livingAccount();
    await happens('CreateUser', createUser('bob'));
    const put = (policyName: string, policyDocument: string) =>
      happens('PutUserPolicy', { requestParameters: { userName: 'bob', policyName, policyDocument } });
    const first = await put('a-to-m', allow('abcdefghijklm'.split('').map((letter) => `sns:${letter}*`)));
    expect(rulesOf(first)).toEqual(['policy-attached-directly']);
    const second = await put('n-to-z', allow('nopqrstuvwxyz'.split('').map((letter) => `sns:${letter}*`)));
    expect(second).toMatchObject({ outcome: 'flagged', severity: 'high' });
    expect(second.findings[0]).toMatchObject({ rule: 'service-admin', services: ['sns'] });
    expect(new Set(second.findings[0]?.evidence.map(({ policy }) => policy))).toEqual(new Set(['a-to-m', 'n-to-z']));
    expect((await tagsOf('bob'))['trailguard:findings']).toBe('service-admin:sns policy-attached-directly');
  });

  test('an access key says nothing new of a user whose tags say it all', async () => {
    const { happens } = livingAccount();
    await happens('CreateUser', createUser('bob'));
    await happens('PutUserPolicy', { requestParameters: { userName: 'bob', policyName: 'all', policyDocument: allow('*') } });
    const key = await happens('CreateAccessKey', {
      requestParameters: { userName: 'bob' },
      responseElements: { accessKey: { accessKeyId: 'AKIAEXAMPLE', status: 'Active', userName: 'bob' } },
    });
    expect(key).toMatchObject({ outcome: 'clean', severity: 'none' });
  });

  test('an access key of a user never seen before is clean, with a note of what is not known', async () => {
    const { happens, published } = livingAccount();
    const key = await happens('CreateAccessKey', {
      requestParameters: { userName: 'old-hand' },
      responseElements: { accessKey: { accessKeyId: 'AKIAEXAMPLE', status: 'Active', userName: 'old-hand' } },
    });
    expect(key.outcome).toBe('clean');
    expect(key.actions.some(({ kind, detail }) => kind === 'note' && /trail/.test(detail ?? ''))).toBe(true);
    expect(published).toEqual([]);
  });
});

test('hostile names are made visible in the summary and quoted in the commands', async () => {
  const { happens } = livingAccount();
  await happens('CreateUser', createUser('bob'));
  const verdict = await happens('PutUserPolicy', {
    userIdentity: roleSession('ci', 'x\u202Egnp\u001b[31m'),
    requestParameters: { userName: 'bob', policyName: "a'; rm -rf ~ #", policyDocument: allow('*') },
  });
  expect(verdict.summary).toContain('x<U+202E>gnp<U+001B>[31m (role ci)');
  expect(verdict.findings[0]?.remediation.commands[0]).toBe(
    `aws iam delete-user-policy --user-name bob --policy-name 'a'\\''; rm -rf ~ #'`,
  );
});
