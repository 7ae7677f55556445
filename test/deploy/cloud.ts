import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { IAMClient, ListPolicyTagsCommand, ListUserTagsCommand } from '@aws-sdk/client-iam';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { UserRequest } from '../../schemas/user-request.ts';
import { validateUserRequest, validateVerdict } from '../../schemas/validate.ts';
import type { Verdict } from '../../schemas/verdict.ts';

/** A key pair, as the environment of a Lambda function has it. */
export interface Credentials {
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
}

/** Credentials that moto takes as long as it does not enforce IAM. */
export const anybody: Credentials = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };

const busName = 'trailguard-dev';

/** The clients of an account in moto, and the few questions that the suite asks of it. */
export const cloudAt = (endpoint: string, credentials: Credentials) => {
  const configuration = {
    endpoint,
    region: 'us-east-1',
    maxAttempts: 2,
    credentials: { accessKeyId: credentials.AWS_ACCESS_KEY_ID, secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY },
  };
  const iam = new IAMClient(configuration);
  const events = new EventBridgeClient(configuration);
  const sqs = new SQSClient(configuration);
  const lambda = new LambdaClient(configuration);
  let queueUrl = '';
  const environmentOf = async (FunctionName: string): Promise<Record<string, string>> => {
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const variables = Environment?.Variables ?? {};
    // moto names a queue by its URL in AWS, which is not to be reached here.
    const queue = new URL(new URL(variables.JUDGE_AGAIN_QUEUE_URL ?? '').pathname, endpoint).href;
    return { ...variables, JUDGE_AGAIN_QUEUE_URL: queue };
  };
  return {
    iam,
    lambda,
    /** The variables of a deployed function, as it would get them. */
    environmentOf,

    /** The names of a bus's rules, each with the ARNs of its targets. */
    async rules(bus: string): Promise<Record<string, string[]>> {
      const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName: bus }));
      const pairs = Rules.map(async ({ Name = '' }) => {
        const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: Name, EventBusName: bus }));
        return [Name, Targets.map((target) => target.Arn ?? '')] as const;
      });
      return Object.fromEntries(await Promise.all(pairs));
    },

    /** moto's PutEvents answers 500 where a rule has a function or a topic as its target, so a queue stands in for them, and takes every verdict. */
    async listenByQueue(): Promise<void> {
      const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName: busName }));
      for (const { Name: Rule } of Rules) {
        const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule, EventBusName: busName }));
        const Ids = Targets.filter(({ Arn }) => !Arn?.includes(':sqs:')).map(({ Id = '' }) => Id);
        if (Ids.length > 0) await events.send(new RemoveTargetsCommand({ Rule, EventBusName: busName, Ids }));
      }
      queueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: 'heard' }))).QueueUrl ?? '';
      const about = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }));
      const pattern = { source: ['trailguard'], 'detail-type': ['IAM Policy Verdict'] };
      await events.send(new PutRuleCommand({ Name: 'hear-all', EventBusName: busName, EventPattern: JSON.stringify(pattern) }));
      const target = { Id: 'heard', Arn: about.Attributes?.QueueArn ?? '' };
      await events.send(new PutTargetsCommand({ Rule: 'hear-all', EventBusName: busName, Targets: [target] }));
    },

    /** moto runs functions in Docker, so the messages for judge-user are taken from its queue by hand, and without the delay. */
    async takeByHand(): Promise<void> {
      const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
      for (const { UUID } of EventSourceMappings) await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
      const QueueUrl = (await environmentOf(`${busName}-judge-user`)).JUDGE_AGAIN_QUEUE_URL;
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds: '0' } }));
    },

    /** What judge-user would be given of a user since the last call, message by message. */
    async toJudgeAgain(userName: string): Promise<UserRequest[]> {
      const QueueUrl = (await environmentOf(`${busName}-judge-user`)).JUDGE_AGAIN_QUEUE_URL;
      const requests: UserRequest[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        if (Messages.length === 0) return requests.filter(({ user }) => user === userName);
        for (const { Body = '', ReceiptHandle } of Messages) {
          requests.push(validateUserRequest(JSON.parse(Body)));
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },

    /** What lies in a queue, taken out of it. */
    async taken(QueueName: string): Promise<string[]> {
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
      const bodies: string[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        if (Messages.length === 0) return bodies;
        for (const { Body = '', ReceiptHandle } of Messages) {
          bodies.push(Body);
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },

    /** The verdicts that were delivered since the last call, in no order. */
    async heard(): Promise<Verdict[]> {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }));
      for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
      return Messages.map((message) => validateVerdict(JSON.parse(message.Body ?? '').detail));
    },

    /** The tags of a user, as IAM lists them. */
    async userTags(UserName: string): Promise<Record<string, string>> {
      const { Tags = [] } = await iam.send(new ListUserTagsCommand({ UserName }));
      return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
    },

    /** The tags of a managed policy, as IAM lists them. */
    async policyTags(PolicyArn: string): Promise<Record<string, string>> {
      const { Tags = [] } = await iam.send(new ListPolicyTagsCommand({ PolicyArn }));
      return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
    },
  };
};

/** An account in moto. */
export type Cloud = ReturnType<typeof cloudAt>;
