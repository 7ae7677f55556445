import type { Verdict } from '../../schemas/verdict.ts';

/**
 * The name of whoever made a change, where it can be relied on: an IAM user's, or the user name that IAM Identity Center gives a session
 * of its roles. Every other session is named by whoever assumes the role.
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export function authorKey({ actor, event }: Pick<Verdict, 'actor' | 'event'>): string | undefined {
  if (actor.accountId !== undefined && actor.accountId !== event.account) return undefined;
  if (actor.type === 'IAMUser') return actor.name;
  return isIdentityCenterSession(actor) ? actor.session : undefined;
}

/** True for a session of a role that IAM Identity Center made of a permission set. */
export function isIdentityCenterSession({ type, identityCenter }: Verdict['actor']): boolean {
  return type === 'AssumedRole' && identityCenter === true;
}
