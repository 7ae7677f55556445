import type { Verdict } from '../../schemas/verdict.ts';
import { authorKey, isIdentityCenterSession } from './author.ts';

/** Who may be written to. */
export interface AddressBook {
  /** E-mail addresses by IAM user name. */
  readonly users: ReadonlyMap<string, string>;
  /** Domains that mail may go to, each exactly: a subdomain is another one. */
  readonly domains: readonly string[];
}

const longestAddress = 254;
/** Far narrower than what mail allows: nothing in it separates addresses, quotes, comments or ends a header. */
const address = /^[A-Za-z0-9_+=-]+(?:\.[A-Za-z0-9_+=-]+)*@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)$/;

/**
 * The e-mail address of whoever made a change: from the book for an IAM user, the session name for a session of IAM Identity Center
 * that is an address. Undefined for everybody else, and for each address outside of the book's domains.
 */
export function authorAddress(verdict: Pick<Verdict, 'actor' | 'event'>, { users, domains }: AddressBook): string | undefined {
  const key = authorKey(verdict);
  if (key === undefined) return undefined;
  const written = isIdentityCenterSession(verdict.actor) ? key : users.get(key);
  return written !== undefined && isAllowed(written, domains) ? written : undefined;
}

function isAllowed(written: string, domains: readonly string[]): boolean {
  const domain = written.length > longestAddress ? undefined : address.exec(written)?.[1]?.toLowerCase();
  return domain !== undefined && domains.some((allowed) => allowed.toLowerCase() === domain);
}
