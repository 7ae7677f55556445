import type { Unread } from '../../analyzers/posture.ts';
import type { EndingException } from '../../guard/ending-exceptions.ts';
import type { Exception } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { Severity } from '../../schemas/severity.ts';
import type { ConfigurationUsed } from './configuration-used.ts';

/** Where a user stands: something is wrong; what it holds could not all be read; something was wrong; nothing ever was, as far as tags and account tell. */
export type Standing = 'flagged' | 'undetermined' | 'cleared' | 'unflagged';

/** A policy to blame, and how the user comes to hold it: `group` brings it, or where that is left out the user holds it itself. */
export interface Held {
  readonly name: string;
  readonly kind: 'inline' | 'managed';
  readonly arn?: string;
  readonly version?: string;
  readonly group?: string;
}

/** A finding of a report. */
export interface ReportedFinding extends Finding {
  /** `account`: seen in what was read. `tag`: only the user's tag names it, and what it is about was not read. */
  readonly from: 'account' | 'tag';
  /** The policies that its evidence names, as the user holds them. */
  readonly held: readonly Held[];
}

/** What last moved a user's verdict, by its evidence tag. */
export interface LastChange {
  /** ISO 8601. */
  readonly time: string;
  /** The actor, or `sweep`. */
  readonly by: string;
  readonly eventId?: string;
}

/** A user that is flagged, was flagged, or could not be judged. Times are ISO 8601. */
export interface ReportedUser {
  readonly name: string;
  readonly arn: string;
  readonly standing: Exclude<Standing, 'unflagged'>;
  /** What its verdict tag should say. */
  readonly verdict: Severity | 'undetermined' | 'clear';
  /** What its verdict tag says; left out where it has none. */
  readonly tag?: string;
  /** Why its tags are not what they should be; left out where they are. */
  readonly stale?: string;
  /** When it was first flagged, this time; left out where no tag tells. */
  readonly since?: string;
  /** When it became clear, or was found so. */
  readonly cleared?: string;
  readonly lastChange?: LastChange;
  /** Those that nobody answers for, worst first. */
  readonly findings: readonly ReportedFinding[];
  /** Those that an exception covers. */
  readonly excepted: readonly ReportedFinding[];
  /** Flagged managed policies that it wrote, by name, as its tag tells; `authoredLeftOut` is how many more the tag had no room for. */
  readonly authored: readonly string[];
  readonly authoredLeftOut: number;
  readonly unread: readonly Unread[];
}

/** A customer managed policy that is flagged, or tagged as such. */
export interface ReportedPolicy {
  readonly name: string;
  readonly arn: string;
  readonly verdict: Severity | 'undetermined' | 'clear';
  /** What its verdict tag says; left out where it has none, or its tags were not read. */
  readonly tag?: string;
  /** The user that wrote it, as its tag tells. */
  readonly author?: string;
  readonly findings: readonly ReportedFinding[];
  readonly excepted: readonly ReportedFinding[];
  /** Why it could not be judged, or its tags not be read. */
  readonly unread?: string;
}

/** What became of an exception: it covers findings, it covers none, it is over and findings came after, or over and nothing came; or this report can't tell. */
export type ExceptionState = 'in use' | 'unused' | 'lapsed' | 'over' | 'not told';

/** An exception of the configuration. */
export interface ReportedException extends Exception {
  readonly state: ExceptionState;
  /** Whom it covers, or covered: `user/ada`. */
  readonly subjects: readonly string[];
  /** Why this report can't tell whether it is used. */
  readonly why?: string;
}

/** A control, and the flagged users that break it. */
export interface ControlCount {
  readonly framework: string;
  readonly version?: string;
  readonly id: string;
  readonly rules: readonly string[];
  readonly users: number;
}

/** Where a report's facts come from. */
export type ReportSource =
  | { readonly kind: 'account'; readonly readBy: string; readonly credentialsAsOf?: string }
  | { readonly kind: 'file'; readonly file: string; readonly sha256: string; readonly writtenAt: string };

/** What a period asks for. Either end may be open. Times are ISO 8601. */
export interface Period {
  /** The first moment of it. */
  readonly since?: string;
  /** The first moment after it. */
  readonly until?: string;
}

/** How many users stand where: the first four add up to `users`. */
export interface Counts {
  readonly users: number;
  readonly flagged: number;
  readonly undetermined: number;
  readonly cleared: number;
  /** Neither flagged nor ever tagged; in a report on a period, also those whose tags tell of other times only. */
  readonly unflagged: number;
  /** Of the flagged. */
  readonly severities: Readonly<Record<Severity, number>>;
  /** Of the unflagged: those with findings all of which an exception covers. */
  readonly excepted: number;
  /** Of those listed: users whose tags are not what they should be. */
  readonly stale: number;
}

/** Everything that a report says, whatever it is written as. */
export interface Report {
  readonly account: string;
  /** When it was made, in ISO 8601; what it says of the account is as old, but for what `source` says. */
  readonly madeAt: string;
  /** Of the program. */
  readonly version: string;
  readonly source: ReportSource;
  readonly configuration: ConfigurationUsed;
  readonly period?: Period;
  readonly counts: Counts;
  /** Flagged users, and those that could not be judged, worst first. */
  readonly users: readonly ReportedUser[];
  /** Cleared users, the last to become clear first. */
  readonly cleared: readonly ReportedUser[];
  readonly policies: readonly ReportedPolicy[];
  readonly controls: readonly ControlCount[];
  readonly exceptions: readonly ReportedException[];
  readonly exceptionsEnding: readonly EndingException[];
  /** Of the account itself: its password policy. */
  readonly accountFindings: readonly Finding[];
  readonly unread: readonly Unread[];
  /** False where something was not read that this source should tell. */
  readonly complete: boolean;
}
