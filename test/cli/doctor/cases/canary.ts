import {
  DescribeRuleCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { createClients } from '../../../../cli/doctor/clients.ts';
import { anybody, cloudAt } from '../../../deploy/cloud.ts';
import { invoke, unzipped } from '../../../deploy/lambda.ts';
import type { Account } from '../account.ts';
import type { Broken, BrokenCase, CheckCases } from '../cases.ts';
import { startLambda } from '../lambda-endpoint.ts';

const EventBusName = 'trailguard-dev';

/** moto's PutEvents answers 500 where a rule leads to a function or a topic: such targets are taken away, and put back. */
async function withoutFunctions({ clients: { events } }: Account): Promise<() => Promise<void>> {
  const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName }));
  const taken = await Promise.all(
    Rules.map(async ({ Name: Rule = '' }) => {
      const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule, EventBusName }));
      const unserved = Targets.filter(({ Arn = '' }) => !Arn.includes(':sqs:'));
      if (unserved.length > 0) await events.send(new RemoveTargetsCommand({ Rule, EventBusName, Ids: unserved.map(({ Id = '' }) => Id) }));
      return { Rule, Targets: unserved };
    }),
  );
  return async () => {
    for (const { Rule, Targets } of taken)
      if (Targets.length > 0) await events.send(new PutTargetsCommand({ Rule, EventBusName, Targets }));
  };
}

/** The built function behind an endpoint of its own, with the environment that the stack gives it, but for `changed`. */
async function flying(account: Account, changed: Record<string, string> = {}): Promise<Broken> {
  const { endpoint } = account.moto;
  const putBack = await withoutFunctions(account);
  const bundle = await unzipped(account.folder, 'userPermissions', 'handlers/user-permissions.mjs');
  const cloud = cloudAt(endpoint, anybody);
  const lambda = await startLambda(async (name, event) =>
    invoke(bundle, event, { ...(await cloud.environmentOf(name)), ...anybody, AWS_ENDPOINT_URL: endpoint, ...changed }),
  );
  const clients = { ...createClients('us-east-1'), lambda: new LambdaClient({ endpoint: lambda.endpoint, region: 'us-east-1' }) };
  return {
    parts: { clients },
    async mend() {
      await lambda.stop();
      await putBack();
    },
  };
}

/** A function that takes everything, and publishes nothing. */
async function silent() {
  const lambda = await startLambda(async () => ({ lines: [] }));
  const clients = { ...createClients('us-east-1'), lambda: new LambdaClient({ endpoint: lambda.endpoint, region: 'us-east-1' }) };
  return { parts: { clients }, mend: lambda.stop };
}

/** Fails where the canary left something behind. */
async function none({ clients: { events, sqs } }: Account): Promise<void> {
  const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName }));
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  expect([...Rules.map(({ Name }) => Name), ...QueueUrls].filter((name) => name?.includes('canary'))).toEqual([]);
}

/** The digest's rule with another wish for ids. */
const digest = (title: string, id: object[] | undefined, says: string | RegExp): BrokenCase => ({
  title,
  async break(account) {
    const { events } = account.clients;
    const rule = { Name: 'trailguard-dev-digest-channel', EventBusName };
    const { EventPattern = '{}' } = await events.send(new DescribeRuleCommand(rule));
    const pattern = JSON.parse(EventPattern);
    const changed = JSON.stringify({ ...pattern, detail: { ...pattern.detail, id } });
    await events.send(new PutRuleCommand({ ...rule, EventPattern: changed }));
    const { parts = {}, mend } = await flying(account);
    return {
      parts,
      async mend() {
        await mend?.();
        await events.send(new PutRuleCommand({ ...rule, EventPattern }));
        await none(account);
      },
    };
  },
  state: 'ok',
  says,
});

/** A guard that does not answer. */
export const canary: CheckCases = {
  mocked:
    'moto runs functions in Docker only: a local endpoint runs the deployed bundle in a process of its own; bus, rule and queue are those of moto',
  given: flying,
  broken: [
    digest(
      'a digest that leaves canaries out',
      [{ 'anything-but': { prefix: 'trailguard-canary-' } }],
      /^heard \d+\.\d seconds after it was sent$/,
    ),
    digest('a digest that gathers them', undefined, '; channel digest tells it too, as an attempt of trailguard-doctor'),
    {
      title: 'a function that tells nobody',
      async break(account) {
        const { parts, mend } = await silent();
        return { parts: { ...parts, patience: 3_000 }, mend: async () => Promise.all([mend(), none(account)]) };
      },
      says: 'trailguard-dev-user-permissions took 1, and none of their verdicts was heard in 3 seconds',
      fix: 'aws logs tail --region us-east-1 /aws/lambda/trailguard-dev-user-permissions',
    },
    {
      title: 'somebody who gives up',
      async break(account) {
        const { parts, mend } = await silent();
        return { parts: { ...parts, signal: AbortSignal.timeout(500) }, mend: async () => Promise.all([mend(), none(account)]) };
      },
      state: 'unknown',
      says: 'interrupted before it was heard',
    },
    {
      title: 'a function that fails',
      break: (account) => flying(account, { EVENT_BUS_NAME: '' }),
      says: 'trailguard-dev-user-permissions failed at it: Unhandled: ',
      fix: 'aws logs tail --region us-east-1 /aws/lambda/trailguard-dev-user-permissions',
    },
  ],
};
