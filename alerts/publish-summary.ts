import type { SweepSummary } from '../schemas/sweep-summary.ts';
import { createSender, type PublisherOptions } from './send-entry.ts';

/** A publisher of summaries of sweeps on the guard's own bus. Throws `AlertError` where the bus does not take one. */
export const createSummaryPublisher = (options: PublisherOptions): ((summary: SweepSummary) => Promise<void>) => {
  const send = createSender(options);
  return (summary) =>
    send(
      { EventBusName: options.busName, Source: 'trailguard', DetailType: 'IAM Sweep Summary', Detail: JSON.stringify(summary) },
      `the summary of the sweep of ${summary.startedAt}`,
    );
};
