import { DisableRuleCommand, EnableRuleCommand } from '@aws-sdk/client-eventbridge';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { createClients } from '../../../cli/doctor/clients.ts';
import { leastStatements } from '../../../cli/doctor/least-policy.ts';
import { checks } from '../../../cli/doctor/registry.ts';
import { anybody, type Credentials, cloudAt } from '../../deploy/cloud.ts';
import { credentialsFor, without } from '../../deploy/permissions.ts';
import { motoAccount } from '../../moto.ts';
import { trailguard } from '../run-command.ts';
import type { Account } from './account.ts';

/** The environment of a process with these credentials, and none of this machine's. */
const environmentOf = (account: Account, credentials: Credentials) => ({
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_REGION: 'us-east-1',
  AWS_ENDPOINT_URL: account.moto.endpoint,
  ...credentials,
});

/** What moto lacks (a simulation) or never does (verify a sender): the built command cannot be told of a mock. */
const lackingInMoto = ['roles', 'author-sender'];

/** moto asks for some actions by names that AWS does not have. */
const namedByMoto: Readonly<Record<string, string>> = {
  'cloudwatch:GetMetricData': 'monitoring:GetMetricData',
};

/** The built command, in the deployed account; at last under IAM, which moto then enforces until it stops. */
export const commandSuite = (the: () => Account): void => {
  const doctor = (credentials: Credentials, ...words: string[]) =>
    trailguard(['doctor', '--config', `${the().folder}/trailguard.config.json`, ...words], { env: environmentOf(the(), credentials) });
  const answered = async (credentials: Credentials, ...words: string[]) => {
    const run = await doctor(credentials, '--format', 'json', ...words);
    const { checks: all } = JSON.parse(run.out) as { checks: { id: string; state: string; says: string; because?: string }[] };
    return { ...run, all, states: Object.fromEntries(all.map(({ id, state }) => [id, state])) };
  };

  describe('the command, in the deployed account', () => {
    test('makes every check, and says in JSON what it says in text', async () => {
      const { all, err, states, status } = await answered(anybody);
      expect(err).toBe('');
      expect(all.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
      for (const { id } of checks.filter((check) => !check.writes && !lackingInMoto.includes(check.id)))
        expect([id, states[id]]).toEqual([id, 'ok']);
      expect(states).toMatchObject({ roles: 'unknown', 'author-sender': 'wrong', canary: 'skipped' });
      // What could not be looked at weighs more than what is wrong.
      expect(status).toBe(2);
    });

    test('names last what is wrong, with the command that mends it', async () => {
      const rule = { Name: 'trailguard-dev-group-changes' };
      await the().clients.events.send(new DisableRuleCommand(rule));
      const { out } = await doctor(anybody);
      await the().clients.events.send(new EnableRuleCommand(rule));
      const lines = out.trimEnd().split('\n');
      expect(lines.at(-1)).toBe(`2 of ${checks.length} checks are wrong, 1 could not be made, 1 skipped`);
      const at = lines.findIndex((line) => line.startsWith('wrong    rules-enabled'));
      expect(lines[at]).toContain('rule trailguard-dev-group-changes is DISABLED');
      expect(lines.slice(at)).toContain('        aws events enable-rule --region us-east-1 --name trailguard-dev-group-changes');
      expect(lines.slice(at).filter((line) => /^(ok|skipped|unknown) /.test(line))).toEqual([]);
    });

    test('says of a stage that was never deployed that there is nothing to look at', async () => {
      const { all, status } = await answered(anybody, '--stage', 'prod');
      expect(status).toBe(2);
      const skipped = all.filter(({ because }) => because === 'stack');
      expect(skipped.map(({ id }) => id)).toContain('rules-enabled');
      expect(skipped.every(({ state }) => state === 'skipped')).toBe(true);
    });
  });

  describe('under IAM', () => {
    const own: Partial<Record<'all' | 'mute' | 'deaf', Credentials>> = {};

    test('the permissions of docs/doctor.md are enough', async () => {
      const cloud = cloudAt(the().moto.endpoint, anybody);
      const whose = { partition: 'aws', account: motoAccount, region: 'us-east-1', stackName: 'trailguard-dev' };
      const statements = leastStatements(checks, whose).map(({ Sid, Effect, Action }) => ({
        Sid,
        Effect,
        Action: [...Action, ...Action.flatMap((each) => namedByMoto[each] ?? [])],
        Resource: '*',
      }));
      own.all = await credentialsFor(cloud, 'doctor', statements);
      own.mute = await credentialsFor(cloud, 'no-topics', without(statements, 'sns:ListSubscriptionsByTopic'));
      own.deaf = await credentialsFor(cloud, 'no-rules', [
        ...without(statements, 'events:PutRule'),
        { Effect: 'Allow', Action: 'sqs:ListQueues', Resource: '*' },
      ]);
      await the().moto.enforceIam();
      const { all } = await answered(own.all);
      expect(all.filter(({ says }) => says.includes('may not be looked at'))).toEqual([]);
      expect(all.filter(({ id, state }) => state === 'unknown' && !lackingInMoto.includes(id))).toEqual([]);
    });

    test('what may not be looked at is unknown, with the permission that is missing, and the rest is looked at', async () => {
      const { all, states, status } = await answered(own.mute ?? anybody);
      expect(all.find(({ id }) => id === 'alerts-heard')).toMatchObject({
        state: 'unknown',
        says: expect.stringMatching(/may not be looked at: allow sns:ListSubscriptionsByTopic/i),
      });
      expect(states).toMatchObject({ trail: 'ok', 'queues-empty': 'ok' });
      expect(status).toBe(2);
    });

    test('a canary that may make its queue, and not its rule, takes the queue away again', async () => {
      const { all } = await answered(own.deaf ?? anybody, '--canary');
      expect(all.find(({ id }) => id === 'canary')).toMatchObject({ state: 'unknown' });
      Object.assign(process.env, own.deaf);
      const { QueueUrls = [] } = await createClients('us-east-1').sqs.send(new ListQueuesCommand({}));
      expect(QueueUrls.length).toBeGreaterThan(0);
      expect(QueueUrls.filter((url) => url.includes('canary'))).toEqual([]);
    });

    test('credentials that AWS does not know are said to be wrong, and all else is skipped', async () => {
      const { all, status } = await answered({ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'unknown' });
      const [credentials, ...others] = all;
      expect(credentials).toMatchObject({
        id: 'credentials',
        state: 'wrong',
        says: expect.stringContaining('AWS does not take these credentials'),
      });
      expect(others.every(({ state, because, id }) => state === 'skipped' && (because === 'credentials' || id === 'canary'))).toBe(true);
      expect(status).toBe(2);
    });
  });
};
