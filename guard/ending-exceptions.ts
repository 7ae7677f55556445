import type { Exception } from '../schemas/configuration.ts';

/** An exception that ends soon, and after how many days. */
export type EndingException = Pick<Exception, 'rule' | 'subject' | 'owner' | 'ticket' | 'expires'> & { readonly days: number };

const told = new Set([14, 7, 1]);
const day = 86_400_000;

/** The exceptions whose last day is 14, 7 or 1 days after `at` (ISO 8601), the next to end first: whoever answers for one has time to act. */
export function endingExceptions(exceptions: readonly Exception[], at: string): EndingException[] {
  const today = Date.parse(at.slice(0, 'yyyy-mm-dd'.length));
  return exceptions
    .map(({ rule, subject, owner, ticket, expires }) => ({
      rule,
      subject,
      owner,
      ticket,
      expires,
      days: (Date.parse(expires) - today) / day,
    }))
    .filter(({ days }) => told.has(days))
    .toSorted((a, b) => a.days - b.days);
}
