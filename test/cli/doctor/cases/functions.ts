import {
  AddPermissionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetFunctionCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  ListEventSourceMappingsCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  UpdateEventSourceMappingCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { createClients } from '../../../../cli/doctor/clients.ts';
import type { BrokenCase, CheckCases } from '../cases.ts';

const FunctionName = 'trailguard-dev-group-changes';

/** moto's functions are always active and never fail to update, and it answers no concurrency of 0: the client answers as Lambda does. */
const answering = (title: string, answer: object, says: string, fix: string): BrokenCase => ({
  title,
  async break() {
    const clients = createClients('us-east-1');
    mockClient(clients.lambda)
      .on(GetFunctionCommand)
      .resolves({ Configuration: {} })
      .on(GetFunctionCommand, { FunctionName })
      .resolves(answer);
    return { parts: { clients } };
  },
  says,
  fix,
});

/** Functions that cannot run. */
export const functions: CheckCases = {
  broken: [
    {
      title: 'functions that are not there',
      break: async () => ({ parts: { stage: 'prod' } }),
      says: 'function trailguard-prod-policy-changes does not exist; function trailguard-prod-user-permissions does not exist',
      fix: 'npx serverless deploy --stage prod',
    },
    answering(
      'a function that may not run',
      { Configuration: {}, Concurrency: { ReservedConcurrentExecutions: 0 } },
      `${FunctionName} may not run: its reserved concurrency is 0`,
      `aws lambda delete-function-concurrency --region us-east-1 --function-name ${FunctionName}`,
    ),
    answering(
      'a function that could not be made',
      { Configuration: { State: 'Failed', StateReason: 'the image is gone' } },
      `${FunctionName} is Failed (the image is gone)`,
      'npx serverless deploy',
    ),
    answering(
      'a function whose update failed',
      { Configuration: { State: 'Active', LastUpdateStatus: 'Failed' } },
      `the last update of ${FunctionName} failed`,
      'npx serverless deploy',
    ),
  ],
};

/** Functions that EventBridge may not invoke. */
export const functionPermissions: CheckCases = {
  broken: [
    {
      title: 'a function without a policy',
      async break({ clients: { lambda } }) {
        const { Policy = '{}' } = await lambda.send(new GetPolicyCommand({ FunctionName }));
        const [{ Sid, Condition }] = JSON.parse(Policy).Statement;
        await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: Sid }));
        return {
          mend: () =>
            lambda.send(
              new AddPermissionCommand({
                FunctionName,
                StatementId: 'again',
                Action: 'lambda:InvokeFunction',
                Principal: 'events.amazonaws.com',
                SourceArn: Condition.ArnLike['AWS:SourceArn'],
              }),
            ),
        };
      },
      says: `${FunctionName} does not let rule ${FunctionName} in`,
      fix: `aws lambda add-permission --region us-east-1 --function-name ${FunctionName}`,
    },
  ],
};

/** Functions that lose what they fail at. */
export const failureDestinations: CheckCases = {
  broken: [
    {
      title: 'a function without a destination',
      async break({ clients: { lambda } }) {
        const { DestinationConfig } = await lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }));
        await lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
        return { mend: () => lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, DestinationConfig })) };
      },
      says: `${FunctionName} hands what it fails at to nobody, not to queue FailedEvents`,
      fix: `aws lambda put-function-event-invoke-config --region us-east-1 --function-name ${FunctionName}`,
    },
    {
      title: "a function that hands it to another function's queue",
      async break({ clients: { lambda } }) {
        const { DestinationConfig } = await lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }));
        const elsewhere = { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:123456789012:elsewhere' } };
        // moto answers the first that was put, whatever was put since.
        const put = async (destination: typeof DestinationConfig) => {
          await lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
          await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, DestinationConfig: destination }));
        };
        await put(elsewhere);
        return { mend: () => put(DestinationConfig) };
      },
      says: `${FunctionName} hands what it fails at to arn:aws:sqs:us-east-1:123456789012:elsewhere, not to queue FailedEvents`,
      fix: 'aws lambda put-function-event-invoke-config',
    },
  ],
};

const variables = (title: string, change: (found: Record<string, string>) => Record<string, string>, says: string): BrokenCase => ({
  title,
  async break({ clients: { lambda } }) {
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName }));
    const Variables = Configuration?.Environment?.Variables ?? {};
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: change(Variables) } }));
    return { mend: () => lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } })) };
  },
  says,
  fix: `aws lambda update-function-configuration --region us-east-1 --function-name ${FunctionName}`,
});

/** Functions that are told something else than they need. */
export const environment: CheckCases = {
  broken: [
    variables(
      'another bus',
      (found) => ({ ...found, EVENT_BUS_NAME: 'other' }),
      `${FunctionName}: EVENT_BUS_NAME is missing or of another stack`,
    ),
    variables(
      'a role that is not named',
      (found) => ({ ...found, GUARD_ROLES: 'trailguard-dev-sweep' }),
      `${FunctionName}: GUARD_ROLES is missing or of another stack`,
    ),
    variables(
      'nothing, but a variable of somebody else',
      () => ({ HOUSE_RULE: 's3cr3t' }),
      `${FunctionName}: EVENT_BUS_NAME, ACCOUNT_ID, JUDGE_AGAIN_QUEUE_URL, ALERT_RECORDS_TABLE, GUARD_ROLES are missing or of another stack (add its other variables to the command: HOUSE_RULE)`,
    ),
  ],
};

/** Queues that nobody takes from. */
export const queueFeeds: CheckCases = {
  broken: [
    {
      title: 'a mapping that is switched off',
      async break({ clients: { lambda } }) {
        const judging = { FunctionName: 'trailguard-dev-judge-user' };
        const { EventSourceMappings: [{ UUID } = {}] = [] } = await lambda.send(new ListEventSourceMappingsCommand(judging));
        await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
        return { mend: () => lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true })) };
      },
      says: 'trailguard-dev-judge-user does not take from queue UsersToJudgeAgain: the mapping is Disabled',
      fix: 'aws lambda update-event-source-mapping --region us-east-1 --uuid',
    },
    {
      // moto cannot make a mapping again with the id that the stack names, so the client answers as Lambda does
      title: 'a mapping that is gone',
      async break() {
        const clients = createClients('us-east-1');
        mockClient(clients.lambda).on(ListEventSourceMappingsCommand).resolves({ EventSourceMappings: [] });
        return { parts: { clients } };
      },
      says: 'nobody takes from queue UsersToJudgeAgain; nobody takes from queue VerdictsToDigest',
      fix: 'aws lambda create-event-source-mapping --region us-east-1 --function-name trailguard-dev-judge-user',
    },
  ],
};
