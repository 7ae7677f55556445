import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { IAMClientConfig } from '@aws-sdk/client-iam';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createPublisher } from '../alerts/publish.ts';
import { completeConfiguration } from '../guard/complete-configuration.ts';
import { type CallCounter, createCallCounter } from '../iam/call-counter.ts';
import { createIamClient } from '../iam/create-iam-client.ts';
import { createLiveDirectory } from '../iam/live-directory.ts';
import { validateConfiguration } from '../schemas/validate.ts';
import configurationFile from '../trailguard.config.json' with { type: 'json' };
import type { RecordingPorts } from './alert-once.ts';
import { readEnvironment } from './environment.ts';
import { createIsOwn } from './is-own.ts';
import { createJudgeAgain } from './judge-again-queue.ts';

/** Read when the module loads: a configuration that is wrong stops the function before its first event. */
const configuration = completeConfiguration(validateConfiguration(configurationFile));

/** Where AWS is, as whom it is called, and how long it is waited for. */
export type Place = Pick<IAMClientConfig, 'endpoint' | 'region' | 'credentials' | 'requestHandler'>;

/** A connection that says nothing must cost seconds, not the function's whole time: the alert comes after it. In milliseconds. */
const patience = { connectionTimeout: 2_000, requestTimeout: 4_000, throwOnRequestTimeout: true };

/** For what the alert can do without. */
const littlePatience = { connectionTimeout: 1_000, requestTimeout: 1_500, throwOnRequestTimeout: true };

/**
 * The guard's ports in a Lambda function: the live account, the guard's bus, its table of alerts and the system's clock. `calls` counts what is asked of
 * IAM; `place` is where AWS is, if not where the environment says.
 */
export const createPorts = (variables: NodeJS.ProcessEnv, calls: CallCounter = createCallCounter(), place: Place = {}): RecordingPorts => {
  const { busName, account, roles, queueUrl, recordsTable } = readEnvironment(variables);
  const now = () => new Date();
  const own = createLiveDirectory({ client: calls.watch(createIamClient(place)), account, now });
  return {
    directory: (asked) => (asked === account ? own : undefined),
    publish: createPublisher({ client: new EventBridgeClient({ maxAttempts: 4, requestHandler: patience, ...place }), busName }),
    records: { client: new DynamoDBClient({ maxAttempts: 2, requestHandler: littlePatience, ...place }), tableName: recordsTable },
    isOwn: createIsOwn(account, roles),
    judgeAgain: createJudgeAgain({ client: new SQSClient({ maxAttempts: 3, requestHandler: patience, ...place }), url: queueUrl, now }),
    now,
    configuration,
  };
};
