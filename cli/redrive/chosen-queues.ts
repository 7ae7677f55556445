import { visible } from '../../schemas/visible-text.ts';
import { UsageError } from '../usage-error.ts';
import type { GuardQueue, GuardStack } from './guard-stack.ts';

/** Queues from which functions take by themselves; the others hold what nobody takes. */
const emptiedByFunctions = new Set(['UsersToJudgeAgain', 'VerdictsToDigest']);

/** First what was never judged, last what people only did not hear. */
const order = ['UndeliveredEvents', 'FailedEvents', 'UsersNotJudged'];

/**
 * The queues to look at: all of the stack that no function empties; or the one that `choice` names by its logical name or its URL, which may also be that of a
 * queue outside of the stack, of a guard that was deployed before.
 */
export function chosenQueues({ queues, name }: GuardStack, choice: string | undefined): readonly GuardQueue[] {
  const place = (queue: GuardQueue) => order.indexOf(queue.name) + 1 || order.length + 1;
  const lying = queues.filter((queue) => !emptiedByFunctions.has(queue.name)).toSorted((a, b) => place(a) - place(b));
  if (choice === undefined) return lying;
  const chosen = lying.find((queue) => queue.name === choice || queue.url === choice);
  if (chosen) return [chosen];
  if (queues.some((queue) => queue.name === choice || queue.url === choice))
    throw new UsageError(`--queue \`${visible(choice)}\`: a function takes from it by itself, there is nothing to redrive`);
  if (/^https?:\/\//.test(choice)) return [{ name: choice, url: choice }];
  const names = lying.map((queue) => `\`${queue.name}\``).join(', ');
  throw new UsageError(`--queue \`${visible(choice)}\` is no queue of stack \`${name}\`: give one of ${names}, or a queue's URL`);
}
