import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, handlerNames } from '../../events/catalog.ts';
import { aVerdict } from '../alerts/verdicts.ts';
import { copyProject, packageFolder, serverless } from './project.ts';
import { rolesSuite } from './roles-suite.ts';
import { logicalName, ofType, type Resource, readTemplate, resolved } from './template.ts';

let project: Awaited<ReturnType<typeof copyProject>>;
let resources: Record<string, Resource>;
let seconds: number;

/** What a path such as `$.detail.id` finds. */
const at = (value: unknown, path: string): unknown =>
  path
    .split(/[.[\]]+/)
    .slice(1)
    .reduce((part, key) => (part as Record<string, unknown> | undefined)?.[key], value);
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

  it.each(['policyChanges', 'userPermissions', 'userCredentials'])('%s.zip stays under 500 KB', async (name) => {
    const { size } = await stat(join(packageFolder(project.folder), `${name}.zip`));
    expect(size).toBeLessThan(500_000);
  });
});

describe.each(handlerNames)('the function %s', (handler) => {
  const name = logicalName(handler);

  it('runs on arm64 and nodejs24.x, and knows its bus and account', () => {
    const lambda = properties(`${name}LambdaFunction`);
    expect(lambda).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: `handlers/${handler}.handler` });
    expect(lambda.Timeout).toBeGreaterThanOrEqual(60);
    expect(resolved(lambda.Environment.Variables)).toEqual({ EVENT_BUS_NAME: 'trailguard-dev', ACCOUNT_ID: '123456789012' });
    expect(resolved(lambda.Role)).toBe(`<${name}Role.Arn>`);
  });

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

  it('forgets its logs one day, and says when it fails or is held back', () => {
    expect(properties(`${name}LogGroup`)).toEqual({ LogGroupName: `/aws/lambda/trailguard-dev-${handler}`, RetentionInDays: 90 });
    for (const metric of ['Errors', 'Throttles']) {
      expect(resolved(properties(`${name}${metric}Alarm`))).toMatchObject({
        Namespace: 'AWS/Lambda',
        MetricName: metric,
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        Dimensions: [{ Name: 'FunctionName', Value: `<${name}LambdaFunction>` }],
        AlarmActions: ['<AlertTopic>'],
      });
    }
  });
});

describe('the rules', () => {
  it('never match what the guard itself does', () => {
    const matched = ofType(resources, 'AWS::Events::Rule').flatMap(([, { Properties }]) => Properties.EventPattern.detail.eventName ?? []);
    const own = ofType(resources, 'AWS::IAM::Role').flatMap(([, role]) => JSON.stringify(role).match(/iam:\w+/g) ?? []);
    expect(own).toContain('iam:TagUser');
    expect(matched.filter((event) => own.includes(`iam:${event}`))).toEqual([]);
  });

  it('are as many as the functions, and two for the alerts', () => {
    expect(ofType(resources, 'AWS::Events::Rule')).toHaveLength(handlerNames.length + 2);
    expect(ofType(resources, 'AWS::Lambda::Function')).toHaveLength(handlerNames.length);
  });
});

rolesSuite(() => resources);

describe('the queues', () => {
  it.each(['UndeliveredEvents', 'FailedEvents', 'UndeliveredAlerts'])('%s is encrypted, keeps 14 days, and is watched', (name) => {
    expect(properties(name)).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 3_600 });
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
    ['UndeliveredEvents', handlerNames.map((handler) => `<${logicalName(handler)}Rule.Arn>`)],
    ['UndeliveredAlerts', ['<SevereVerdictRule.Arn>', '<UndeterminedVerdictRule.Arn>']],
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

describe('the alerts', () => {
  it.each([
    ['SevereVerdictRule', { severity: ['high', 'critical'] }, aVerdict()],
    ['UndeterminedVerdictRule', { outcome: ['undetermined'] }, aVerdict({ outcome: 'undetermined', severity: 'medium', findings: [] })],
  ])('of %s reach the topic, in words', (name, detail, verdict) => {
    const { EventBusName, EventPattern, Targets } = properties(name);
    expect(resolved(EventBusName)).toBe('<AlertBus.Name>');
    expect(EventPattern).toEqual({ source: ['trailguard'], 'detail-type': ['IAM Policy Verdict'], detail });
    const [{ Arn, DeadLetterConfig, InputTransformer }] = Targets;
    expect(resolved([Arn, DeadLetterConfig])).toEqual(['<AlertTopic>', { Arn: '<UndeliveredAlerts.Arn>' }]);
    const said = InputTransformer.InputTemplate.match(/<\w+>/g).map((placeholder: string) => placeholder.slice(1, -1));
    expect(new Set(said)).toEqual(new Set(Object.keys(InputTransformer.InputPathsMap)));
    const alert: unknown = { detail: verdict };
    for (const path of Object.values(InputTransformer.InputPathsMap))
      expect(at(alert, String(path)), String(path)).toEqual(expect.any(String));
    expect(said).toEqual(expect.arrayContaining(['severity', 'summary', 'time', 'account', 'verdict']));
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
