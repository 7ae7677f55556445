import { interpret } from '../../events/interpret.ts';
import { eventCases } from '../events/event-cases.ts';
import { record } from '../records.ts';

/** The change that one call of each event of the catalog makes. */
export const changes = Object.entries(eventCases).map(([eventName, { request, response = null }]) => {
  const change = interpret(record(eventName, { requestParameters: request, responseElements: response }), 'event-1');
  if (change === undefined) throw new Error(`${eventName} is not in the catalog`);
  return change;
});

/** The change that one call of an event makes. Throws where the catalog has no such event. */
export function changeBy(eventName: string) {
  const change = changes.find((one) => one.eventName === eventName);
  if (change === undefined) throw new Error(`${eventName} is not in the catalog`);
  return change;
}

/** The kinds of effect that there is a call for. */
export const kinds: ReadonlySet<string> = new Set(changes.map(({ effect }) => effect.kind));
