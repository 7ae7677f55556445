import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context, SQSEvent } from 'aws-lambda';
import { judgeUser } from '../guard/judge-user.ts';
import { type CallCounter, createCallCounter } from '../iam/call-counter.ts';
import { validateUserRequest } from '../schemas/validate.ts';
import type { Verdict } from '../schemas/verdict.ts';
import { alertOnce, type RecordingPorts } from './alert-once.ts';
import { metricNames } from './metric-names.ts';
import { answerNothing } from './middleware/answer-nothing.ts';
import { iamCallMetrics } from './middleware/iam-call-metrics.ts';
import { verdictMetrics } from './middleware/verdict-metrics.ts';
import { once } from './once.ts';
import { createPorts } from './ports.ts';
import { createLogger, createMetrics } from './powertools.ts';
import { timeAlerts } from './time-alerts.ts';

/** What the stack is put together from; each has its real default, and a test may hand in its own. */
export interface UserStackParts {
  readonly ports: () => RecordingPorts;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** What the ports ask of IAM. */
  readonly calls: CallCounter;
}

/**
 * The stack behind the FIFO queue: a message is one user to judge as it is by now. It throws what must be tried again: the queue
 * then gives the same message once more, before any other of that user.
 */
export const createUserStack = (parts: Partial<UserStackParts> = {}): ((event: unknown, context: Context) => Promise<void>) => {
  const { calls = createCallCounter(), logger = createLogger() } = parts;
  const { ports = once(() => createPorts(process.env, calls)) } = parts;
  const { metrics = createMetrics(logger) } = parts;
  const stack = middy()
    .use(answerNothing())
    .use(injectLambdaContext(logger, { logEvent: false, resetKeys: true }))
    .use(logMetrics(metrics))
    .use(iamCallMetrics(metrics, calls))
    .use(verdictMetrics<SQSEvent>(metrics))
    .onError(({ error }) => logger.error('user not judged', { error }))
    .handler(async ({ Records }: SQSEvent) => {
      let told: Verdict | undefined;
      for (const { body, messageId } of Records) {
        // Until it is known what the message asks for.
        logger.setCorrelationId(messageId);
        const request = validateUserRequest(JSON.parse(body));
        logger.setCorrelationId(request.event.id);
        const guard = alertOnce(timeAlerts(ports(), metrics, metricNames.secondsToLateAlert), logger, metrics);
        const outcome = await judgeUser(request, guard);
        logger.info('user judged again', {
          user: request.user,
          rules: outcome?.findings.map(({ rule }) => rule),
          told: outcome?.verdict !== undefined,
          gone: outcome === undefined,
        });
        metrics.addMetric(metricNames.usersJudgedAgain, MetricUnit.Count, 1);
        told = outcome?.verdict;
      }
      return told;
    });
  return stack as unknown as (event: unknown, context: Context) => Promise<void>;
};
