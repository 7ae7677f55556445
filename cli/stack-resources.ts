import { type CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';

/** A resource that a stack has: of a queue `id` is its URL, of a topic its ARN, of a function or table its name. */
export interface StackResource {
  readonly logicalName: string;
  readonly type: string;
  readonly id: string;
}

/** The resources of a stack, page by page: DescribeStackResources tells a hundred at most. Those that were deleted from it are listed too, and left out here. */
export async function* stackResources(client: CloudFormationClient, StackName: string): AsyncGenerator<StackResource> {
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
    for (const { LogicalResourceId = '', PhysicalResourceId, ResourceType = '', ResourceStatus = '' } of StackResourceSummaries) {
      if (PhysicalResourceId === undefined || ResourceStatus === 'DELETE_COMPLETE') continue;
      yield { logicalName: LogicalResourceId, type: ResourceType, id: PhysicalResourceId };
    }
  }
}
