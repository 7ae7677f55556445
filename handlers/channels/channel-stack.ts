import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { answerNothing } from '../middleware/answer-nothing.ts';
import { once } from '../once.ts';
import { createLogger, createMetrics } from '../powertools.ts';
import { secondsSince } from '../seconds-since.ts';
import type { GuardHandler } from '../stack.ts';
import type { Deliver, Delivery } from './delivery.ts';

/** What the stack of a channel is put together from; `logger` and `metrics` have real defaults, and a test may hand in its own. */
export interface ChannelStackParts {
  /** The channel's name, a dimension of its metrics. */
  readonly channel: string;
  /** Made at the first event. */
  readonly deliver: () => Deliver;
  readonly logger?: Logger;
  readonly metrics?: Metrics;
  readonly now?: () => Date;
}

/**
 * The one stack of all channels. From outside in: answer nothing, log, metrics, tell. The verdict's id is the correlation id. Metrics: `Alerts` by channel,
 * `SecondsToAlert` since the event's time, and `Errors`. A line says what was told, never its text.
 */
export const createChannelStack = (parts: ChannelStackParts): GuardHandler => {
  const { channel, logger = createLogger(), now = () => new Date() } = parts;
  const { metrics = createMetrics(logger) } = parts;
  const deliver = once(parts.deliver);
  const stack = middy()
    .use(answerNothing())
    .use(injectLambdaContext(logger, { logEvent: false, resetKeys: true }))
    .use(logMetrics(metrics))
    .onError(({ error }) => {
      logger.error('not told', { channel, error });
      metrics.addMetadata('error', error instanceof Error ? error.name : 'unknown');
      metrics.addMetric('Errors', MetricUnit.Count, 1);
    })
    .handler(async (event: unknown, _context: Context) => {
      logger.setCorrelationId(correlationOf(event));
      metrics.addDimension('channel', channel);
      const { told, time, left, unquoted } = await deliver()(event);
      logger.info(told > 0 ? 'told' : 'not for this channel', { channel, told, ...known({ left, unquoted }) });
      measure(metrics, { told, time }, now());
    });
  return stack as unknown as GuardHandler;
};

/** Without what is undefined. */
function known(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

/** Counts what a channel told, and how long after the event it did. */
export function measure(metrics: Metrics, { told, time }: Pick<Delivery, 'told' | 'time'>, now: Date): void {
  metrics.addMetric('Alerts', MetricUnit.Count, told);
  const seconds = secondsSince(time, now);
  if (told > 0 && seconds !== undefined) metrics.addMetric('SecondsToAlert', MetricUnit.Seconds, seconds);
}

/** The verdict's id; of a CloudTrail event its own id; of anything else the envelope's. */
function correlationOf(event: unknown): string {
  const field = (value: unknown, name: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  const detail = field(event, 'detail');
  const id = field(detail, 'id') ?? field(detail, 'eventID') ?? field(event, 'id');
  return typeof id === 'string' ? id : 'unknown';
}
