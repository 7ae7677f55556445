import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { shellCommand } from '../../analyzers/aws-command.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Clients } from './clients.ts';
import { readStack, type Stack } from './stack.ts';

/** Whose credentials the checks have. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
}

/** All that a check may ask. What several checks need is read once. */
export interface DoctorContext {
  readonly clients: Clients;
  readonly configuration: Configuration;
  readonly stage: string;
  /** The stack's name, with which the names of all that is in it begin. */
  readonly stackName: string;
  readonly region: string;
  readonly now: () => Date;
  /** Milliseconds for which the canary is waited for: a new rule may take a minute until it matches. */
  readonly patience: number;
  /** Ends what a check waits for, when the person gives up. */
  readonly signal: AbortSignal;
  caller(): Promise<Caller>;
  stack(): Promise<Stack>;
  /** The ARN of something in this account and Region. */
  arn(service: string, resource: string): Promise<string>;
  /** A command of the AWS CLI in this Region. */
  aws(service: string, operation: string, ...words: readonly string[]): string;
  /** The commands that deploy the stack: an update, or from nothing. */
  readonly deploy: string;
}

/** What a context is made from. */
export type ContextParts = Pick<DoctorContext, 'clients' | 'configuration' | 'stage' | 'region' | 'now' | 'patience' | 'signal'>;

/** The context of one run. */
export function createContext(parts: ContextParts): DoctorContext {
  const { clients, stage, region } = parts;
  const stackName = `trailguard-${stage}`;
  const caller = once(async () => {
    const { Account = '', Arn = '' } = await clients.sts.send(new GetCallerIdentityCommand({}));
    return { account: Account, arn: Arn, partition: Arn.split(':')[1] ?? 'aws' };
  });
  return {
    ...parts,
    stackName,
    caller,
    stack: once(() => readStack(clients.cloudFormation, stackName)),
    async arn(service, resource) {
      const { account, partition } = await caller();
      return `arn:${partition}:${service}:${region}:${account}:${resource}`;
    },
    aws: (service, operation, ...words) => shellCommand('aws', service, operation, '--region', region, ...words),
    deploy: shellCommand('npx', 'serverless', 'deploy', '--stage', stage, '--region', region),
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= read();
    return answer;
  };
}
