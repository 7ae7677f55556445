import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { visible } from '../../schemas/visible-text.ts';
import { stackResources } from '../stack-resources.ts';
import { UsageError } from '../usage-error.ts';

/** A queue of the guard, under its logical name in the stack. */
export interface GuardQueue {
  readonly name: string;
  readonly url: string;
}

/** What of a deployed guard a redrive needs. */
export interface GuardStack {
  readonly name: string;
  /** ARNs of the functions, without a qualifier, by logical name less `LambdaFunction`: `PolicyChanges`, `MailChannel`. */
  readonly functions: ReadonlyMap<string, string>;
  readonly queues: readonly GuardQueue[];
  /** ARN of the topic of the alerts. */
  readonly alertTopic: string | undefined;
  /** The ARN of a queue, as EventBridge names a target. */
  queueArn(queue: GuardQueue): string;
}

const functionSuffix = 'LambdaFunction';

/** Reads the stack of a guard. Throws where there is no such stack. */
export async function readGuardStack(client: CloudFormationClient, name: string): Promise<GuardStack> {
  const [, partition, , region, account] = (await stackId(client, name)).split(':');
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const functions = new Map<string, string>();
  const queues: GuardQueue[] = [];
  let alertTopic: string | undefined;
  for await (const { logicalName, type, id } of stackResources(client, name)) {
    if (type === 'AWS::Lambda::Function' && logicalName.endsWith(functionSuffix))
      functions.set(logicalName.slice(0, -functionSuffix.length), arn('lambda', `function:${id}`));
    if (type === 'AWS::SQS::Queue') queues.push({ name: logicalName, url: id });
    if (logicalName === 'AlertTopic') alertTopic = id;
  }
  return { name, functions, queues, alertTopic, queueArn: ({ url }) => arn('sqs', url.slice(url.lastIndexOf('/') + 1)) };
}

async function stackId(client: CloudFormationClient, name: string): Promise<string> {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    if (stack?.StackId !== undefined) return stack.StackId;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ValidationError') throw error;
    throw new UsageError(
      `no guard is found: ${visible(error.message)} (give the stage that you deployed with --stage, and its Region with --region)`,
    );
  }
  throw new UsageError(`stack \`${visible(name)}\` has no id: is it still being created?`);
}
