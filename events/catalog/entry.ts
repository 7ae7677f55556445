import type { Call } from '../call.ts';
import type { Effect, Subject } from '../change.ts';
import { type Draft, known } from '../known.ts';

/** The handlers that judge, each fed by one rule of serverless.yml. */
export const handlerNames = ['policy-changes', 'user-permissions', 'group-changes', 'user-credentials', 'account-changes'] as const;

/** One of the handlers that judge. */
export type HandlerName = (typeof handlerNames)[number];

/** How one IAM call is read: whom it changes, and what it does to IAM's state. */
export interface CatalogEntry {
  /** Who judges it; undefined where it gives no verdict and is only followed, to know IAM's state when others are judged. */
  readonly handler: HandlerName | undefined;
  readonly subject: (call: Call) => Subject;
  readonly effect: (call: Call) => Effect;
}

/** The entries of events by their names. */
export type CatalogPart = Readonly<Record<string, CatalogEntry>>;

type EffectReader = (call: Call) => Draft<Effect>;

/** An event that gives a verdict. */
export function judged(handler: HandlerName, subject: CatalogEntry['subject'], effect: EffectReader): CatalogEntry {
  return { handler, subject, effect: (call) => known<Effect>(effect(call)) };
}

/** An event that is only followed. */
export function followed(subject: CatalogEntry['subject'], effect: EffectReader): CatalogEntry {
  return { handler: undefined, subject, effect: (call) => known<Effect>(effect(call)) };
}
