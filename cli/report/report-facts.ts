import type { PasswordPolicy, Posture, Unread } from '../../analyzers/posture.ts';
import type { Answer } from '../../iam/directory.ts';
import type { ReportSource } from './report.ts';

/** A customer managed policy as it was read. */
export interface PolicyFacts {
  readonly arn: string;
  readonly name: string;
  /** The text of the version in force. */
  readonly document: Answer<string>;
  /** Undefined where they were not asked for: nothing speaks of it. */
  readonly tags?: Answer<Readonly<Record<string, string>>>;
}

/** An account as it was read for a report. */
export interface ReportFacts {
  readonly account: string;
  /** When it was read, or where it comes from a file, now: ISO 8601. */
  readonly asOf: string;
  readonly source: ReportSource;
  readonly postures: readonly Posture[];
  readonly policies: readonly PolicyFacts[];
  /** Undefined where this source does not tell it. */
  readonly passwordPolicy?: Answer<PasswordPolicy | null>;
  /** Why keys, passwords and MFA of nobody are known; undefined where they are. */
  readonly noCredentials?: string;
  /** What of the account as a whole was not read. */
  readonly unread: readonly Unread[];
}
