import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { stackResources } from '../../cli/stack-resources.ts';

// A mock: moto forgets what was deleted from a stack, and puts all on one page.
test('what a stack has is told from all pages, without what was deleted from it or is not made yet', async () => {
  const client = mockClient(CloudFormationClient);
  const summary = (LogicalResourceId: string, more: object = {}) => ({
    LogicalResourceId,
    PhysicalResourceId: `id-of-${LogicalResourceId}`,
    ResourceType: 'AWS::SQS::Queue',
    ResourceStatus: 'CREATE_COMPLETE' as const,
    LastUpdatedTimestamp: new Date(0),
    ...more,
  });
  client
    .on(ListStackResourcesCommand)
    .resolves({ StackResourceSummaries: [summary('Kept')], NextToken: 'next' })
    .on(ListStackResourcesCommand, { NextToken: 'next' })
    .resolves({
      StackResourceSummaries: [
        summary('Deleted', { ResourceStatus: 'DELETE_COMPLETE' }),
        summary('Beginning', { PhysicalResourceId: undefined, ResourceStatus: 'CREATE_IN_PROGRESS' }),
        summary('Last'),
      ],
    });
  const told: object[] = [];
  for await (const resource of stackResources(new CloudFormationClient({}), 'trailguard-dev')) told.push(resource);
  expect(told).toEqual(['Kept', 'Last'].map((logicalName) => ({ logicalName, type: 'AWS::SQS::Queue', id: `id-of-${logicalName}` })));
});
