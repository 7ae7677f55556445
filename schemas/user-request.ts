import type { FromSchema } from 'json-schema-to-ts';
import { verdictSchema } from './verdict.ts';

/** Asks that a user be judged as it is by now, because of an event. Of the event it has what a verdict says of it. */
export const userRequestSchema = {
  $id: 'userRequest',
  type: 'object',
  required: ['user', 'relation', 'event', 'actor'],
  additionalProperties: false,
  properties: {
    user: { type: 'string', pattern: '^.+$' },
    relation: { enum: ['subject', 'member', 'holder'] },
    event: verdictSchema.properties.event,
    actor: verdictSchema.properties.actor,
  },
} as const;

/** A user to judge once more, and the event that asks for it. `relation` is the user's to what changed. */
export type UserRequest = FromSchema<typeof userRequestSchema>;
