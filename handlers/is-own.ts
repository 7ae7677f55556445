import type { GuardPorts } from '../guard/ports.ts';

/**
 * Tells who of an account is the guard: a session of one of its roles. By the role's name, which one of another account could share; a
 * session's own name anybody may choose.
 */
export const createIsOwn = (account: string, roles: readonly string[]): NonNullable<GuardPorts['isOwn']> => {
  const ownRoles = new Set(roles);
  return ({ type, name, accountId }) => type === 'AssumedRole' && accountId === account && name !== undefined && ownRoles.has(name);
};
