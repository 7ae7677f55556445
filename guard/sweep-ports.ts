import type { Answer, Directory, TagWriter } from '../iam/directory.ts';
import type { Account } from '../iam/read-account.ts';
import type { Configuration } from '../schemas/configuration.ts';

/** What a sweep is doing, how much of it is done, and of how much. */
export type SweepProgress = (phase: 'policies' | 'users', done: number, total: number) => void;

/** The edge of a sweep: everything that it reads and writes, handed in by whoever calls it. */
export interface SweepPorts {
  /** Its id. */
  readonly account: string;
  /** The account, read whole. Throws on a fault that a retry may mend. */
  readAccount(): Promise<Answer<Account>>;
  /** The account as it is at this moment: read once more, before any tag is written. */
  readonly live: Pick<Directory, 'posture' | 'managedPolicy' | 'policyTags'> & TagWriter;
  readonly configuration: Configuration;
  /** Whether tags are written, or only said. */
  readonly apply: boolean;
  now(): Date;
  /** Milliseconds that are left. */
  remaining(): number;
  readonly progress?: SweepProgress;
}

/** Users or policies read and tagged at the same time: IAM throttles an account, not a caller. */
export const atOnce = 5;

/** Time to leave for what is under way and for the summary, in milliseconds. */
export const reserve = 45_000;
