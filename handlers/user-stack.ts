import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context, SQSEvent } from 'aws-lambda';
import { judgeUser } from '../guard/judge-user.ts';
import type { GuardPorts } from '../guard/ports.ts';
import { validateUserRequest } from '../schemas/validate.ts';
import type { Verdict } from '../schemas/verdict.ts';
import { answerNothing } from './middleware/answer-nothing.ts';
import { verdictMetrics } from './middleware/verdict-metrics.ts';
import { once } from './once.ts';
import { createPorts } from './ports.ts';
import { createLogger, createMetrics } from './powertools.ts';

/** What the stack is put together from; each has its real default, and a test may hand in its own. */
export interface UserStackParts {
  readonly ports: () => GuardPorts;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/**
 * The stack behind the FIFO queue: a message is one user to judge as it is by now. It throws what must be tried again: the queue
 * then gives the same message once more, before any other of that user.
 */
export const createUserStack = (parts: Partial<UserStackParts> = {}): ((event: unknown, context: Context) => Promise<void>) => {
  const { ports = once(() => createPorts(process.env)), logger = createLogger() } = parts;
  const { metrics = createMetrics(logger) } = parts;
  const stack = middy()
    .use(answerNothing())
    .use(injectLambdaContext(logger, { logEvent: false, resetKeys: true }))
    .use(logMetrics(metrics))
    .use(verdictMetrics<SQSEvent>(metrics, () => ports().now()))
    .onError(({ error }) => logger.error('user not judged', { error }))
    .handler(async ({ Records }: SQSEvent) => {
      let told: Verdict | undefined;
      for (const { body } of Records) {
        const request = validateUserRequest(JSON.parse(body));
        logger.setCorrelationId(request.event.id);
        const outcome = await judgeUser(request, ports());
        logger.info('user judged again', {
          user: request.user,
          rules: outcome?.findings.map(({ rule }) => rule),
          told: outcome?.verdict !== undefined,
          gone: outcome === undefined,
        });
        metrics.addMetric('UsersJudgedAgain', MetricUnit.Count, 1);
        told = outcome?.verdict;
      }
      return told;
    });
  return stack as unknown as (event: unknown, context: Context) => Promise<void>;
};
