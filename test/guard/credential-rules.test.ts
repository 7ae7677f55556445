import { describe, expect, test } from 'vitest';
import { interpret } from '../../events/interpret.ts';
import { judge } from '../../guard/guard.ts';
import { recordId } from '../../guard/record-id.ts';
import { createProjectedDirectory } from '../../iam/projected-directory.ts';
import type { CloudTrailRecord } from '../../schemas/cloudtrail-record.ts';
import { account, record } from '../records.ts';
import { createUser, livingAccount } from './account.ts';

const quarantine = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3';
const key = (userName: string) => ({
  requestParameters: { userName },
  responseElements: { accessKey: { userName, accessKeyId: 'AKIAIOSFODNN7EXAMPLE', status: 'Active' } },
});
const at = (time: string) => ({ eventTime: `2026-03-02T${time}Z` });

describe('what a verdict says of credentials', () => {
  test("AWS's quarantine policy is an alarm of its own, and is not to be taken back", async () => {
    const document = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: 'iam:CreateAccessKey', Resource: '*' }],
    });
    const managedPolicies = () => ({ name: 'AWSCompromisedKeyQuarantineV3', version: 'v1', document });
    const directory = createProjectedDirectory({ account, managedPolicies });
    const { ports } = livingAccount();
    const judged = async (one: CloudTrailRecord) => {
      const change = interpret(one, recordId(one));
      if (change !== undefined) directory.fold(change);
      return judge(one, { ...ports, directory: () => directory });
    };
    await judged(record('CreateUser', createUser('alice')));
    const verdict = await judged(
      record('AttachUserPolicy', { eventID: 'another', requestParameters: { userName: 'alice', policyArn: quarantine } }),
    );
    expect(verdict?.findings.map(({ rule, severity }) => [rule, severity])).toEqual([['credential-compromised', 'critical']]);
    const commands = verdict?.findings[0]?.remediation.commands;
    expect(commands).toContainEqual(expect.stringContaining('update-access-key'));
    expect(commands).not.toContainEqual(expect.stringContaining('detach-user-policy'));
  });

  test('a key made at set-up is told at the key, where the password came first', async () => {
    const living = livingAccount();
    await living.happens('CreateUser', { ...createUser('alice'), ...at('10:00:00') });
    await living.happens('CreateLoginProfile', { requestParameters: { userName: 'alice' }, ...at('10:00:20') });
    const { findings } = await living.happens('CreateAccessKey', { ...key('alice'), ...at('10:01:00') });
    expect(findings.filter(({ rule }) => rule === 'access-key-at-user-setup')).toMatchObject([{ severity: 'low' }]);
  });

  test('and at the password, where the key came first', async () => {
    const living = livingAccount();
    await living.happens('CreateUser', { ...createUser('alice'), ...at('10:00:00') });
    const first = await living.happens('CreateAccessKey', { ...key('alice'), ...at('10:01:00') });
    expect(first.findings).toEqual([]);
    const { findings } = await living.happens('CreateLoginProfile', { requestParameters: { userName: 'alice' }, ...at('10:30:00') });
    expect(findings.filter(({ rule }) => rule === 'access-key-at-user-setup')).toMatchObject([{ severity: 'low' }]);
  });
});
