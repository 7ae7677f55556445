import { createPublisher } from '../alerts/publish.ts';
import { isToldAtOnce } from '../alerts/told-at-once.ts';
import { quoteStatements } from '../guard/quote-statements.ts';
import { rationales } from '../guard/rationales.ts';
import type { RecordingPorts } from '../handlers/alert-once.ts';
import { createChannelStack } from '../handlers/channels/channel-stack.ts';
import { createMailDelivery } from '../handlers/channels/mail.ts';
import { createIsOwn } from '../handlers/is-own.ts';
import { createJudgeAgain } from '../handlers/judge-again-queue.ts';
import { createStack } from '../handlers/stack.ts';
import { createUserStack } from '../handlers/user-stack.ts';
import { type CallCounter, createCallCounter } from '../iam/call-counter.ts';
import type { Directory, TagWriter } from '../iam/directory.ts';
import { defaultChannels } from '../schemas/channels.ts';
import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';
import { defaultConfiguration } from '../schemas/configuration.ts';
import type { UserRequest } from '../schemas/user-request.ts';
import type { Verdict } from '../schemas/verdict.ts';
import type { Answering } from './load-answers.ts';

/** The role that the guard's own calls come from. */
export const guardRole = 'trailguard-bench';

/** What the functions are put together from. */
export interface FunctionParts {
  readonly account: string;
  readonly answering: Answering;
  /** IAM, as each function meets it. */
  readonly directory: () => Directory & TagWriter;
  readonly now: () => Date;
  readonly calls?: CallCounter;
}

/** The guard's functions as Lambda calls them: the real handlers, with real clients of all services but IAM. */
export interface Functions {
  firstLook(record: CloudTrailRecord): Promise<void>;
  secondLook(request: UserRequest): Promise<void>;
  mail(verdict: Verdict): Promise<void>;
}

const context = {
  functionName: guardRole,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:us-east-1:111122223333:function:${guardRole}`,
  memoryLimitInMB: '1024',
  awsRequestId: '11111111-2222-4333-8444-555555555555',
  getRemainingTimeInMillis: () => 50_000,
} as Parameters<ReturnType<typeof createStack>>[1];

/** Functions that have handled nothing yet. */
export function createFunctions({ account, answering, directory, now, calls = createCallCounter() }: FunctionParts): Functions {
  const { eventBridge, dynamoDb, sqs, sns } = answering;
  const url = `https://sqs.us-east-1.amazonaws.com/${account}/users-to-judge-again.fifo`;
  const ports: RecordingPorts = {
    directory: (asked) => (asked === account ? directory() : undefined),
    publish: createPublisher({ client: eventBridge, busName: guardRole }),
    records: { client: dynamoDb, tableName: 'alert-records' },
    isOwn: createIsOwn(account, [guardRole]),
    judgeAgain: createJudgeAgain({ client: sqs, url, now }),
    now,
    configuration: defaultConfiguration,
  };
  const first = createStack({ ports: () => ports, calls });
  const second = createUserStack({ ports: () => ports, calls });
  const deliver = () =>
    createMailDelivery(
      defaultChannels,
      { ALERT_TOPIC_ARN: `arn:aws:sns:us-east-1:${account}:alerts` },
      { client: sns, background: async (verdict) => ({ rationales, ...(await quoteStatements(verdict, directory())) }) },
    );
  const mail = createChannelStack({ channel: 'mail', deliver, now });
  const envelope = (source: string, type: string, detail: { readonly [name: string]: unknown }, time: string) => ({
    version: '0',
    id: 'eeeeeeee-0000-4000-8000-000000000000',
    'detail-type': type,
    source,
    account,
    time,
    region: 'us-east-1',
    resources: [],
    detail,
  });
  return {
    firstLook: (record) => first(envelope('aws.iam', 'AWS API Call via CloudTrail', record, record.eventTime), context),
    secondLook: (request) => second({ Records: [{ messageId: request.event.id, body: JSON.stringify(request) }] }, context),
    mail: (verdict) => mail(envelope('trailguard', 'IAM Policy Verdict', { ...verdict }, verdict.event.time), context),
  };
}

/** Where a verdict on the bus goes besides the mail channel's function: to a mail of its own, into the digest, or nowhere. */
export function channelOf({ outcome, severity }: Verdict): 'mail' | 'digest' | 'none' {
  if (isToldAtOnce({ outcome, severity }, defaultChannels.mail.minSeverity)) return 'mail';
  const gathered = (outcome === 'flagged' || outcome === 'attempted') && (severity === 'low' || severity === 'medium');
  return gathered ? 'digest' : 'none';
}
