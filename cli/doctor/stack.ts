import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { stackResources } from '../stack-resources.ts';

/** A stack as CloudFormation has it. */
export interface Stack {
  readonly status: string;
  readonly created: Date | undefined;
  /** Physical ids by logical id: of a queue its URL, of a topic its ARN, of a table its name. */
  readonly resources: ReadonlyMap<string, string>;
}

/** Reads a stack and all that is in it. Throws where there is none: see `isNoStack`. */
export async function readStack(client: CloudFormationClient, StackName: string): Promise<Stack> {
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  const resources = new Map<string, string>();
  for await (const { logicalName, id } of stackResources(client, StackName)) resources.set(logicalName, id);
  return { status: stack?.StackStatus ?? 'DELETE_COMPLETE', created: stack?.CreationTime, resources };
}

/** True for CloudFormation's answer to a name that no stack has. */
export function isNoStack(error: unknown): boolean {
  return error instanceof Error && /Stack.* does not exist/.test(error.message);
}
