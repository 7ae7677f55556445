import { describe, expect, it } from 'vitest';
import { canaryPrefix } from '../../cli/doctor/canary-record.ts';
import { channelNames, logicalName, ofType, type Resource, resolved } from './template.ts';

const behindRules = channelNames.filter((name) => name !== 'digest-channel');

/** The suite of the channels, on the packaged template that `resources` gives once it is there. */
export const channelsSuite = (resources: () => Record<string, Resource>): void => {
  const properties = (name: string) => resources()[name]?.Properties;

  describe.each(channelNames)('the channel %s', (channel) => {
    const name = logicalName(channel);

    it('is there where it is switched on, with all that belongs to it, and else not at all', () => {
      const own = Object.entries(resources()).filter(([logical]) => logical.startsWith(name));
      expect(own.length).toBeGreaterThanOrEqual(10);
      for (const [logical, { Condition }] of own) expect(Condition, logical).toBe(name);
    });

    it('is watched: what it did not get through, its errors and its throttles', () => {
      expect(resolved(properties(`${name}UndeliveredAlarm`))).toMatchObject({
        AlarmName: `trailguard-dev-${channel}-undelivered`,
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Dimensions: [{ Name: 'QueueName', Value: `<${name}Undelivered.QueueName>` }],
        Threshold: 0,
        AlarmActions: ['<AlertTopic>'],
      });
    });

    it('hears of verdicts on the bus of the guard, and what EventBridge can not hand over lies in its own queue', () => {
      const { EventBusName, EventPattern, Targets } = resolved(properties(`${name}Rule`)) as Record<string, unknown>;
      expect(EventBusName).toBe('<AlertBus.Name>');
      expect(EventPattern).toMatchObject({ source: ['trailguard'], 'detail-type': expect.arrayContaining(['IAM Policy Verdict']) });
      expect(Targets).toEqual([
        {
          Id: channel,
          Arn: channel === 'digest-channel' ? '<VerdictsToDigest.Arn>' : `<${name}LambdaFunction.Arn>`,
          DeadLetterConfig: { Arn: `<${name}Undelivered.Arn>` },
          RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        },
      ]);
    });
  });

  describe.each(behindRules)('the channel %s', (channel) => {
    const name = logicalName(channel);
    const rules = channel === 'security-hub-channel' ? [`<${name}Rule.Arn>`, `<${name}ClearedRule.Arn>`] : [`<${name}Rule.Arn>`];

    it('may be invoked by its rules only', () => {
      const permissions = ofType(resources(), 'AWS::Lambda::Permission')
        .map(([, { Properties }]) => resolved(Properties) as Record<string, string>)
        .filter(({ FunctionName }) => FunctionName === `<${name}LambdaFunction>`);
      expect(permissions.map(({ SourceArn }) => SourceArn)).toEqual(rules);
      for (const { Principal, SourceAccount } of permissions)
        expect([Principal, SourceAccount]).toEqual(['events.amazonaws.com', '123456789012']);
    });

    it('is tried three times, then its event is kept in its own queue', () => {
      expect(resolved(properties(`${name}Invocation`))).toMatchObject({
        FunctionName: `<${name}LambdaFunction>`,
        MaximumRetryAttempts: 2,
        DestinationConfig: { OnFailure: { Destination: `<${name}Undelivered.Arn>` } },
      });
    });

    it('has a queue that takes events of its rules only', () => {
      const { Queues, PolicyDocument } = resolved(properties(`${name}UndeliveredPolicy`)) as { Queues: unknown; PolicyDocument: unknown };
      expect(Queues).toEqual([`<${name}Undelivered>`]);
      expect(PolicyDocument).toMatchObject({
        Statement: [
          {
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: `<${name}Undelivered.Arn>`,
            Condition: { ArnEquals: { 'aws:SourceArn': rules.length === 1 ? rules[0] : rules } },
          },
        ],
      });
    });
  });

  describe('the digest', () => {
    it('gathers what is low or medium and could be judged, but no canary of the doctor', () => {
      expect(properties('DigestChannelRule').EventPattern.detail).toEqual({
        id: [{ 'anything-but': { prefix: canaryPrefix } }],
        severity: ['low', 'medium'],
        outcome: ['flagged', 'attempted'],
      });
    });

    it('waits as long as the configuration says, in as few batches as can be, and is told which messages come again', () => {
      expect(resolved(properties('DigestChannelMapping'))).toEqual({
        EventSourceArn: '<VerdictsToDigest.Arn>',
        FunctionName: '<DigestChannelLambdaFunction>',
        BatchSize: 1_000,
        MaximumBatchingWindowInSeconds: 300,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 2 },
      });
    });

    it('is not given a verdict again while it may still gather it, and loses none', () => {
      const { VisibilityTimeout, RedrivePolicy } = resolved(properties('VerdictsToDigest')) as Record<string, unknown>;
      expect(VisibilityTimeout).toBeGreaterThanOrEqual(6 * properties('DigestChannelLambdaFunction').Timeout + 300);
      expect(RedrivePolicy).toEqual({ deadLetterTargetArn: '<DigestChannelUndelivered.Arn>', maxReceiveCount: 5 });
      expect(properties('VerdictsWaitingAlarm').Threshold).toBeGreaterThan(5 * Number(VisibilityTimeout));
    });

    it('has queues that take events of its rule only', () => {
      expect(resolved(properties('DigestChannelQueuePolicy'))).toMatchObject({
        Queues: ['<VerdictsToDigest>', '<DigestChannelUndelivered>'],
        PolicyDocument: { Statement: [{ Condition: { ArnEquals: { 'aws:SourceArn': '<DigestChannelRule.Arn>' } } }] },
      });
    });
  });

  it("Security Hub hears of the guard's own tagging and of deletions, from AWS alone", () => {
    const { EventBusName, EventPattern } = properties('SecurityHubChannelClearedRule');
    expect(EventBusName).toBeUndefined();
    expect(EventPattern).toEqual({
      source: ['aws.iam'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: ['iam.amazonaws.com'],
        eventName: ['TagUser', 'TagPolicy', 'DeleteUser', 'DeleteGroup', 'DeleteRole', 'DeletePolicy'],
      },
    });
    expect(properties('SecurityHubChannelRule').EventPattern['detail-type']).toEqual(['IAM Policy Verdict', 'IAM Sweep Summary']);
  });

  it('the topic of the chat is its own, under the key of the alerts', () => {
    expect(resolved(properties('ChatTopic'))).toEqual({ TopicName: 'trailguard-dev-chat', KmsMasterKeyId: '<AlertKey>' });
    expect(resolved(properties('ChatChannelLambdaFunction').Environment.Variables)).toMatchObject({ CHAT_TOPIC_ARN: '<ChatTopic>' });
  });
};
