import type { Actor, Change } from '../events/change.ts';
import { visible } from '../schemas/visible-text.ts';

/** The actor as people would name it: a user's name, the person behind an Identity Center session, a session and its role. */
export function actorName({ type, name, session, arn, identityCenter }: Actor): string {
  if (type === 'Root') return 'the root user';
  if (session !== undefined && identityCenter) return visible(session);
  if (session !== undefined && name !== undefined) {
    return `${visible(session)} (${type === 'FederatedUser' ? 'federated by user' : 'role'} ${visible(name)})`;
  }
  return visible(name ?? session ?? arn ?? `an actor of type ${type}`);
}

/** The subject as people would name it: `user bob`, `the policy deploy`, `a user that the event does not name`. */
export function subjectName({ subject: { type, name } }: Change): string {
  if (type === 'account') return 'the account itself';
  if (name === undefined) return `a ${type} that the event does not name`;
  return type === 'policy' ? `the policy ${visible(name)}` : `${type} ${visible(name)}`;
}
