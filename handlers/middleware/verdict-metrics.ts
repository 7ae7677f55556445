import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { MiddlewareObj } from '@middy/core';
import type { Verdict } from '../../schemas/verdict.ts';
import { metricNames } from '../metric-names.ts';

const countOf = (rules: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const rule of rules) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
};

/**
 * Metrics of each verdict: `Verdicts` by outcome and severity, `Findings` by rule, and `Errors` where there is no verdict (with the error's name
 * beside it).
 */
export const verdictMetrics = <Event>(metrics: Metrics): MiddlewareObj<Event, Verdict | undefined> => {
  const count = (name: string, dimensions: Record<string, string>, value = 1) => {
    const single = metrics.singleMetric();
    for (const [dimension, text] of Object.entries(dimensions)) single.addDimension(dimension, text);
    single.addMetric(name, MetricUnit.Count, value);
  };
  return {
    after: (request) => {
      const verdict = request.response;
      if (!verdict) return;
      count(metricNames.verdicts, { outcome: verdict.outcome, severity: verdict.severity });
      for (const [rule, times] of countOf(verdict.findings.map((finding) => finding.rule))) count(metricNames.findings, { rule }, times);
    },
    onError: (request) => {
      metrics.addMetadata('error', request.error instanceof Error ? request.error.name : 'unknown');
      metrics.addMetric(metricNames.errors, MetricUnit.Count, 1);
    },
  };
};
