import { DeleteRuleCommand, PutRuleCommand, PutTargetsCommand, RemoveTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, DeleteQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { messageOf } from '../../iam/aws-errors.ts';
import type { DoctorContext } from './context.ts';
import { ruleArn } from './expected.ts';

/** A queue behind a rule on the guard's bus, for the time of one canary. */
export interface Ear {
  /** The ids of the verdicts that were heard within some seconds. */
  listen(seconds: number): Promise<string[]>;
  /** Takes the rule and the queue away; answers what it could not, as the commands that do. It does not throw. */
  remove(): Promise<string[]>;
}

/**
 * Hears the verdicts whose ids begin with `prefix`. Rule and queue are called `name`; where one of them can't be made, what was made is removed before it throws.
 */
export async function listenOnBus(context: DoctorContext, name: string, prefix: string): Promise<Ear> {
  const { aws, clients, stackName: bus } = context;
  const { events, sqs } = clients;
  let url: string | undefined;
  const remove = async (): Promise<string[]> => {
    const left: string[] = [];
    const attempt = async (work: () => Promise<unknown>, otherwise: string) => {
      await work().catch((error: unknown) => {
        if (!/ResourceNotFound|QueueDoesNotExist/.test(error instanceof Error ? error.name : '')) left.push(otherwise);
      });
    };
    const onBus = ['--event-bus-name', bus];
    await attempt(
      () => events.send(new RemoveTargetsCommand({ Rule: name, EventBusName: bus, Ids: [name] })),
      aws('events', 'remove-targets', '--rule', name, ...onBus, '--ids', name),
    );
    await attempt(
      () => events.send(new DeleteRuleCommand({ Name: name, EventBusName: bus })),
      aws('events', 'delete-rule', '--name', name, ...onBus),
    );
    const made = url;
    if (made !== undefined)
      await attempt(() => sqs.send(new DeleteQueueCommand({ QueueUrl: made })), aws('sqs', 'delete-queue', '--queue-url', made));
    return left;
  };
  try {
    const arn = await context.arn('sqs', name);
    const rule = await ruleArn(context, { name, bus });
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: arn,
          Condition: { ArnEquals: { 'aws:SourceArn': rule } },
        },
      ],
    });
    const Attributes = { Policy, MessageRetentionPeriod: '300', SqsManagedSseEnabled: 'true' };
    url = (await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }))).QueueUrl;
    const EventPattern = JSON.stringify({ source: ['trailguard'], 'detail-type': ['IAM Policy Verdict'], detail: { id: [{ prefix }] } });
    const Description = 'Of trailguard doctor --canary, for some seconds: delete it where you find it.';
    await events.send(new PutRuleCommand({ Name: name, EventBusName: bus, EventPattern, Description }));
    const answer = await events.send(new PutTargetsCommand({ Rule: name, EventBusName: bus, Targets: [{ Id: name, Arn: arn }] }));
    const refused = answer.FailedEntries?.[0];
    if (refused !== undefined)
      throw new Error(`EventBridge did not take the queue as a target: ${refused.ErrorMessage ?? refused.ErrorCode}`);
  } catch (error) {
    const left = await remove();
    if (left.length === 0) throw error;
    throw new Error(`${messageOf(error)}; and what it made was not removed: ${left.join(' && ')}`, { cause: error });
  }
  return {
    async listen(seconds) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, WaitTimeSeconds: seconds }),
      );
      return Messages.flatMap(({ Body = '{}' }) => idIn(JSON.parse(Body)));
    },
    remove,
  };
}

function idIn(event: unknown): string[] {
  const detail = typeof event === 'object' && event !== null && 'detail' in event ? event.detail : undefined;
  return typeof detail === 'object' && detail !== null && 'id' in detail && typeof detail.id === 'string' ? [detail.id] : [];
}
