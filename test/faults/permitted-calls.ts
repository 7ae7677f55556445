import { readFileSync } from 'node:fs';

/** Calls that Lambda itself makes with the role of a function. */
const lambdas = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'];

/** The calls that the roles of the judging functions permit, and that the functions can therefore make. */
export const permittedCalls = (): string[] => {
  const roles = readFileSync(new URL('../../stack/roles.yml', import.meta.url), 'utf8');
  const actions = [...roles.matchAll(/\b(?:iam|events|sqs|dynamodb):[A-Z]\w+/g)].map(([action]) => action);
  return [...new Set(actions)]
    .filter((action) => !lambdas.includes(action))
    .map((action) => (action === 'sqs:SendMessage' ? 'sqs:SendMessageBatch' : action));
};
