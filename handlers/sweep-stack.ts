import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { sweep } from '../guard/sweep.ts';
import { shortfall, summarizeSweep } from '../guard/sweep-summary.ts';
import { type CallCounter, createCallCounter } from '../iam/call-counter.ts';
import { answerNothing } from './middleware/answer-nothing.ts';
import { iamCallMetrics } from './middleware/iam-call-metrics.ts';
import { sweepLog } from './middleware/sweep-log.ts';
import { once } from './once.ts';
import { createLogger, createMetrics } from './powertools.ts';
import type { GuardHandler } from './stack.ts';
import { createSweepPorts, type SweepHandlerPorts } from './sweep-ports.ts';

/** What the stack of the sweep is put together from; each has its real default, and a test may hand in its own. */
export interface SweepStackParts {
  readonly ports: () => SweepHandlerPorts;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** What the ports ask of IAM. */
  readonly calls: CallCounter;
}

/** A sweep that another, soon, may go on with. Thrown once its summary is out, so that Lambda begins again. */
export class UnfinishedSweepError extends Error {
  override readonly name = 'UnfinishedSweepError';
}

/** The stack of the daily sweep. From outside in: answer nothing, log, metrics, sweep and tell. Whatever the event holds, it is the same sweep. */
export const createSweepStack = (parts: Partial<SweepStackParts> = {}): GuardHandler => {
  const { calls = createCallCounter(), logger = createLogger() } = parts;
  const { ports = once(() => createSweepPorts(process.env, calls)) } = parts;
  const { metrics = createMetrics(logger) } = parts;
  const report = sweepLog(logger, metrics);
  const stack = middy()
    .use(answerNothing())
    .use(injectLambdaContext(logger, { logEvent: false, resetKeys: true }))
    .use(logMetrics(metrics))
    .use(iamCallMetrics(metrics, calls))
    .use(report.middleware)
    .handler(async (_event: unknown, context: Context) => {
      const { publish, ...sweeping } = ports();
      const swept = await sweep({ ...sweeping, remaining: () => context.getRemainingTimeInMillis() });
      report.tell(swept);
      await publish(summarizeSweep(swept));
      if (swept.again) throw new UnfinishedSweepError(`the sweep is not finished (${shortfall(swept.counts)}): the next one goes on`);
    });
  return stack as unknown as GuardHandler;
};
