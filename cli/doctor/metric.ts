import { type Dimension, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { DoctorContext } from './context.ts';

const hour = 3_600_000;

/** A metric of CloudWatch, over the last hours. `period` is in seconds. */
interface Asked {
  readonly namespace: string;
  readonly name: string;
  readonly dimension: Dimension;
  readonly statistic: 'Maximum' | 'Sum';
  readonly hours: number;
  readonly period: number;
}

/** The values of a metric, latest first; none where nothing was measured. */
export async function metric({ clients, now }: DoctorContext, asked: Asked): Promise<number[]> {
  const { namespace: Namespace, name: MetricName, dimension, statistic: Stat, hours, period: Period } = asked;
  const end = now();
  const { MetricDataResults: [result] = [] } = await clients.cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(end.getTime() - hours * hour),
      EndTime: end,
      ScanBy: 'TimestampDescending',
      MetricDataQueries: [{ Id: 'asked', MetricStat: { Metric: { Namespace, MetricName, Dimensions: [dimension] }, Period, Stat } }],
    }),
  );
  return result?.Values ?? [];
}
