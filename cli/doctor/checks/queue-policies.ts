import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { inParallel } from '../../../iam/in-parallel.ts';
import { type Check, type Fault, faultsOr } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { type ExpectedRule, ruleArn, rulesOf, sweepRule } from '../expected.ts';
import { queueOf } from '../queues.ts';
import { letsRuleIn, statementsOf } from '../resource-policy.ts';
import { isNotFound, missingResource } from '../rules.ts';

const action = 'sqs:SendMessage';

/** That EventBridge may put into the queues what it could not deliver. */
export const queuePolicies: Check = {
  id: 'queue-policies',
  title: 'every dead-letter queue lets its rules send to it',
  matters: 'an event that could not be delivered is dropped, where the queue does not take it',
  permissions: ['sqs:GetQueueAttributes'],
  after: ['stack'],
  async run(context) {
    const rules = [...rulesOf(context), sweepRule(context)];
    const fed = new Map<string, ExpectedRule[]>();
    for (const rule of rules) {
      const queues = rule.target.service === 'sqs' ? [rule.deadLetters, 'VerdictsToDigest'] : [rule.deadLetters];
      for (const queue of queues) fed.set(queue, [...(fed.get(queue) ?? []), rule]);
    }
    const faults = await inParallel([...fed], 4, ([logicalId, senders]) => look(logicalId, senders, context));
    return faultsOr(faults.flat(), `${fed.size} queues`);
  },
};

async function look(logicalId: string, senders: readonly ExpectedRule[], context: DoctorContext): Promise<Fault[]> {
  const queue = await queueOf(context, logicalId);
  const policy = queue === undefined ? undefined : await policyOf(queue.url, context);
  if (queue === undefined || policy === undefined) return [missingResource(context, `queue ${logicalId}`)];
  const statements = statementsOf(policy);
  const arns = await Promise.all(senders.map((rule) => ruleArn(context, rule)));
  const kept = arns.filter((arn) => !letsRuleIn(statements, action, arn));
  if (kept.length === 0) return [];
  const added = {
    Sid: 'RulesOfTheGuard',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: action,
    Resource: queue.arn,
    Condition: { ArnEquals: { 'aws:SourceArn': arns } },
  };
  const others = statements.filter((each) => !('Sid' in each && each.Sid === added.Sid));
  const mended = JSON.stringify({ Version: '2012-10-17', Statement: [...others, added] });
  return [
    {
      says: `queue ${logicalId} does not let in ${kept.map((arn) => arn.split('/').at(-1)).join(', ')}`,
      fix: [context.aws('sqs', 'set-queue-attributes', '--queue-url', queue.url, '--attributes', JSON.stringify({ Policy: mended }))],
    },
  ];
}

/** The text of a queue's policy, empty where it has none; undefined where there is no such queue. */
async function policyOf(QueueUrl: string, { clients: { sqs } }: DoctorContext): Promise<string | undefined> {
  try {
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }));
    return Attributes?.Policy ?? '';
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
