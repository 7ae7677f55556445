import type { DoctorContext } from './context.ts';
import { channelsOf } from './expected.ts';

/** A queue of the stack. */
export interface StackQueue {
  readonly logicalId: string;
  readonly url: string;
  readonly name: string;
  readonly arn: string;
}

/** A queue by its logical id; undefined where the stack has none of that name. */
export async function queueOf(context: DoctorContext, logicalId: string): Promise<StackQueue | undefined> {
  const url = (await context.stack()).resources.get(logicalId);
  const name = url?.split('/').at(-1);
  if (url === undefined || name === undefined || name === '') return undefined;
  return { logicalId, url, name, arn: await context.arn('sqs', name) };
}

/** The logical ids of the queues in which something lies only where something failed. */
export function deadLetterQueues({ configuration }: DoctorContext): string[] {
  const telling = channelsOf(configuration).filter(({ on }) => on);
  return [
    'UndeliveredEvents',
    'FailedEvents',
    'UndeliveredAlerts',
    'UsersNotJudged',
    ...telling.map(({ logicalId }) => `${logicalId}Undelivered`),
  ];
}
