import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { MiddlewareObj } from '@middy/core';
import type { CallCounter } from '../../iam/call-counter.ts';
import { metricNames } from '../metric-names.ts';

/**
 * Metrics of what one invocation asked of IAM, whether it ended well or not: `IamCalls` and `IamThrottles`, 0 where there was none, and each of them by
 * operation.
 */
export const iamCallMetrics = (metrics: Metrics, calls: CallCounter): MiddlewareObj => {
  const count = (name: string, byOperation: Readonly<Record<string, number>>) => {
    let total = 0;
    for (const [operation, number] of Object.entries(byOperation)) {
      total += number;
      const single = metrics.singleMetric();
      single.addDimension('operation', operation);
      single.addMetric(name, MetricUnit.Count, number);
    }
    metrics.addMetric(name, MetricUnit.Count, total);
  };
  const tell = () => {
    const { sent, throttled } = calls.take();
    count(metricNames.iamCalls, sent);
    count(metricNames.iamThrottles, throttled);
  };
  return {
    before: () => {
      // What an invocation left that was cut off is not this one's.
      calls.take();
    },
    after: tell,
    onError: tell,
  };
};
