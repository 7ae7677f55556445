import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { type AlertRecords, createOncePublisher } from '../alerts/publish-once.ts';
import type { GuardPorts } from '../guard/ports.ts';
import { metricNames } from './metric-names.ts';

/** Ports with the table in which alerts are written down. Without one, an alert is told as often as its event is judged. */
export interface RecordingPorts extends GuardPorts {
  readonly records?: AlertRecords;
}

/** Ports that tell an alert once. A line says which alert was left out because it had been told; a line and a metric, which one could not be written down. */
export const alertOnce = (ports: RecordingPorts, logger: Logger, metrics: Metrics): GuardPorts => {
  const { records, ...guard } = ports;
  if (records === undefined) return guard;
  const publish = createOncePublisher(guard.publish, records, {
    repeated: ({ id, outcome, severity }) => logger.info('alert told before', { verdict: { id, outcome, severity } }),
    unrecorded: ({ id, outcome, severity }, error) => {
      logger.warn('alert not written down', { verdict: { id, outcome, severity }, error: error instanceof Error ? error : String(error) });
      metrics.addMetric(metricNames.alertsUnrecorded, MetricUnit.Count, 1);
    },
  });
  return { ...guard, publish };
};
