import { GetFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda';
import { inParallel } from '../../../iam/in-parallel.ts';
import { type Check, type Fault, faultsOr } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { channelsOf, functionsOf } from '../expected.ts';
import { queueOf } from '../queues.ts';
import { isNotFound, missingResource } from '../rules.ts';

/** These take from queues, which keep what they fail at. */
const fedByQueues = ['judge-user', 'digest-channel'];

/** That an event which a function fails at is kept. */
export const failureDestinations: Check = {
  id: 'failure-destinations',
  title: 'what a function fails at three times goes to its queue',
  matters: 'an event that a function fails at is dropped, where no queue takes it',
  permissions: ['lambda:GetFunctionEventInvokeConfig'],
  after: ['stack'],
  async run(context) {
    const names = functionsOf(context).filter((name) => !fedByQueues.includes(name));
    const faults = await inParallel(names, 4, (name) => look(name, context));
    return faultsOr(faults.flat(), `${names.length} functions`);
  },
};

async function look(name: string, context: DoctorContext): Promise<Fault[]> {
  const channel = channelsOf(context.configuration).find((each) => `${each.name}-channel` === name);
  const logicalId = channel === undefined ? 'FailedEvents' : `${channel.logicalId}Undelivered`;
  const queue = await queueOf(context, logicalId);
  if (queue === undefined) return [missingResource(context, `queue ${logicalId}`)];
  const FunctionName = `${context.stackName}-${name}`;
  const found = await destinationOf(FunctionName, context);
  if (found === queue.arn) return [];
  const words = [
    '--maximum-retry-attempts',
    '2',
    '--maximum-event-age-in-seconds',
    '21600',
    '--destination-config',
    JSON.stringify({ OnFailure: { Destination: queue.arn } }),
  ];
  return [
    {
      says: `${FunctionName} hands what it fails at to ${found ?? 'nobody'}, not to queue ${logicalId}`,
      fix: [context.aws('lambda', 'put-function-event-invoke-config', '--function-name', FunctionName, ...words)],
    },
  ];
}

async function destinationOf(FunctionName: string, { clients: { lambda } }: DoctorContext): Promise<string | undefined> {
  try {
    const { DestinationConfig } = await lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }));
    return DestinationConfig?.OnFailure?.Destination;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
