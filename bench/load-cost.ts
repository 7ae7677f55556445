import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { CallSample, CallsOfKind } from './load-moto.ts';
import type { LoadRun } from './load-run.ts';
import { type Price, prices } from './prices.ts';

/** What can't be measured here; the table says so. Of IAM's and the other services' latencies AWS publishes none: set them to what you measure. */
export const assumed = {
  /** From a function in us-east-1 to IAM's answer, in milliseconds, for each round of calls. */
  iamLatency: 60,
  /** To the answer of DynamoDB, SQS, EventBridge or SNS, in milliseconds, for each request. */
  otherLatency: 10,
  /** Lambda's own START, END and REPORT of an invocation, in bytes. */
  platformLog: 400,
  /** Long polls of Lambda on one queue that holds nothing: five pollers, 20 seconds each. */
  pollsAMonth: (5 * 30 * 24 * 3_600) / 20,
  /** Subscribers of the topic of the alerts. */
  subscribers: 1,
} as const;

/** Memory at which Lambda gives a function one whole CPU, in MB. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const memoryOfOneCpu = 1_769;

/** One line of the bill for a million events in a month. `fixed` is owed without any event. */
export interface CostLine {
  readonly what: string;
  readonly quantity: number;
  readonly price: Price;
  readonly fixed?: true;
}

/** Milliseconds that one invocation of each kind is billed for, on average. */
export interface Durations {
  readonly first: number;
  readonly second: number;
  readonly mail: number;
}

/** Memory of a function, in MB, as serverless.yml says. */
export function configuredMemory(): number {
  const { provider } = parse(readFileSync('serverless.yml', 'utf8'), { logLevel: 'silent' }) as { provider: { memorySize: number } };
  return provider.memorySize;
}

/** Alarms that are there with the channels that are on by default: mail and digest. */
function alarmCount(): number {
  const count = (file: string, of: RegExp) => readFileSync(`stack/${file}.yml`, 'utf8').match(of)?.length ?? 0;
  const everywhere = ['alarms', 'judge-again', 'sweep', 'dashboard'].map((file) => count(file, /Type: AWS::CloudWatch::Alarm/g));
  return everywhere.reduce((sum, alarms) => sum + alarms, count('channel-alarms', /Condition: (Mail|Digest)Channel$/gm));
}

/** How long invocations last: own CPU time, stretched to the share of a CPU that the memory buys, and what is waited for. */
export function durationsOf({ timings, asked, events }: LoadRun, sample: CallSample, iamLatency: number = assumed.iamLatency): Durations {
  const stretch = Math.max(1, memoryOfOneCpu / configuredMemory());
  const own = (name: string) => ((timings.find((timing) => timing.name === name)?.mean ?? 0) / 1_000) * stretch;
  const waiting = ({ rounds, invocations }: CallsOfKind) => (invocations === 0 ? 0 : (rounds / invocations) * iamLatency);
  const requests = (pattern: RegExp) =>
    Object.entries(asked).reduce((sum, [operation, times]) => sum + (pattern.test(operation) ? times : 0), 0) * assumed.otherLatency;
  const mails = timings.find(({ name }) => name === 'channel mail')?.count ?? 0;
  return {
    first: own('first look') + waiting(sample.first) + requests(/^(DynamoDB|AWSEvents|AmazonSQS)/) / events,
    second: own('second look') + waiting(sample.second),
    mail: own('channel mail') + waiting(sample.mail) + (mails === 0 ? 0 : requests(/^SNS/) / mails),
  };
}

/** The bill for a million events in a month, from what was measured. */
export function costLines(run: LoadRun, sample: CallSample): CostLine[] {
  const million = (count: number) => (count / run.events) * 1_000_000;
  const count = (name: string) => million(run.timings.find((timing) => timing.name === name)?.count ?? 0);
  const asked = (operation: string) => million(run.asked[operation] ?? 0);
  const durations = durationsOf(run, sample);
  const gigabytes = configuredMemory() / 1_024;
  const [first, second, mail] = [count('first look'), count('second look'), count('channel mail')];
  const invocations = first + second + mail;
  const seconds = (first * durations.first + second * durations.second + mail * durations.mail) / 1_000;
  const digested = million(run.told.digest);
  const mails = million(run.told.mail + run.digestMails);
  const writes = asked('DynamoDB_20120810.PutItem') + asked('DynamoDB_20120810.UpdateItem');
  return [
    { what: 'Lambda, requests', quantity: invocations, price: prices.lambdaRequest },
    { what: 'Lambda, duration', quantity: seconds * gigabytes, price: prices.lambdaDuration },
    {
      what: 'EventBridge, verdicts on the guard’s bus (AWS’s own events are free)',
      quantity: asked('AWSEvents.PutEvents'),
      price: prices.busEvent,
    },
    {
      what: 'SQS FIFO: users to judge again, sent in batches, received and deleted one by one',
      quantity: asked('AmazonSQS.SendMessageBatch') + 2 * asked('messages'),
      price: prices.fifoRequest,
    },
    { what: 'SQS FIFO: Lambda’s polls of an empty queue', quantity: assumed.pollsAMonth, price: prices.fifoRequest, fixed: true },
    { what: 'SQS: verdicts to digest, received and deleted by tens', quantity: digested * 1.2, price: prices.queueRequest },
    { what: 'SQS: Lambda’s polls of an empty queue', quantity: assumed.pollsAMonth, price: prices.queueRequest, fixed: true },
    { what: 'DynamoDB, two writes for each alert (what expires is deleted free of charge)', quantity: writes, price: prices.tableWrite },
    {
      what: 'CloudWatch Logs',
      quantity: million(run.log.bytes) + invocations * assumed.platformLog,
      price: prices.logBytes,
    },
    { what: 'CloudWatch, custom metrics', quantity: new Set([...run.metrics, ...sample.metrics]).size, price: prices.metric, fixed: true },
    { what: 'CloudWatch, alarms, with the channels mail and digest', quantity: alarmCount(), price: prices.alarm, fixed: true },
    { what: 'CloudWatch, dashboard', quantity: 1, price: prices.dashboard, fixed: true },
    { what: 'SNS, messages', quantity: mails, price: prices.topicRequest },
    { what: 'SNS, mails to one subscriber', quantity: mails * assumed.subscribers, price: prices.mail },
    { what: 'KMS, the topic’s key', quantity: 1, price: prices.key, fixed: true },
    { what: 'KMS, at most two requests for each message of the topic', quantity: mails * 2, price: prices.keyRequest },
  ];
}

/** What a line costs, in dollars. */
export function dollars({ quantity, price }: CostLine): number {
  return (quantity / price.per) * price.dollars;
}
