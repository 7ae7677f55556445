import { recordId } from '../../guard/record-id.ts';
import type { SweepEnvelope, VerdictEnvelope } from '../../schemas/alert-envelope.ts';
import type { EventBridgeEnvelope } from '../../schemas/eventbridge-envelope.ts';
import type { UserRequest } from '../../schemas/user-request.ts';
import { validateEnvelope, validateSweepEnvelope, validateUserRequest, validateVerdictEnvelope } from '../../schemas/validate.ts';
import { fieldsOf } from './unwrap.ts';

/** What a message was found to hold, once it kept its schema. `other` is what only the sweep takes, since it reads no event. */
export type HeldEvent =
  | { readonly kind: 'change'; readonly value: EventBridgeEnvelope }
  | { readonly kind: 'verdict'; readonly value: VerdictEnvelope }
  | { readonly kind: 'summary'; readonly value: SweepEnvelope }
  | { readonly kind: 'user'; readonly value: UserRequest }
  | { readonly kind: 'schedule' | 'other' };

/** What a person knows an event by. */
export interface EventLabel {
  readonly name: string;
  /** The verdict's id, where there is a verdict. */
  readonly id?: string;
  /** ISO 8601. */
  readonly time?: string;
}

/** Tells what a payload is, and validates it. Throws a `SchemaError` where it claims to be something that it is not. */
export function heldEvent(payload: unknown): HeldEvent {
  const { 'detail-type': type, source, relation } = fieldsOf(payload);
  if (type === 'AWS API Call via CloudTrail') return { kind: 'change', value: validateEnvelope(payload) };
  if (type === 'IAM Policy Verdict') return { kind: 'verdict', value: validateVerdictEnvelope(payload) };
  if (type === 'IAM Sweep Summary') return { kind: 'summary', value: validateSweepEnvelope(payload) };
  if (type === 'Scheduled Event' && source === 'aws.events') return { kind: 'schedule' };
  return relation === undefined ? { kind: 'other' } : { kind: 'user', value: validateUserRequest(payload) };
}

/** How to name an event. */
export function labelOf(event: HeldEvent): EventLabel {
  switch (event.kind) {
    case 'change': {
      const { eventName, eventTime } = event.value.detail;
      return { name: eventName, id: recordId(event.value.detail), time: eventTime };
    }
    case 'verdict': {
      const { id, event: of } = event.value.detail;
      return { name: `verdict on ${of.name}`, id, time: of.time };
    }
    case 'summary':
      return { name: 'summary of a sweep', time: event.value.detail.startedAt };
    case 'user': {
      const { user, event: of } = event.value;
      return { name: `second look at user ${user}`, id: of.id, time: of.time };
    }
    default:
      return { name: 'start of a sweep' };
  }
}
