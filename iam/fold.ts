import type { Effect } from '../events/change.ts';
import type { ProjectedAccount } from './projected-account.ts';

/**
 * How each kind of effect moves an account; `at` is the event's time. An effect whose target the record can't tell moves
 * nothing: its own verdict says so. No fold looks through the account, so that a long trail stays quick.
 */
export type Folds<Kind extends Effect['kind']> = {
  readonly [K in Kind]: (account: ProjectedAccount, effect: Extract<Effect, { kind: K }>, at: string) => void;
};
