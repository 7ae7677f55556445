import { CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { PurgeQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { everyChannel } from '../../deploy/channel-flow.ts';
import { anybody, type Credentials, cloudAt } from '../../deploy/cloud.ts';
import { delivered, everything } from '../../deploy/events.ts';
import { invoke, unzipped } from '../../deploy/lambda.ts';
import { copyProject, serverless } from '../../deploy/project.ts';
import { functionKey, handlerOf } from '../../deploy/template.ts';
import { motoClientConfig, startMoto } from '../../moto.ts';
import { trailguard } from '../run-command.ts';
import { startLambda } from './lambda-stand-in.ts';

/** Every queue of a stack with all channels in which messages can be left lying. */
export const queueNames = [
  'UndeliveredEvents',
  'FailedEvents',
  'UsersNotJudged',
  'AuthorChannelUndelivered',
  'ChatChannelUndelivered',
  'DigestChannelUndelivered',
  'MailChannelUndelivered',
  'SecurityHubChannelUndelivered',
  'SlackChannelUndelivered',
  'UndeliveredAlerts',
] as const;

type QueueName = (typeof queueNames)[number];

/** What `trailguard redrive --format json` prints, as far as tests look at it. */
export interface Reported {
  readonly counts: Record<string, number>;
  readonly queues: { name: string; url: string; remaining: number; problem?: string; messages: Record<string, unknown>[] }[];
}

/** A call that gave bob everything, which the guard has yet to hear of. */
export const putAll = () =>
  delivered('PutUserPolicy', { requestParameters: { userName: 'bob', policyName: 'all', policyDocument: everything } });

/**
 * A guard with every channel, deployed to moto by the real `serverless`; and the command that redrives. As moto runs functions in Docker only, Lambda is a
 * stand-in: the built bundle of user-permissions runs as Lambda would run it, the other functions do nothing, or throw what `failing` says by their names.
 */
export const deployGuard = async () => {
  const failing = new Map<string, string>();
  const [project, moto] = await Promise.all([copyProject(everyChannel), startMoto()]);
  await serverless(project.folder, 'deploy', { ...anybody, AWS_ENDPOINT_URL: moto.endpoint, SLS_AWS_MONITORING_FREQUENCY: '200' });
  const bundle = await unzipped(project.folder, functionKey('user-permissions'), `${handlerOf('user-permissions')}.mjs`);
  const cloud = cloudAt(moto.endpoint, anybody);
  const sqs = new SQSClient({ ...motoClientConfig(moto.endpoint), useQueueUrlAsEndpoint: false });
  const lambda = await startLambda(async (name, event) => {
    if (name !== 'trailguard-dev-user-permissions' || failing.has(name)) return failing.get(name);
    const variables = { ...(await cloud.environmentOf(name)), ...anybody, AWS_ENDPOINT_URL: moto.endpoint };
    return (await invoke(bundle, event, variables)).error;
  });
  await cloud.takeByHand();
  await cloud.listenByQueue();
  await cloud.iam.send(new CreateUserCommand({ UserName: 'bob' }));
  await cloud.iam.send(new PutUserPolicyCommand({ UserName: 'bob', PolicyName: 'all', PolicyDocument: everything }));

  const redriveAs = (credentials: Credentials, ...words: string[]) => {
    const endpoints = { AWS_ENDPOINT_URL: moto.endpoint, AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint };
    return trailguard(['redrive', ...words], {
      env: { ...credentials, ...endpoints, AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true' },
    });
  };
  const reported = async (...words: string[]): Promise<Reported> =>
    JSON.parse((await redriveAs(anybody, '--format', 'json', ...words)).out);
  const urls = new Map((await reported()).queues.map(({ name, url }) => [name, url]));

  return {
    moto,
    cloud,
    sqs,
    lambda,
    urls,
    failing,
    redriveAs,
    redrive: (...words: string[]) => redriveAs(anybody, ...words),
    reported,
    /** Leaves a message in a queue, with the attributes that EventBridge would give it. */
    async send(queue: QueueName, body: unknown, attributes: Record<string, string> = {}, fifo = {}): Promise<void> {
      const MessageAttributes = Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
      );
      const MessageBody = typeof body === 'string' ? body : JSON.stringify(body);
      await sqs.send(new SendMessageCommand({ QueueUrl: urls.get(queue), MessageBody, MessageAttributes, ...fifo }));
    },
    /** What anybody may take from a queue at this moment. */
    async visibleIn(queue: QueueName): Promise<string[]> {
      const taking = { QueueUrl: urls.get(queue), MaxNumberOfMessages: 10, VisibilityTimeout: 0 };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(taking));
      return Messages.map(({ Body = '' }) => Body);
    },
    /** As it was after the deployment, but for tags. */
    async reset(): Promise<void> {
      failing.clear();
      lambda.invoked();
      for (const name of queueNames) await sqs.send(new PurgeQueueCommand({ QueueUrl: urls.get(name) }));
    },
    async stop(): Promise<void> {
      await lambda.stop();
      await moto.stop();
      await project.remove();
    },
  };
};

/** A deployed guard. */
export type DeployedGuard = Awaited<ReturnType<typeof deployGuard>>;
