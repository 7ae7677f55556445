import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, handlerNames } from '../../events/catalog.ts';
import { channelsSuite } from './channels-suite.ts';
import { copyProject, packageFolder, serverless } from './project.ts';
import { rolesSuite } from './roles-suite.ts';
import { sweepSuite } from './sweep-suite.ts';
import {
  allFunctionNames,
  channelNames,
  functionKey,
  handlerOf,
  logicalName,
  ofType,
  type Resource,
  readSwitches,
  readTemplate,
  resolved,
} from './template.ts';

let project: Awaited<ReturnType<typeof copyProject>>;
let resources: Record<string, Resource>;
let seconds: number;

const properties = (name: string) => resources[name]?.Properties;

beforeAll(async () => {
  project = await copyProject();
  const start = performance.now();
  await serverless(project.folder, 'package');
  seconds = (performance.now() - start) / 1_000;
  resources = await readTemplate(project.folder);
});

afterAll(() => project.remove());

describe('the package', () => {
  it('is built offline, without credentials, in seconds', () => {
    expect(seconds).toBeLessThan(60);
  });

  it.each(allFunctionNames)('of %s stays under 500 KB', async (name) => {
    const { size } = await stat(join(packageFolder(project.folder), `${functionKey(name)}.zip`));
    expect(size).toBeLessThan(500_000);
  });
});

it('the configuration of this repository switches on mail and the digest', async () => {
  const off = { switch: 'is-false' };
  const on = { switch: 'is-true' };
  expect(await readSwitches(project.folder)).toEqual({ mail: on, chat: off, slack: off, author: off, securityHub: off, digest: on });
});

describe.each(allFunctionNames)('the function %s', (name) => {
  const logical = logicalName(name);

  it('runs on arm64 and nodejs24.x, and knows its bus, its account, the roles of the guard, the queue and the table', () => {
    const lambda = properties(`${logical}LambdaFunction`);
    expect(lambda).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: `${handlerOf(name)}.handler` });
    expect(lambda.Timeout).toBeGreaterThanOrEqual(60);
    expect(resolved(lambda.Environment.Variables)).toMatchObject({
      EVENT_BUS_NAME: 'trailguard-dev',
      ACCOUNT_ID: '123456789012',
      GUARD_ROLES: expect.stringContaining('trailguard-dev-policy-changes,'),
      JUDGE_AGAIN_QUEUE_URL: '<UsersToJudgeAgain>',
      ALERT_RECORDS_TABLE: '<AlertRecords>',
    });
    expect(resolved(lambda.Role)).toBe(`<${logical}Role.Arn>`);
    expect(properties(`${logical}Role`).RoleName).toBe(lambda.FunctionName);
  });

  it('forgets its logs one day, and says when it fails or is held back', () => {
    expect(properties(`${logical}LogGroup`)).toEqual({ LogGroupName: `/aws/lambda/trailguard-dev-${name}`, RetentionInDays: 90 });
    for (const metric of ['Errors', 'Throttles']) {
      expect(resolved(properties(`${logical}${metric}Alarm`))).toMatchObject({
        AlarmName: `trailguard-dev-${name}-${metric.toLowerCase()}`,
        Namespace: 'AWS/Lambda',
        MetricName: metric,
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        Dimensions: [{ Name: 'FunctionName', Value: `<${logical}LambdaFunction>` }],
        AlarmActions: ['<AlertTopic>'],
      });
    }
  });
});

describe.each(handlerNames)('the function %s', (handler) => {
  const name = logicalName(handler);

  it('is fed by one rule with the events of the catalog, from AWS alone', () => {
    const { EventPattern, Targets } = properties(`${name}Rule`);
    expect(EventPattern).toEqual({
      source: ['aws.iam'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: { eventSource: ['iam.amazonaws.com'], eventName: expect.any(Array) },
    });
    expect(EventPattern.detail.eventName.toSorted()).toEqual(eventsOf(handler).toSorted());
    expect(resolved(Targets)).toEqual([
      {
        Id: handler,
        Arn: `<${name}LambdaFunction.Arn>`,
        DeadLetterConfig: { Arn: '<UndeliveredEvents.Arn>' },
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
    ]);
  });

  it('may be invoked by that rule only', () => {
    const own = ofType(resources, 'AWS::Lambda::Permission').filter(
      ([, { Properties }]) => resolved(Properties.FunctionName) === `<${name}LambdaFunction>`,
    );
    expect(own.map(([, { Properties }]) => resolved(Properties))).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: `<${name}LambdaFunction>`,
        Principal: 'events.amazonaws.com',
        SourceAccount: '123456789012',
        SourceArn: `<${name}Rule.Arn>`,
      },
    ]);
  });

  it('is tried three times, then its event is kept', () => {
    expect(resolved(properties(`${name}Invocation`))).toEqual({
      FunctionName: `<${name}LambdaFunction>`,
      Qualifier: '$LATEST',
      MaximumEventAgeInSeconds: 21_600,
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: '<FailedEvents.Arn>' } },
    });
  });
});

describe('the rules', () => {
  it('that judge match what the guard itself does in one function alone, which hears of every tag', () => {
    const matched = ofType(resources, 'AWS::Events::Rule')
      .filter(([name]) => name !== 'SecurityHubChannelClearedRule')
      .flatMap(([name, { Properties }]) => (Properties.EventPattern?.detail?.eventName ?? []).map((event: string) => [name, event]));
    const own = ofType(resources, 'AWS::IAM::Role').flatMap(([, role]) => JSON.stringify(role).match(/iam:\w+/g) ?? []);
    expect(own).toContain('iam:TagUser');
    const tagEvents = ['TagUser', 'UntagUser', 'TagPolicy', 'UntagPolicy'];
    expect(matched.filter(([, event]) => own.includes(`iam:${event}`))).toEqual(tagEvents.map((event) => ['AccountChangesRule', event]));
  });

  it('are one for each function that hears of events, one that starts the sweep, one that tells of it, and those of the channels', () => {
    const named = ofType(resources, 'AWS::Events::Rule').map(([name]) => name);
    const judging = handlerNames.map((name) => `${logicalName(name)}Rule`);
    const telling = channelNames.map((name) => `${logicalName(name)}Rule`);
    expect(named.toSorted()).toEqual([...judging, ...telling, 'SecurityHubChannelClearedRule', 'SweepRule', 'SevereSweepRule'].toSorted());
    expect(ofType(resources, 'AWS::Lambda::Function')).toHaveLength(allFunctionNames.length);
  });
});

describe('the function judge-user', () => {
  it('gets one user at a time from the queue, and from nowhere else', () => {
    const feeding = ofType(resources, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => resolved(Properties) as object);
    expect(feeding.filter((mapping) => JSON.stringify(mapping).includes('JudgeUser'))).toEqual([
      {
        EventSourceArn: '<UsersToJudgeAgain.Arn>',
        FunctionName: '<JudgeUserLambdaFunction>',
        BatchSize: 1,
        ScalingConfig: { MaximumConcurrency: 10 },
      },
    ]);
    const invoking = ofType(resources, 'AWS::Lambda::Permission').map(([, { Properties }]) => resolved(Properties.FunctionName));
    expect(invoking).not.toContain('<JudgeUserLambdaFunction>');
  });

  it('is not given a user again while it may still be at it', () => {
    expect(properties('UsersToJudgeAgain').VisibilityTimeout).toBeGreaterThanOrEqual(6 * properties('JudgeUserLambdaFunction').Timeout);
  });

  it('is told of a user when IAM has settled, in the order of its events, and no user is lost', () => {
    expect(resolved(properties('UsersToJudgeAgain'))).toMatchObject({
      FifoQueue: true,
      DelaySeconds: 120,
      RedrivePolicy: { deadLetterTargetArn: '<UsersNotJudged.Arn>', maxReceiveCount: 5 },
    });
    // A FIFO queue takes a FIFO queue only.
    expect(properties('UsersNotJudged').FifoQueue).toBe(true);
    for (const name of ['UsersToJudgeAgain', 'UsersNotJudged']) {
      expect(properties(name).QueueName).toMatch(/^[\w-]{1,75}\.fifo$/);
      // What is said twice of one user is told apart by the guard, not by the text.
      expect(properties(name)).not.toHaveProperty('ContentBasedDeduplication');
    }
  });

  it('is missed: an alarm tells where users wait although every try is over', () => {
    const { VisibilityTimeout, DelaySeconds, RedrivePolicy } = properties('UsersToJudgeAgain');
    const alarm = resolved(properties('UsersWaitingAlarm')) as { Threshold: number };
    expect(alarm).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateAgeOfOldestMessage',
      Statistic: 'Maximum',
      Dimensions: [{ Name: 'QueueName', Value: '<UsersToJudgeAgain.QueueName>' }],
      AlarmActions: ['<AlertTopic>'],
    });
    expect(alarm.Threshold).toBeGreaterThan(DelaySeconds + VisibilityTimeout * RedrivePolicy.maxReceiveCount);
  });
});

rolesSuite(() => resources);
sweepSuite(() => resources);
channelsSuite(() => resources);

describe('the queues', () => {
  it('are encrypted and keep 14 days', () => {
    const queues = ofType(resources, 'AWS::SQS::Queue');
    // Five of the guard, one of each channel, and the one of the digest.
    expect(queues).toHaveLength(5 + channelNames.length + 1);
    for (const [name, queue] of queues) {
      expect(queue.Properties, name).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 3_600 });
    }
  });

  it.each(['UndeliveredEvents', 'FailedEvents', 'UndeliveredAlerts', 'UsersNotJudged'])('%s is watched', (name) => {
    expect(resolved(properties(`${name}Alarm`))).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: `<${name}.QueueName>` }],
      Threshold: 0,
      AlarmActions: ['<AlertTopic>'],
    });
  });

  it.each(['UndeliveredEvents', 'FailedEvents', 'UndeliveredAlerts'])(
    '%s tells of each arrival, while earlier ones still lie there',
    (name) => {
      const { AlarmName, AlarmDescription, ...alarm } = properties(`${name}ArrivalAlarm`);
      expect(resolved(alarm)).toEqual({
        Namespace: 'AWS/SQS',
        MetricName: 'NumberOfMessagesSent',
        Dimensions: [{ Name: 'QueueName', Value: `<${name}.QueueName>` }],
        Statistic: 'Sum',
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
        AlarmActions: ['<AlertTopic>'],
      });
      // The topic's policy lets in alarms of this name only.
      expect(AlarmName).toMatch(/^trailguard-dev-.+-arrival$/);
      expect(AlarmDescription).toContain(name);
    },
  );

  it.each([
    ['UndeliveredEvents', [...handlerNames, 'sweep'].map((name) => `<${logicalName(name)}Rule.Arn>`)],
    ['UndeliveredAlerts', '<SevereSweepRule.Arn>'],
  ])('%s takes events of its rules only', (name, sources) => {
    const { Queues, PolicyDocument } = properties(`${name}Policy`);
    expect(resolved(Queues)).toEqual([`<${name}>`]);
    expect(resolved(PolicyDocument.Statement)).toMatchObject([
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: `<${name}.Arn>`,
        Condition: { ArnEquals: { 'aws:SourceArn': sources } },
      },
    ]);
  });
});

describe('the table of alerts that were told', () => {
  it('is paid by use, encrypted, can be restored to any second, and forgets what is over', () => {
    expect(ofType(resources, 'AWS::DynamoDB::Table').map(([name]) => name)).toEqual(['AlertRecords']);
    expect(properties('AlertRecords')).toEqual({
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expiration', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
    });
  });

  it('is missed: an alarm tells where alerts could not be written down', () => {
    expect(resolved(properties('AlertsUnrecordedAlarm'))).toMatchObject({
      Namespace: 'Trailguard',
      MetricName: 'AlertsUnrecorded',
      Dimensions: [{ Name: 'service', Value: 'trailguard-dev' }],
      Statistic: 'Sum',
      Threshold: 0,
      AlarmActions: ['<AlertTopic>'],
    });
  });
});

describe('the alerts', () => {
  it('come by no alarm that the topic would not let in', () => {
    for (const [name, alarm] of ofType(resources, 'AWS::CloudWatch::Alarm')) {
      expect(alarm.Properties.AlarmName, name).toMatch(/^trailguard-dev-/);
      expect(resolved(alarm.Properties.AlarmActions), name).toEqual(['<AlertTopic>']);
    }
  });

  it('are published by EventBridge, without a condition that it could not meet, and by the alarms of the guard', () => {
    const [rules, alarms] = resolved(properties('AlertTopicPolicy').PolicyDocument.Statement) as Record<string, unknown>[];
    expect(rules).toMatchObject({ Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish' });
    expect(rules).not.toHaveProperty('Condition');
    expect([alarms]).toMatchObject([
      {
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { ArnLike: { 'aws:SourceArn': expect.stringContaining(':alarm:trailguard-dev-*') } },
      },
    ]);
  });

  it('are encrypted under a key that EventBridge and the alarms may use', () => {
    expect(resolved(properties('AlertTopic').KmsMasterKeyId)).toBe('<AlertKey>');
    expect(properties('AlertKey').EnableKeyRotation).toBe(true);
    const statements = resolved(properties('AlertKey').KeyPolicy.Statement) as { Principal: { Service?: string[] } }[];
    expect(statements.filter(({ Principal }) => Principal.Service !== undefined)).toEqual([
      {
        Sid: 'PublishersOfTheTopic',
        Effect: 'Allow',
        Principal: { Service: ['events.amazonaws.com', 'cloudwatch.amazonaws.com'] },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: '*',
      },
    ]);
  });
});
