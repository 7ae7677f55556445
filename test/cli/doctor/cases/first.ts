import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { createClients } from '../../../../cli/doctor/clients.ts';
import type { CheckCases } from '../cases.ts';

/** Credentials that AWS does not know. moto without IAM takes any, so a client refuses here as STS does. */
export const credentials: CheckCases = {
  mocked: 'moto takes any credentials until it enforces IAM; test/cli/doctor/command.test.ts has them refused by moto',
  broken: [
    {
      title: 'credentials that AWS does not know',
      async break() {
        const clients = createClients('us-east-1');
        const error = Object.assign(new Error('The security token included in the request is invalid.'), { name: 'InvalidClientTokenId' });
        mockClient(clients.sts).rejects(error);
        return { parts: { clients } };
      },
      says: 'AWS does not take these credentials: The security token included in the request is invalid.',
      fix: 'aws sso login',
    },
  ],
};

/** Another Region than that of IAM's events. */
export const region: CheckCases = {
  broken: [
    {
      title: 'another Region',
      break: async () => ({ parts: { clients: createClients('eu-west-1'), region: 'eu-west-1' } }),
      says: "this is eu-west-1, and in partition aws IAM's events arrive in us-east-1",
      fix: 'trailguard doctor --stage dev --region us-east-1',
    },
  ],
};

/** A stack that is not there, or not whole. */
export const stack: CheckCases = {
  broken: [
    {
      title: 'a stage that was never deployed',
      break: async () => ({ parts: { stage: 'prod' } }),
      says: 'there is no stack trailguard-prod in us-east-1',
      fix: 'npx serverless deploy --stage prod --region us-east-1',
    },
    {
      title: 'a Region where it is not',
      break: async () => ({ parts: { clients: createClients('eu-west-1'), region: 'eu-west-1' } }),
      says: 'there is no stack trailguard-dev in eu-west-1',
      fix: 'trailguard doctor --stage dev --region us-east-1',
    },
    {
      // moto knows no stack that failed: the client answers as CloudFormation does
      title: 'an update that could not be taken back',
      async break() {
        const clients = createClients('us-east-1');
        const failed = { StackName: 'trailguard-dev', CreationTime: new Date(), StackStatus: 'UPDATE_ROLLBACK_FAILED' } as const;
        mockClient(clients.cloudFormation)
          .resolves({ StackResourceSummaries: [] })
          .on(DescribeStacksCommand)
          .resolves({ Stacks: [failed] });
        return { parts: { clients } };
      },
      says: 'trailguard-dev in us-east-1 is UPDATE_ROLLBACK_FAILED: its deployment failed',
      fix: 'aws cloudformation continue-update-rollback',
    },
  ],
};
