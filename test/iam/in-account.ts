import type { Change, DocumentInEvent, Effect } from '../../events/change.ts';
import { motoAccount } from '../moto.ts';

/** The account of these tests; moto plays the same one. */
export const account = motoAccount;

/** The ARN of a customer managed policy in the account of these tests. */
export function policyArn(name: string): string {
  return `arn:aws:iam::${account}:policy/${name}`;
}

/** A document that allows an action on everything. */
export function allowing(action: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
}

/** A document as an event carries it. */
export function present(text: string): DocumentInEvent {
  return { state: 'present', text };
}

/** Changes with these effects, one a second from 2026-01-01T00:00:00Z. */
export function changesOf(...effects: Effect[]): Change[] {
  return effects.map((effect, second) => changeAt(new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(), effect, `change-${second}`));
}

/** One change with this effect at this time. */
export function changeAt(eventTime: string, effect: Effect, id = `${eventTime} ${effect.kind}`): Change {
  return {
    id,
    eventName: effect.kind,
    eventTime,
    eventSource: 'iam.amazonaws.com',
    account,
    region: 'us-east-1',
    actor: { type: 'IAMUser', name: 'root-of-test' },
    subject: { type: 'account', account },
    effect,
  };
}
