import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createPublisher } from '../alerts/publish.ts';
import { completeConfiguration } from '../guard/complete-configuration.ts';
import type { GuardPorts } from '../guard/ports.ts';
import { type CallCounter, createCallCounter } from '../iam/call-counter.ts';
import { createIamClient } from '../iam/create-iam-client.ts';
import { createLiveDirectory } from '../iam/live-directory.ts';
import { validateConfiguration } from '../schemas/validate.ts';
import configurationFile from '../trailguard.config.json' with { type: 'json' };
import { readEnvironment } from './environment.ts';
import { createIsOwn } from './is-own.ts';
import { createJudgeAgain } from './judge-again-queue.ts';

/** Read when the module loads: a configuration that is wrong stops the function before its first event. */
const configuration = completeConfiguration(validateConfiguration(configurationFile));

/** The guard's ports in a Lambda function: the live account, the guard's bus and the system's clock. `calls` counts what is asked of IAM. */
export const createPorts = (variables: NodeJS.ProcessEnv, calls: CallCounter = createCallCounter()): GuardPorts => {
  const { busName, account, roles, queueUrl } = readEnvironment(variables);
  const now = () => new Date();
  const own = createLiveDirectory({ client: calls.watch(createIamClient()), account, now });
  return {
    directory: (asked) => (asked === account ? own : undefined),
    publish: createPublisher({ client: new EventBridgeClient({ maxAttempts: 4 }), busName }),
    isOwn: createIsOwn(account, roles),
    judgeAgain: createJudgeAgain({ client: new SQSClient({ maxAttempts: 4 }), url: queueUrl, now }),
    now,
    configuration,
  };
};
