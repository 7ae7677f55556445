import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { MiddlewareObj } from '@middy/core';
import type { Verdict } from '../../schemas/verdict.ts';
import { metricNames } from '../metric-names.ts';
import { secondsSince } from '../seconds-since.ts';

/** Metrics of each event at its first look: `Events`, whatever becomes of it, and `SecondsToVerdict` since the event's time. */
export const eventMetrics = (metrics: Metrics, now: () => Date): MiddlewareObj<unknown, Verdict | undefined> => ({
  before: () => {
    metrics.addMetric(metricNames.events, MetricUnit.Count, 1);
  },
  after: ({ response: verdict }) => {
    const seconds = verdict ? secondsSince(verdict.event.time, now()) : undefined;
    if (seconds !== undefined) metrics.addMetric(metricNames.secondsToVerdict, MetricUnit.Seconds, seconds);
  },
});
