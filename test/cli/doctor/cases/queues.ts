import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { UpdateContinuousBackupsCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import type { Account } from '../account.ts';
import type { BrokenCase, CheckCases } from '../cases.ts';

const policy = (title: string, Policy: string, says: string): BrokenCase => ({
  title,
  async break({ clients: { sqs }, id }) {
    const QueueUrl = await id('UndeliveredEvents');
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }));
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    return { mend: () => sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: Attributes?.Policy ?? '' } })) };
  },
  says,
  fix: 'aws sqs set-queue-attributes --region us-east-1 --queue-url https://sqs.us-east-1.amazonaws.com/123456789012/trailguard-dev-UndeliveredEvents-',
});

const letIn = (SourceArn: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: { ArnLike: { 'aws:SourceArn': SourceArn } },
      },
    ],
  });

/** A queue that is not there, and made again as it was. */
async function without({ clients: { sqs }, id }: Account, logicalId: string) {
  const QueueUrl = await id(logicalId);
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }));
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  const QueueName = QueueUrl.split('/').at(-1);
  return { mend: () => sqs.send(new CreateQueueCommand({ QueueName, Attributes: { Policy: Attributes?.Policy ?? '' } })) };
}

/** Queues that let nobody in. */
export const queuePolicies: CheckCases = {
  broken: [
    policy('a queue without a policy', '', 'queue UndeliveredEvents does not let in trailguard-dev-policy-changes'),
    policy(
      'a queue for one rule',
      letIn('arn:aws:events:us-east-1:123456789012:rule/trailguard-dev-sweep'),
      'queue UndeliveredEvents does not let in trailguard-dev-policy-changes, trailguard-dev-user-permissions, trailguard-dev-group-changes, trailguard-dev-user-credentials, trailguard-dev-account-changes',
    ),
    { ...policy('a queue for all rules of the guard', letIn('arn:aws:events:*:*:rule/trailguard-*'), '9 queues'), state: 'ok', fix: '' },
    {
      title: 'a queue that is gone',
      break: (account) => without(account, 'UndeliveredAlerts'),
      says: 'queue UndeliveredAlerts does not exist',
      fix: 'npx serverless deploy',
    },
  ],
};

/** Queues with something in them. */
export const queuesEmpty: CheckCases = {
  broken: [
    {
      title: 'two events that nobody judged',
      async break({ clients: { sqs }, id }) {
        const QueueUrl = await id('FailedEvents');
        for (const MessageBody of ['{}', '{}']) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
        return { mend: () => sqs.send(new PurgeQueueCommand({ QueueUrl })) };
      },
      says: '2 messages in queue FailedEvents',
      fix: 'trailguard redrive --stage dev --region us-east-1',
    },
    {
      title: 'a verdict that nobody was told for three days',
      async break({ clients: { cloudWatch, sqs }, id }) {
        const QueueUrl = await id('MailChannelUndelivered');
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
        const age = {
          MetricName: 'ApproximateAgeOfOldestMessage',
          Value: 3 * 24 * 3_600,
          Timestamp: new Date(Date.now() - 600_000),
          Dimensions: [{ Name: 'QueueName', Value: QueueUrl.split('/').at(-1) }],
        };
        await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/SQS', MetricData: [age] }));
        return { mend: () => sqs.send(new PurgeQueueCommand({ QueueUrl })) };
      },
      says: '1 message in queue MailChannelUndelivered, the oldest 3 days old',
      fix: 'trailguard redrive --stage dev --region us-east-1 --apply',
    },
  ],
};

/** A table that forgets nothing, or cannot be restored. */
export const alertRecords: CheckCases = {
  broken: [
    {
      title: 'a table that keeps everything',
      async break({ clients: { dynamo }, id }) {
        const TableName = await id('AlertRecords');
        const set = (Enabled: boolean) =>
          dynamo.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'expiration', Enabled } }));
        await set(false);
        return { mend: () => set(true) };
      },
      says: 'forgets nothing',
      fix: 'aws dynamodb update-time-to-live',
    },
    {
      title: 'a table that cannot be restored',
      async break({ clients: { dynamo }, id }) {
        const TableName = await id('AlertRecords');
        const set = (PointInTimeRecoveryEnabled: boolean) =>
          dynamo.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled } }));
        await set(false);
        return { mend: () => set(true) };
      },
      says: 'cannot be restored',
      fix: 'aws dynamodb update-continuous-backups',
    },
  ],
};
