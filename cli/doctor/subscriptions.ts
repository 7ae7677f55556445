import { paginateListSubscriptionsByTopic, type Subscription } from '@aws-sdk/client-sns';
import { type Outcome, ok, wrong } from './check.ts';
import type { DoctorContext } from './context.ts';
import { missingResource } from './rules.ts';

/** Whether somebody hears a topic of the stack: one subscription at least that is confirmed. `subscribe` is what a command lacks but for the topic. */
export async function heard(context: DoctorContext, logicalId: string, subscribe: readonly string[]): Promise<Outcome> {
  const { aws, clients } = context;
  const topic = (await context.stack()).resources.get(logicalId);
  if (topic === undefined) {
    const { says, fix } = missingResource(context, `topic ${logicalId}`);
    return wrong(says, ...fix);
  }
  const subscriptions: Subscription[] = [];
  for await (const page of paginateListSubscriptionsByTopic({ client: clients.sns }, { TopicArn: topic })) {
    subscriptions.push(...(page.Subscriptions ?? []));
  }
  const pending = subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn === 'PendingConfirmation');
  const confirmed = subscriptions.filter(({ SubscriptionArn = '' }) => SubscriptionArn.startsWith('arn:'));
  const waiting = pending.length === 0 ? '' : `${pending.length} not confirmed`;
  if (confirmed.length > 0) return ok(`${confirmed.length} confirmed${waiting === '' ? '' : `, ${waiting}`}`);
  const command = aws('sns', 'subscribe', '--topic-arn', topic, ...subscribe);
  // SNS sends the mail with the link again where somebody subscribes again.
  if (pending.length > 0)
    return wrong(`nobody hears it yet: ${waiting}; the link in the mail from AWS Notifications confirms one`, command);
  return wrong('nobody has subscribed to it', command);
}
