import { CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { UpdateContinuousBackupsCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { EnableSecurityHubCommand } from '@aws-sdk/client-securityhub';
import { CreateEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { type Clients, createClients } from '../../../cli/doctor/clients.ts';
import { type ContextParts, createContext, type DoctorContext } from '../../../cli/doctor/context.ts';
import { completeConfiguration } from '../../../guard/complete-configuration.ts';
import { validateConfiguration } from '../../../schemas/validate.ts';
import { everyChannel } from '../../deploy/channel-flow.ts';
import { anybody } from '../../deploy/cloud.ts';
import { copyProject, serverless } from '../../deploy/project.ts';
import { ofType, readTemplate, resolved } from '../../deploy/template.ts';
import { type Moto, motoAccount, startMoto } from '../../moto.ts';

/** An account in moto with the guard deployed by `serverless deploy`, every channel on, and all as it should be. */
export interface Account {
  readonly moto: Moto;
  /** The packaged project. */
  readonly folder: string;
  readonly clients: Clients;
  /** A context as the command makes it, but for what is given. */
  context(parts?: Partial<ContextParts>): DoctorContext;
  /** The physical id of something in the stack. */
  id(logicalId: string): Promise<string>;
  stop(): Promise<void>;
}

/** The configuration that is deployed. */
export const deployed = completeConfiguration(validateConfiguration(everyChannel));

/** The bucket of the trail. */
export const bucket = 'trail-of-the-tests';

const settings = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };

/** Deploys, and adds what doctor asks for beyond the stack, and what moto leaves out of the stack. */
export async function deployAccount(): Promise<Account> {
  const [project, moto] = await Promise.all([copyProject(everyChannel), startMoto()]);
  await serverless(project.folder, 'deploy', { ...anybody, AWS_ENDPOINT_URL: moto.endpoint, SLS_AWS_MONITORING_FREQUENCY: '200' });
  const before = { ...process.env };
  Object.assign(process.env, settings, { AWS_ENDPOINT_URL: moto.endpoint });
  const clients = createClients('us-east-1');
  const context = (parts: Partial<ContextParts> = {}) =>
    createContext({
      clients,
      configuration: deployed,
      stage: 'dev',
      region: 'us-east-1',
      now: () => new Date(),
      patience: 30_000,
      signal: new AbortController().signal,
      ...parts,
    });
  const id = async (logicalId: string) => (await context().stack()).resources.get(logicalId) ?? '';
  await leftOutByMoto(project.folder, clients, id);
  await besideTheStack(clients, id);
  return {
    moto,
    folder: project.folder,
    clients,
    context,
    id,
    async stop() {
      for (const name of ['AWS_ENDPOINT_URL', ...Object.keys(settings)]) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
      await moto.stop();
      await project.remove();
    },
  };
}

/** moto's CloudFormation passes over policies of queues, what becomes of failed invocations, and a table's two settings: they are taken from the template. */
async function leftOutByMoto(folder: string, clients: Clients, id: Account['id']): Promise<void> {
  const template = await readTemplate(folder);
  const inAccount = async (value: unknown): Promise<string> => {
    let text = JSON.stringify(resolved(value));
    for (const [whole = '', logicalId = '', attribute] of text.matchAll(/<(\w+)(?:\.(Arn))?>/g)) {
      const physical = await id(logicalId);
      const name = physical.split('/').at(-1);
      const bus = template[logicalId]?.Properties.EventBusName === undefined ? '' : 'trailguard-dev/';
      const arn =
        template[logicalId]?.Type === 'AWS::SQS::Queue'
          ? `sqs:us-east-1:${motoAccount}:${name}`
          : `events:us-east-1:${motoAccount}:rule/${bus}${name}`;
      text = text.replace(whole, attribute === 'Arn' ? `arn:aws:${arn}` : physical);
    }
    return text;
  };
  for (const [, { Properties }] of ofType(template, 'AWS::SQS::QueuePolicy')) {
    const Policy = await inAccount(Properties.PolicyDocument);
    for (const queue of Properties.Queues)
      await clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: await id(queue.Ref), Attributes: { Policy } }));
  }
  for (const [, { Properties }] of ofType(template, 'AWS::Lambda::EventInvokeConfig')) {
    const { FunctionName, DestinationConfig } = JSON.parse(await inAccount(Properties));
    await clients.lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, DestinationConfig }));
  }
  const TableName = await id('AlertRecords');
  const { TimeToLiveSpecification, PointInTimeRecoverySpecification } = template.AlertRecords?.Properties ?? {};
  await clients.dynamo.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  await clients.dynamo.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
}

/** What people do once by hand: the trail, subscriptions, the webhook's secret, the sender, Security Hub; and a sweep of an hour ago. */
async function besideTheStack(clients: Clients, id: Account['id']): Promise<void> {
  await new S3Client({ forcePathStyle: true, region: 'us-east-1' }).send(new CreateBucketCommand({ Bucket: bucket }));
  await clients.cloudTrail.send(
    new CreateTrailCommand({ Name: 'main', S3BucketName: bucket, IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true }),
  );
  await clients.cloudTrail.send(new StartLoggingCommand({ Name: 'main' }));
  await clients.sns.send(new SubscribeCommand({ TopicArn: await id('AlertTopic'), Protocol: 'email', Endpoint: 'security@example.com' }));
  await clients.sns.send(
    new SubscribeCommand({ TopicArn: await id('ChatTopic'), Protocol: 'https', Endpoint: 'https://global.sns-api.chatbot.amazonaws.com' }),
  );
  await clients.ssm.send(
    new PutParameterCommand({ Name: '/trailguard/slack-webhook', Type: 'SecureString', Value: 'https://hooks.example.com/s3cr3t' }),
  );
  await clients.ses.send(new CreateEmailIdentityCommand({ EmailIdentity: 'guard@example.com' }));
  await clients.securityHub.send(new EnableSecurityHubCommand({}));
  await measured(clients, 'Invocations', 1);
}

/** Has CloudWatch know of the sweep what Lambda would have measured an hour ago. */
export async function measured(clients: Clients, MetricName: 'Invocations' | 'Errors', Value: number): Promise<void> {
  const Dimensions = [{ Name: 'FunctionName', Value: 'trailguard-dev-sweep' }];
  const Timestamp = new Date(Date.now() - 3_600_000);
  await clients.cloudWatch.send(
    new PutMetricDataCommand({ Namespace: 'AWS/Lambda', MetricData: [{ MetricName, Value, Timestamp, Dimensions }] }),
  );
}
