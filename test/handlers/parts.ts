import type { Context } from 'aws-lambda';
import { vi } from 'vitest';
import type { GuardPorts } from '../../guard/ports.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import type { UserRequest } from '../../schemas/user-request.ts';

/** The environment of a function of the guard. */
export const variables = {
  EVENT_BUS_NAME: 'trailguard-test',
  ACCOUNT_ID: '123456789012',
  GUARD_ROLES: 'trailguard-test-account-changes,trailguard-test-judge-user',
  JUDGE_AGAIN_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/trailguard-test-users-to-judge-again.fifo',
  ALERT_RECORDS_TABLE: 'trailguard-test-alert-records',
} as const;

/** A Lambda context, as far as the stack reads it. */
export const aContext = (): Context =>
  ({
    functionName: 'trailguard-test-policy-changes',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:trailguard-test-policy-changes',
    memoryLimitInMB: '512',
    awsRequestId: '11111111-2222-4333-8444-555555555555',
    getRemainingTimeInMillis: () => 50_000,
  }) as Context;

/** An EventBridge envelope around a CloudTrail record of IAM. */
export const anEnvelope = (record: Record<string, unknown> = {}, envelope: Record<string, unknown> = {}) => ({
  version: '0',
  id: 'eeeeeeee-0000-4000-8000-000000000000',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.iam',
  account: '123456789012',
  time: '2026-03-01T10:00:02Z',
  region: 'us-east-1',
  resources: [],
  detail: {
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', userName: 'alice', accountId: '123456789012', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    eventTime: '2026-03-01T10:00:00Z',
    eventSource: 'iam.amazonaws.com',
    eventName: 'PutUserPolicy',
    awsRegion: 'us-east-1',
    requestParameters: {
      userName: 'bob',
      policyName: 'all',
      policyDocument: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    },
    responseElements: null,
    eventID: '7f1c2a9e-1111-4222-8333-944455556666',
    recipientAccountId: '123456789012',
    ...record,
  },
  ...envelope,
});

/** What Lambda hands over for one message of the queue of users to judge again. */
export const aMessage = (body: unknown) => ({
  Records: [
    {
      messageId: 'aaaaaaaa-0000-4000-8000-000000000000',
      receiptHandle: 'handle',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      attributes: { ApproximateReceiveCount: '1', MessageGroupId: '123456789012/bob' },
      messageAttributes: {},
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:trailguard-test-users-to-judge-again.fifo',
      awsRegion: 'us-east-1',
    },
  ],
});

/** A request to judge bob once more because of the event of `anEnvelope`. */
export const aRequest = (overrides: Partial<UserRequest> = {}): UserRequest => ({
  user: 'bob',
  relation: 'subject',
  event: {
    id: '7f1c2a9e-1111-4222-8333-944455556666',
    name: 'PutUserPolicy',
    time: '2026-03-01T10:00:00Z',
    source: 'iam.amazonaws.com',
    account: '123456789012',
    region: 'us-east-1',
  },
  actor: { type: 'IAMUser', name: 'alice', accountId: '123456789012' },
  ...overrides,
});

/** Ports that touch nothing; the clock stands five seconds after the event of `anEnvelope`. */
export const idlePorts = (now = new Date('2026-03-01T10:00:05Z')): GuardPorts => ({
  directory: () => undefined,
  publish: async () => undefined,
  now: () => now,
  configuration: defaultConfiguration,
});

/** What Powertools writes to standard output and error from now on, line by line. It holds consoles of its own, so the streams are watched. */
export const capturedLines = () => {
  const lines: Record<string, unknown>[] = [];
  const take = (chunk: unknown): boolean => {
    for (const line of String(chunk).trimEnd().split('\n')) lines.push(JSON.parse(line));
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(take);
  vi.spyOn(process.stderr, 'write').mockImplementation(take);
  return {
    text: () => JSON.stringify(lines),
    logs: () => lines.filter((line) => !('_aws' in line)),
    metrics: () => lines.filter((line) => '_aws' in line).map(({ _aws, ...values }) => values),
  };
};
