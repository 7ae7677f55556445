import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createSummaryPublisher } from '../alerts/publish-summary.ts';
import { completeConfiguration } from '../guard/complete-configuration.ts';
import type { SweepPorts } from '../guard/sweep-ports.ts';
import { type CallCounter, createCallCounter } from '../iam/call-counter.ts';
import { createIamClient } from '../iam/create-iam-client.ts';
import { createLiveDirectory } from '../iam/live-directory.ts';
import { readAccount } from '../iam/read-account.ts';
import type { SweepSummary } from '../schemas/sweep-summary.ts';
import { validateConfiguration } from '../schemas/validate.ts';
import configurationFile from '../trailguard.config.json' with { type: 'json' };
import { readEnvironment } from './environment.ts';

/** What a sweep in a Lambda function reads, writes and tells; how long it has, only the invocation knows. */
export interface SweepHandlerPorts extends Omit<SweepPorts, 'remaining'> {
  /** Throws where the summary could not be delivered. */
  publish(summary: SweepSummary): Promise<void>;
}

/** Read when the module loads: a configuration that is wrong stops the function before its first sweep. */
const configuration = completeConfiguration(validateConfiguration(configurationFile));

/**
 * The ports of the sweep in a Lambda function: the live account, the guard's bus and the system's clock. It writes tags. `calls` counts what
 * is asked of IAM.
 */
export const createSweepPorts = (variables: NodeJS.ProcessEnv, calls: CallCounter = createCallCounter()): SweepHandlerPorts => {
  const { busName, account } = readEnvironment(variables);
  const now = () => new Date();
  const client = calls.watch(createIamClient());
  return {
    account,
    readAccount: () => readAccount({ client, account, now }),
    live: createLiveDirectory({ client, account, now }),
    configuration,
    apply: true,
    now,
    publish: createSummaryPublisher({ client: new EventBridgeClient({ maxAttempts: 4 }), busName }),
  };
};
