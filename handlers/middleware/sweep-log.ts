import type { Logger } from '@aws-lambda-powertools/logger';
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { MiddlewareObj } from '@middy/core';
import type { SweepReport, Swept } from '../../guard/sweep-report.ts';
import { eventIdOf } from '../event-id.ts';
import { metricNames } from '../metric-names.ts';

/** Lambda breaks a line that is too long. */
const mostChanges = 100;

/** How a sweep is logged and measured. */
export interface SweepLog {
  /** One line and the metrics of a sweep that came to its end, finished or not. */
  tell(report: SweepReport): void;
  /** One line and a metric for an error. */
  readonly middleware: MiddlewareObj;
}

/**
 * Metrics of each sweep: `SweptUsers` by verdict, `SweepResults` by what became of users and policies, `SweepSeconds`, and `Errors` where it threw (with the
 * error's name beside it). The id of the event that began the sweep is the correlation id. A line names rules and keys of tags; it never holds the text of a document.
 */
export const sweepLog = (logger: Logger, metrics: Metrics): SweepLog => {
  const count = (name: string, dimension: string, counts: Readonly<Record<string, number>>) => {
    for (const [value, number] of Object.entries(counts)) {
      const single = metrics.singleMetric();
      single.addDimension(dimension, value);
      single.addMetric(name, MetricUnit.Count, number);
    }
  };
  return {
    tell({ users, policies, findings, unread, counts, complete, severity, credentialsAsOf, startedAt, finishedAt }) {
      const changes = [...users, ...policies].filter(({ result }) => result !== 'unchanged');
      logger.info('sweep', {
        sweep: { complete, severity, credentialsAsOf, counts },
        rules: findings.map(({ rule }) => rule),
        changes: changes.slice(0, mostChanges).map(brief),
        ...(changes.length > mostChanges ? { changesLeftOut: changes.length - mostChanges } : {}),
        unread: unread.slice(0, mostChanges),
        ...(unread.length > mostChanges ? { unreadLeftOut: unread.length - mostChanges } : {}),
      });
      const { total: _, ...verdicts } = counts.users;
      count(metricNames.sweptUsers, 'verdict', verdicts);
      count(metricNames.sweepResults, 'result', counts.results);
      metrics.addMetric(metricNames.sweepSeconds, MetricUnit.Seconds, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000);
    },
    middleware: {
      before: (request) => {
        logger.setCorrelationId(eventIdOf(request.event));
      },
      onError: (request) => {
        logger.error('sweep not finished', { error: request.error });
        metrics.addMetadata('error', request.error instanceof Error ? request.error.name : 'unknown');
        metrics.addMetric(metricNames.errors, MetricUnit.Count, 1);
      },
    },
  };
};

const brief = ({ kind, name, before, verdict, appeared, result, detail }: Swept) => ({
  kind,
  name,
  before,
  verdict,
  appeared,
  result,
  detail,
});
