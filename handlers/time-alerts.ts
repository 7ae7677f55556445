import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { RecordingPorts } from './alert-once.ts';
import type { metricNames } from './metric-names.ts';
import { secondsSince } from './seconds-since.ts';

/** The metrics that tell how long after its event an alert was out. */
export type AlertMetric = typeof metricNames.secondsToAlert | typeof metricNames.secondsToLateAlert;

/** Ports that measure, at each alert which the bus took, the seconds since its event. */
export const timeAlerts = (ports: RecordingPorts, metrics: Metrics, metric: AlertMetric): RecordingPorts => ({
  ...ports,
  publish: async (verdict, look) => {
    await ports.publish(verdict, look);
    const seconds = secondsSince(verdict.event.time, ports.now());
    if (seconds !== undefined) metrics.addMetric(metric, MetricUnit.Seconds, seconds);
  },
});
