import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { shellCommand } from '../../../analyzers/aws-command.ts';
import { inParallel } from '../../../iam/in-parallel.ts';
import { plural } from '../../input-talk.ts';
import { type Check, type Fault, faultsOr } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { metric } from '../metric.ts';
import { deadLetterQueues, queueOf } from '../queues.ts';
import { isNotFound, missingResource } from '../rules.ts';

/** That nothing waits to be redriven. */
export const queuesEmpty: Check = {
  id: 'queues-empty',
  title: 'nothing lies in the dead-letter queues',
  matters: 'each message is an event that nobody judged, or a verdict that nobody was told; it is gone after 14 days',
  permissions: ['sqs:GetQueueAttributes', 'cloudwatch:GetMetricData'],
  after: ['stack'],
  async run(context) {
    const queues = deadLetterQueues(context);
    const faults = await inParallel(queues, 4, (logicalId) => look(logicalId, context));
    return faultsOr(faults.flat(), `${queues.length} queues`);
  },
};

async function look(logicalId: string, context: DoctorContext): Promise<Fault[]> {
  const queue = await queueOf(context, logicalId);
  const count = queue === undefined ? undefined : await messagesIn(queue.url, context);
  if (queue === undefined || count === undefined) return [missingResource(context, `queue ${logicalId}`)];
  if (count === 0) return [];
  const redrive = shellCommand('trailguard', 'redrive', '--stage', context.stage, '--region', context.region);
  return [
    { says: `${plural(count, 'message')} in queue ${logicalId}${await oldest(queue.name, context)}`, fix: [redrive, `${redrive} --apply`] },
  ];
}

/** How many messages a queue holds, those that somebody is at among them; undefined where there is no such queue. */
async function messagesIn(QueueUrl: string, { clients: { sqs } }: DoctorContext): Promise<number | undefined> {
  try {
    const asked = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'] as const;
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...asked] }));
    return asked.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** SQS itself tells no age; CloudWatch does, minutes late. Where it has none the count alone is said. */
async function oldest(QueueName: string, context: DoctorContext): Promise<string> {
  const values = await metric(context, {
    namespace: 'AWS/SQS',
    name: 'ApproximateAgeOfOldestMessage',
    dimension: { Name: 'QueueName', Value: QueueName },
    statistic: 'Maximum',
    hours: 1,
    period: 300,
  });
  const [seconds] = values;
  if (seconds === undefined) return '';
  const hours = Math.round(seconds / 3_600);
  return `, the oldest ${hours < 48 ? plural(hours, 'hour') : plural(Math.round(hours / 24), 'day')} old`;
}
