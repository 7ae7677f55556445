import { describe, expect, test } from 'vitest';
import { IncompleteError } from '../../guard/guard.ts';
import type { Directory, TagWriter } from '../../iam/directory.ts';
import { iamUser } from '../records.ts';
import { allow, createPolicy, createUser, createVersion, livingAccount, policyArn } from './account.ts';

const leftOut = { reason: 'requestParameters too large', omitted: true, originalSize: 149_893 };

/** An account whose IAM has a document that no event carried. */
function padded() {
  const living = livingAccount();
  const directory: Directory & TagWriter = {
    ...living.directory,
    managedPolicy: async (arn, version = 'v1') => ({
      found: true,
      value: { arn, name: 'padded', version, isDefault: true, document: encodeURIComponent(allow('*')) },
    }),
    inlinePolicy: async () => ({ found: true, value: encodeURIComponent(allow('*')) }),
  };
  return { living, ports: { directory: () => directory, judgeAgain: async () => undefined } };
}

describe('a document that CloudTrail left out is read from IAM, wherever the event still names it', () => {
  test.each([
    ['CreatePolicy', createPolicy('padded', '').responseElements ?? null],
    ['AttachUserPolicy', null],
  ])('%s', async (eventName, responseElements) => {
    const { living, ports } = padded();
    await living.happens('CreateUser', createUser('bob'));
    const requestParameters = eventName === 'CreatePolicy' ? leftOut : { userName: 'bob', policyArn: policyArn('padded') };
    const verdict = await living.happens(eventName, { requestParameters, responseElements }, ports);
    expect(verdict).toMatchObject({ outcome: 'flagged', severity: 'critical', policies: [{ name: 'padded', arn: policyArn('padded') }] });
    expect(verdict.findings[0]).toMatchObject({ rule: 'admin-access' });
  });

  test.each([
    ['PutUserPolicy', null],
    ['CreatePolicyVersion', createVersion('padded', 'v2', '', true).responseElements ?? null],
    ['AttachGroupPolicy', null],
  ])('%s does not name it: undetermined, never another document in its place', async (eventName, responseElements) => {
    const { living, ports } = padded();
    const verdict = await living.happens(eventName, { requestParameters: leftOut, responseElements }, ports);
    expect(verdict).toMatchObject({ outcome: 'undetermined', severity: 'medium', findings: [] });
    expect(verdict.summary).toContain('CloudTrail left the request out');
  });
});

test('an author who holds the policy is tagged once, as both', async () => {
  const living = livingAccount();
  await living.happens('CreateUser', createUser('dev'));
  await living.happens('CreatePolicy', createPolicy('mine', allow('s3:GetObject', 'arn:aws:s3:::reports/*')));
  await living.happens('AttachUserPolicy', { requestParameters: { userName: 'dev', policyArn: policyArn('mine') } });
  const verdict = await living.happens('CreatePolicyVersion', {
    ...createVersion('mine', 'v2', allow('*'), true),
    userIdentity: iamUser('dev'),
  });
  expect(verdict.actions.filter(({ target }) => target === 'dev')).toHaveLength(1);
  expect(await living.tagsOf('dev')).toMatchObject({ 'trailguard:verdict': 'critical', 'trailguard:authored': 'mine' });
});

test('a queue that refuses holds back no alert, and has the event judged again', async () => {
  const living = livingAccount();
  await living.happens('CreateUser', createUser('bob'));
  living.published.length = 0;
  const put = { requestParameters: { userName: 'bob', policyName: 'all', policyDocument: allow('*') } };
  const refused = living.happens('PutUserPolicy', put, { judgeAgain: () => Promise.reject(new Error('the queue is gone')) });
  await expect(refused).rejects.toThrow(new IncompleteError(['the queue is gone'], undefined).message);
  expect(living.published).toEqual([expect.objectContaining({ severity: 'critical' })]);
  expect((await living.tagsOf('bob'))['trailguard:verdict']).toBe('critical');
});

test('whatever is thrown for a read is told, be it no error', async () => {
  const living = livingAccount();
  await living.happens('CreateUser', createUser('bob'));
  const directory: Directory & TagWriter = { ...living.directory, posture: () => Promise.reject('out of order') };
  const put = { requestParameters: { userName: 'bob', policyName: 'all', policyDocument: allow('*') } };
  await expect(living.happens('PutUserPolicy', put, { directory: () => directory })).rejects.toThrow('out of order');
});
