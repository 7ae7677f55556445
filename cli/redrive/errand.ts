import type { TopicMessage } from '../../alerts/send-to-topic.ts';
import { catalog, type HandlerName, handlerNames } from '../../events/catalog.ts';
import type { SweepSummary } from '../../schemas/sweep-summary.ts';
import type { GuardStack } from './guard-stack.ts';
import type { HeldEvent } from './held-event.ts';
import { summaryMail } from './summary-mail.ts';
import type { Unwrapped } from './unwrap.ts';

/** How a message gets where it was meant to go. `to` names the place for a person. */
export type Errand = { readonly to: string } & (
  | { readonly kind: 'invoke'; readonly functionArn: string; readonly payload: string }
  | { readonly kind: 'send'; readonly queueUrl: string; readonly body: string; readonly group?: string }
  | { readonly kind: 'publish'; readonly topicArn: string; readonly mail: TopicMessage }
);

/** Channels that are functions behind a rule, and take verdicts alone. Security Hub takes all that there is; the digest has a queue. */
const tellVerdicts = new Set(['MailChannel', 'ChatChannel', 'SlackChannel', 'AuthorChannel']);
/** The functions that judge changes. */
const judges = new Set(handlerNames.map(functionOf));
const words: Readonly<Record<HeldEvent['kind'], string>> = {
  change: 'a change in IAM',
  verdict: 'a verdict',
  summary: 'the summary of a sweep',
  user: 'a request to judge a user',
  schedule: 'the start of a sweep',
  other: 'it: it is no event of the guard',
};
const channelQueue = /^(\w+Channel)Undelivered$/;

/**
 * Where a message goes. A message says itself what it was meant for, and whoever may send to a queue can write what he likes into it: so nothing is called
 * but what belongs to the stack, and each place takes only what it takes in operation. Throws an error that says why a message goes nowhere.
 */
export function errandOf(event: HeldEvent, { text, target }: Unwrapped, queueName: string, stack: GuardStack): Errand {
  const place = target === undefined ? placeOf(event, queueName) : placeNamed(target, stack);
  switch (event.kind) {
    case 'change':
      if (place === 'SecurityHubChannel') return invoke(place, text, stack);
      // By its name now: a guard of a later version may give the event to another function than the one that failed.
      if (judges.has(place)) return invoke(judgeOf(event.value.detail.eventName), text, stack);
      break;
    case 'verdict':
      if (place === 'VerdictsToDigest') return send(place, text, stack);
      if (place === 'SecurityHubChannel' || tellVerdicts.has(place)) return invoke(place, text, stack);
      break;
    case 'summary':
      if (place === 'AlertTopic') return publish(event.value.detail, stack);
      if (place === 'SecurityHubChannel') return invoke(place, text, stack);
      break;
    case 'user':
      // As the guard forms groups, whatever the message's own group is.
      if (place === 'UsersToJudgeAgain')
        return { ...send(place, text, stack), group: `${event.value.event.account}/${event.value.user.toLowerCase()}` };
      break;
    default:
      if (place === 'Sweep') return invoke(place, text, stack);
  }
  throw new Error(`\`${place}\` does not take ${words[event.kind]}`);
}

/** Where it belongs by what it is and where it lies. */
function placeOf(event: HeldEvent, queueName: string): string {
  if (event.kind === 'user') return 'UsersToJudgeAgain';
  if (event.kind === 'schedule') return 'Sweep';
  const [, channel] = channelQueue.exec(queueName) ?? [];
  if (channel === 'DigestChannel') return 'VerdictsToDigest';
  if (channel !== undefined) return channel;
  if (event.kind === 'change') return judgeOf(event.value.detail.eventName);
  if (event.kind === 'summary' && queueName === 'UndeliveredAlerts') return 'AlertTopic';
  throw new Error('it is no event of the guard');
}

/** The function, queue or topic of the stack that an ARN names. */
function placeNamed(target: string, stack: GuardStack): string {
  const unqualified = target.replace(/:\$LATEST$/, '');
  for (const [name, arn] of stack.functions) if (arn === unqualified) return name;
  for (const queue of stack.queues) if (stack.queueArn(queue) === target) return queue.name;
  if (target === stack.alertTopic) return 'AlertTopic';
  throw new Error(`it names \`${target}\`, which is not of stack \`${stack.name}\`: nothing else is called`);
}

/** The function that judges events of a name: `UserPermissions`. */
function judgeOf(eventName: string): string {
  const handler = catalog[eventName]?.handler;
  if (handler === undefined) throw new Error(`event \`${eventName}\` is not one that the guard judges`);
  return functionOf(handler);
}

function functionOf(handler: HandlerName): string {
  return handler.replaceAll(/(?:^|-)(\w)/g, (_whole, letter: string) => letter.toUpperCase());
}

function publish(summary: SweepSummary, { alertTopic, name }: GuardStack): Errand {
  if (alertTopic === undefined) throw new Error(`stack \`${name}\` has no topic of alerts`);
  return { kind: 'publish', to: 'topic of the alerts', topicArn: alertTopic, mail: summaryMail(summary, name) };
}

function invoke(place: string, payload: string, { functions, name }: GuardStack): Errand {
  const functionArn = functions.get(place);
  if (functionArn === undefined) throw new Error(`stack \`${name}\` has no function \`${place}\` (is its channel switched off?)`);
  return { kind: 'invoke', to: functionArn.slice(functionArn.lastIndexOf(':') + 1), functionArn, payload };
}

function send(place: string, body: string, { queues, name }: GuardStack): Errand & { readonly kind: 'send' } {
  const queue = queues.find((each) => each.name === place);
  if (queue === undefined) throw new Error(`stack \`${name}\` has no queue \`${place}\` (is its channel switched off?)`);
  return { kind: 'send', to: place, queueUrl: queue.url, body };
}
