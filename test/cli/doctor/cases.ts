import type { State } from '../../../cli/doctor/check.ts';
import type { ContextParts } from '../../../cli/doctor/context.ts';
import type { Account } from './account.ts';

/** What was made otherwise than it should be. */
export interface Broken {
  /** What the command has that is not the account's own: another Region, a client that answers what moto cannot. */
  readonly parts?: Partial<ContextParts>;
  /** Sets it right again. */
  readonly mend?: () => Promise<unknown>;
}

/** One thing broken, and what the check has to say to it. */
export interface BrokenCase {
  readonly title: string;
  readonly break: (account: Account) => Promise<Broken>;
  /** `wrong` where it is not said. */
  readonly state?: State;
  readonly says: string | RegExp;
  /** How one of the commands begins that mend it. */
  readonly fix?: string;
}

/** A check in both states. That it is ok in the account as it was deployed is always tried. */
export interface CheckCases {
  /** Why something else plays AWS here than moto. */
  readonly mocked?: string;
  /** What the check needs that moto lacks, in both states. */
  readonly given?: (account: Account) => Promise<Broken>;
  readonly broken: readonly BrokenCase[];
}
