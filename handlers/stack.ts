import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { judge } from '../guard/guard.ts';
import { recordId } from '../guard/record-id.ts';
import { type CallCounter, createCallCounter } from '../iam/call-counter.ts';
import type { EventBridgeEnvelope } from '../schemas/eventbridge-envelope.ts';
import { alertOnce, type RecordingPorts } from './alert-once.ts';
import { metricNames } from './metric-names.ts';
import { answerNothing } from './middleware/answer-nothing.ts';
import { eventMetrics } from './middleware/event-metrics.ts';
import { iamCallMetrics } from './middleware/iam-call-metrics.ts';
import { schemaGate } from './middleware/schema-gate.ts';
import { verdictLog } from './middleware/verdict-log.ts';
import { verdictMetrics } from './middleware/verdict-metrics.ts';
import { once } from './once.ts';
import { createPorts } from './ports.ts';
import { createLogger, createMetrics } from './powertools.ts';
import { timeAlerts } from './time-alerts.ts';

/** What a stack is put together from; each has its real default, and a test may hand in its own. */
export interface StackParts {
  readonly judge: typeof judge;
  readonly ports: () => RecordingPorts;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** What the ports ask of IAM. */
  readonly calls: CallCounter;
}

/** A Lambda function of the guard: it takes an EventBridge envelope, answers nothing, and throws what must be retried. */
export type GuardHandler = (event: unknown, context: Context) => Promise<void>;

/**
 * The one stack of all handlers. From outside in: answer nothing, log, metrics, schema gate, judge. An event that no rule should
 * have sent throws as well: it has to end in the failure queue, not in silence.
 */
export const createStack = (parts: Partial<StackParts> = {}): GuardHandler => {
  const { judge: judgeRecord = judge, calls = createCallCounter(), logger = createLogger() } = parts;
  const { ports = once(() => createPorts(process.env, calls)) } = parts;
  const { metrics = createMetrics(logger) } = parts;
  const stack = middy()
    .use(answerNothing())
    .use(injectLambdaContext(logger, { logEvent: false, resetKeys: true }))
    .use(logMetrics(metrics))
    .use(iamCallMetrics(metrics, calls))
    .use(eventMetrics(metrics, () => ports().now()))
    .use(verdictMetrics<EventBridgeEnvelope>(metrics))
    .use(verdictLog(logger, () => ports().now()))
    .use(schemaGate())
    .handler(async (envelope: EventBridgeEnvelope, context: Context) => {
      logger.setCorrelationId(recordId(envelope.detail));
      const guard = alertOnce(timeAlerts(ports(), metrics, metricNames.secondsToAlert), logger, metrics);
      const verdict = await judgeRecord(envelope.detail, guard, () => context.getRemainingTimeInMillis());
      if (verdict === undefined) {
        throw new Error(`event \`${envelope.detail.eventName}\` is not one that the guard judges: take it out of the rule's pattern`);
      }
      return verdict;
    });
  return stack as unknown as GuardHandler;
};
