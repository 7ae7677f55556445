import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { createIamClient } from '../../iam/create-iam-client.ts';

const requestHandler = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** The services that the checks ask, in one Region; `undefined` is the Region of the environment. */
export function createClients(region: string | undefined) {
  const settings = { maxAttempts: 4, requestHandler, ...(region === undefined ? {} : { region }) };
  return {
    cloudFormation: new CloudFormationClient(settings),
    cloudTrail: new CloudTrailClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    dynamo: new DynamoDBClient(settings),
    events: new EventBridgeClient(settings),
    iam: createIamClient(region === undefined ? {} : { region }),
    // Lambda is also asked to run the canary, whose function may take a minute.
    lambda: new LambdaClient({ ...settings, requestHandler: { ...requestHandler, requestTimeout: 70_000 } }),
    secrets: new SecretsManagerClient(settings),
    securityHub: new SecurityHubClient(settings),
    ses: new SESv2Client(settings),
    sns: new SNSClient(settings),
    // A queue's URL may name a host of AWS's own where AWS_ENDPOINT_URL leads elsewhere.
    sqs: new SQSClient({ ...settings, useQueueUrlAsEndpoint: false }),
    ssm: new SSMClient(settings),
    sts: new STSClient(settings),
  };
}

/** The services that the checks ask. */
export type Clients = ReturnType<typeof createClients>;
