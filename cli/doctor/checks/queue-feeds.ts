import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { plural } from '../../input-talk.ts';
import { type Check, type Fault, faultsOr } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { channelsOf } from '../expected.ts';
import { queueOf } from '../queues.ts';
import { missingResource } from '../rules.ts';

/** A queue whose messages Lambda hands to a function. */
interface Feed {
  readonly functionName: string;
  readonly logicalId: string;
  readonly batchSize: string;
}

/** That what waits in a queue is taken out of it. */
export const queueFeeds: Check = {
  id: 'queue-feeds',
  title: 'what waits in the queues is taken from them',
  matters:
    'users are judged once, before IAM has settled, and their tags may be wrong until the next sweep; low and medium verdicts are told to nobody',
  permissions: ['lambda:ListEventSourceMappings'],
  after: ['stack'],
  async run(context) {
    const { configuration, stackName } = context;
    const digest = channelsOf(configuration).some(({ name, on }) => name === 'digest' && on);
    const feeds: Feed[] = [
      { functionName: `${stackName}-judge-user`, logicalId: 'UsersToJudgeAgain', batchSize: '1' },
      ...(digest ? [{ functionName: `${stackName}-digest-channel`, logicalId: 'VerdictsToDigest', batchSize: '1000' }] : []),
    ];
    const faults = await Promise.all(feeds.map((feed) => look(feed, context)));
    return faultsOr(faults.flat(), plural(feeds.length, 'queue'));
  },
};

async function look({ functionName, logicalId, batchSize }: Feed, context: DoctorContext): Promise<Fault[]> {
  const { aws, clients } = context;
  const queue = await queueOf(context, logicalId);
  if (queue === undefined) return [missingResource(context, `queue ${logicalId}`)];
  const { EventSourceMappings = [] } = await clients.lambda.send(new ListEventSourceMappingsCommand({ FunctionName: functionName }));
  const mapping = EventSourceMappings.find(({ EventSourceArn }) => EventSourceArn === queue.arn);
  if (mapping === undefined) {
    const batch = [
      '--batch-size',
      batchSize,
      ...(batchSize === '1' ? [] : ['--maximum-batching-window-in-seconds', '300', '--function-response-types', 'ReportBatchItemFailures']),
    ];
    const words = ['--function-name', functionName, '--event-source-arn', queue.arn, ...batch];
    return [{ says: `nobody takes from queue ${logicalId}`, fix: [aws('lambda', 'create-event-source-mapping', ...words)] }];
  }
  const { State: state = '', UUID: uuid = '' } = mapping;
  if (['Enabled', 'Enabling', 'Creating', 'Updating'].includes(state)) return [];
  return [
    {
      says: `${functionName} does not take from queue ${logicalId}: the mapping is ${state}`,
      fix: [aws('lambda', 'update-event-source-mapping', '--uuid', uuid, '--enabled')],
    },
  ];
}
