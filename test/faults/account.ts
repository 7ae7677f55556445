import { CreateTableCommand, DynamoDBClient, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateEventBusCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { IAMClient } from '@aws-sdk/client-iam';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { activeRules } from '../../analyzers/active-rules.ts';
import { analyzePosture } from '../../analyzers/analyze.ts';
import { readUserTags } from '../../guard/user-tags.ts';
import { createLiveDirectory } from '../../iam/live-directory.ts';
import { findingsTag } from '../../iam/tag-values.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { type Moto, motoAccount, motoClientConfig, startMoto } from '../moto.ts';
import { type FaultProxy, startProxy } from './proxy.ts';

const busName = 'trailguard-faults';

/** What a stack has of its own: the queue of users to judge again, and the table of alerts. */
export interface Stack {
  readonly variables: Readonly<Record<string, string>>;
  readonly queue: string;
  readonly table: string;
}

/** An account in moto behind a proxy, with the guard's bus, and a queue that hears all that is told there. */
export const startAccount = async () => {
  const moto: Moto = await startMoto();
  const proxy: FaultProxy = await startProxy(moto.endpoint);
  const configuration = { ...motoClientConfig(moto.endpoint), maxAttempts: 3 };
  const iam = new IAMClient(configuration);
  const sqs = new SQSClient(configuration);
  const dynamo = new DynamoDBClient(configuration);
  const events = new EventBridgeClient(configuration);
  const directory = createLiveDirectory({ client: iam, account: motoAccount, now: () => new Date() });
  const told: Verdict[] = [];
  let stacks = 0;
  let hearing = Promise.resolve();

  await events.send(new CreateEventBusCommand({ Name: busName }));
  const { QueueUrl: heard } = await sqs.send(new CreateQueueCommand({ QueueName: 'heard' }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: heard, AttributeNames: ['QueueArn'] }));
  const pattern = JSON.stringify({ source: ['trailguard'] });
  await events.send(new PutRuleCommand({ Name: 'hear-all', EventBusName: busName, EventPattern: pattern }));
  const target = { Id: 'heard', Arn: Attributes?.QueueArn ?? '' };
  await events.send(new PutTargetsCommand({ Rule: 'hear-all', EventBusName: busName, Targets: [target] }));

  /** All messages of a queue, taken out of it. */
  const taken = async (QueueUrl: string | undefined): Promise<string[]> => {
    const bodies: string[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      if (Messages.length === 0) return bodies;
      bodies.push(...Messages.map(({ Body = '' }) => Body));
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  };

  /** The verdicts on the bus so far, in no order. One reads after the other: what one has taken and not yet kept, another would miss. */
  const allTold = async (): Promise<readonly Verdict[]> => {
    hearing = hearing.then(async () => {
      for (const body of await taken(heard)) told.push(JSON.parse(body).detail);
    });
    await hearing;
    return told;
  };

  return {
    iam,
    proxy,
    taken,
    account: motoAccount,

    /** A queue and a table of its own, as the functions of a stack would have them; the bus is shared, its verdicts are told apart by their ids. */
    async newStack(): Promise<Stack> {
      const name = `stack-${++stacks}`;
      const queue = await sqs.send(new CreateQueueCommand({ QueueName: `${name}.fifo`, Attributes: { FifoQueue: 'true' } }));
      await dynamo.send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        }),
      );
      const path = new URL(queue.QueueUrl ?? '').pathname;
      return {
        queue: queue.QueueUrl ?? '',
        table: name,
        variables: {
          EVENT_BUS_NAME: busName,
          ACCOUNT_ID: motoAccount,
          GUARD_ROLES: 'trailguard-faults-judge-user',
          JUDGE_AGAIN_QUEUE_URL: path,
          ALERT_RECORDS_TABLE: name,
        },
      };
    },

    /** A minute goes by before a try is repeated: what a process that died was doing counts as over. */
    async aMinutePasses({ table }: Stack): Promise<void> {
      const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: table }));
      for (const { id, status, in_progress_expiration: until } of Items) {
        if (status?.S !== 'INPROGRESS' || id === undefined) continue;
        await dynamo.send(
          new UpdateItemCommand({
            TableName: table,
            Key: { id },
            UpdateExpression: 'SET in_progress_expiration = :over',
            ExpressionAttributeValues: { ':over': { N: String(Number(until?.N) - 60_000) } },
          }),
        );
      }
    },

    allTold,

    /** The verdicts on the bus about an event so far, in no order. */
    toldOf: async (id: string): Promise<Verdict[]> => (await allTold()).filter((verdict) => verdict.id === id),

    /** True where a user's tags say what its posture calls for; and where there is no such user. */
    async tagsAreRight(userName: string): Promise<boolean> {
      const posture = await directory.posture(userName);
      if (!posture.found) return posture.why === 'absent';
      const { verdict = 'clear', findings } = readUserTags(posture.value.tags, defaultConfiguration.tagPrefix);
      const truth = analyzePosture(posture.value, defaultConfiguration, activeRules(defaultConfiguration));
      const named = truth.length === 0 ? undefined : findingsTag(truth);
      return verdict === (truth[0]?.severity ?? 'clear') && findings === named;
    },

    async stop(): Promise<void> {
      await proxy.stop();
      await moto.stop();
    },
  };
};

/** An account that the fault suite runs in. */
export type Account = Awaited<ReturnType<typeof startAccount>>;
