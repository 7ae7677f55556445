import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { GuardPorts } from '../guard/ports.ts';
import type { metricNames } from './metric-names.ts';
import { secondsSince } from './seconds-since.ts';

/** The metrics that tell how long after its event an alert was out. */
export type AlertMetric = typeof metricNames.secondsToAlert | typeof metricNames.secondsToLateAlert;

/** Ports that measure, at each alert which the bus took, the seconds since its event. */
export const timeAlerts = (ports: GuardPorts, metrics: Metrics, metric: AlertMetric): GuardPorts => ({
  ...ports,
  publish: async (verdict) => {
    await ports.publish(verdict);
    const seconds = secondsSince(verdict.event.time, ports.now());
    if (seconds !== undefined) metrics.addMetric(metric, MetricUnit.Seconds, seconds);
  },
});
