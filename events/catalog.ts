import { accountEvents } from './catalog/account.ts';
import { credentialEvents } from './catalog/credentials.ts';
import type { CatalogPart, HandlerName } from './catalog/entry.ts';
import { groupEvents } from './catalog/groups.ts';
import { policyEvents } from './catalog/policies.ts';
import { roleEvents } from './catalog/roles.ts';
import { userEvents } from './catalog/users.ts';

export { type HandlerName, handlerNames } from './catalog/entry.ts';

/**
 * Every IAM call that the guard knows, by its event name. It has no prototype: `constructor` is no event.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
 */
export const catalog: CatalogPart = Object.freeze(
  Object.assign(Object.create(null), policyEvents, userEvents, credentialEvents, groupEvents, roleEvents, accountEvents),
);

/** The names of the events that a handler judges: what its pattern in serverless.yml must name. */
export function eventsOf(handler: HandlerName): string[] {
  return Object.keys(catalog).filter((name) => catalog[name]?.handler === handler);
}
