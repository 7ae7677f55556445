import type { Unread } from '../analyzers/posture.ts';
import type { Finding } from '../schemas/finding.ts';
import type { Severity } from '../schemas/severity.ts';
import type { SweepCounts, SweepVerdict } from '../schemas/sweep-summary.ts';
import type { EndingException } from './ending-exceptions.ts';
import type { ExceptionUse } from './exception-uses.ts';

/**
 * What became of a user or policy. `planned`: a dry sweep would write its tags; `failed`: they could not be written, or what they
 * follow from not be read for now; `unread`: it may not be read; `left`: there was no time; `gone`: it was deleted meanwhile.
 */
export type SweepResult = keyof SweepCounts['results'];

/** One user, or one customer managed policy, as a sweep found it. */
export interface Swept {
  readonly kind: 'user' | 'policy';
  /** A policy's is its ARN. */
  readonly name: string;
  /** What its tag said. */
  readonly before: SweepVerdict;
  /** What its tag says after the sweep, or would say after one that writes. */
  readonly verdict: SweepVerdict;
  /** Those that no exception covers. */
  readonly findings: readonly Finding[];
  /** Ids of rules whose finding no tag named so far, or a milder one. */
  readonly appeared: readonly string[];
  readonly result: SweepResult;
  /** The tags written or to be written, keys with the prefix. */
  readonly tags?: { readonly set: Readonly<Record<string, string>>; readonly remove: readonly string[] };
  readonly detail?: string;
  /** True where another sweep, soon, may do what this one could not. */
  readonly again?: true;
  /** What of it was not seen. */
  readonly unread: readonly Unread[];
}

/** All that came of a sweep. Times are ISO 8601. */
export interface SweepReport {
  readonly account: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** When IAM made the credential report that was read first. */
  readonly credentialsAsOf?: string;
  /** False of a dry sweep. */
  readonly applied: boolean;
  /** True where all was read, judged and, unless it was dry, tagged. */
  readonly complete: boolean;
  /** True where another sweep, soon, may do what this one could not. */
  readonly again: boolean;
  /** The worst that no tag told before. */
  readonly severity: Severity | 'none';
  readonly counts: SweepCounts;
  /** Of the account itself: its password policy. */
  readonly findings: readonly Finding[];
  /** What became of each exception of the configuration. */
  readonly exceptions: readonly ExceptionUse[];
  /** Exceptions that end in 14, 7 or 1 days. */
  readonly exceptionsEnding: readonly EndingException[];
  /** Every user, worst first. */
  readonly users: readonly Swept[];
  /** Every customer managed policy, worst first. */
  readonly policies: readonly Swept[];
  readonly unread: readonly Unread[];
}
