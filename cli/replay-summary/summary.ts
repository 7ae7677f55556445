import type { ExceptionUse } from '../../guard/exception-uses.ts';
import type { Severity } from '../../schemas/severity.ts';

/** The one word for a verdict: how bad a flagged change is, else how the change ended. */
export type VerdictWord = Severity | 'undetermined' | 'attempted' | 'suppressed' | 'clean';

/** Verdicts by their word. Words that none has are left out; the counts add up to the verdicts counted. */
export type WordCounts = Readonly<Partial<Record<VerdictWord, number>>>;

/** What a replay looked at, and what it left out on purpose. */
export interface Looked {
  /** IAM records read, duplicates included. */
  readonly records: number;
  /** Records that came again. */
  readonly duplicates: number;
  /** Files read; undefined where the input was not counted in files. */
  readonly files?: number;
  /** Inputs that could not be read, or not to their end. */
  readonly unread?: number;
  /** The filters in force, as they would be typed: `--since 2026-01-01`. */
  readonly filters?: readonly string[];
  /** True where the run was stopped before the end of the trail. */
  readonly interrupted?: boolean;
}

/** One name and how many verdicts (or findings) go with it. */
export interface Tally {
  readonly name: string;
  readonly count: number;
  readonly words: WordCounts;
}

/** Tallies, the most first; `others` counts what belongs to names that were too many to keep apart. */
export interface Tallies {
  readonly rows: readonly Tally[];
  readonly others: number;
}

/** Verdicts by UTC day, or by the shortest longer unit that gives no more than twenty rows where the trail allows it. */
export interface Periods {
  readonly unit: 'day' | 'week' | 'month' | 'year';
  /** In time order, periods without a verdict left out. `name` is the period's first day, month or year (`2026-03-16`, `2026-03`, `2026`). */
  readonly rows: readonly Tally[];
}

/** One change, as a story or a user's entry tells it. */
export interface Told {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly eventId: string;
  readonly by: string;
  /** What was done, as a verb phrase: `attached AdministratorAccess to user bob`. */
  readonly deed: string;
  /** What the worst finding says of it: `it allows every action on every resource`. */
  readonly consequence?: string;
  readonly word: VerdictWord;
}

/** A line of a story: one change, or all that was done to one user the protagonist had created. */
export interface StoryLine {
  readonly time: string;
  /** The time of the last change told here, where there is more than one. */
  readonly until?: string;
  readonly text: string;
  readonly word: VerdictWord;
  readonly eventIds: readonly string[];
}

/** What happened to a user and what was done with it, in time order. */
export interface Story {
  readonly user: string;
  readonly account: string;
  /** The worst word of its lines. */
  readonly word: VerdictWord;
  readonly lines: readonly StoryLine[];
  /** Milder lines that are not told. */
  readonly untold: number;
}

/** A user to look at, why, and what to do about it first. */
export interface UserInNeed {
  readonly user: string;
  readonly account: string;
  /** How it stands at the end of the trail: a severity where it needs attention now, else that it is `clear` or `deleted`. */
  readonly stands: Severity | 'undetermined' | 'clear' | 'deleted';
  readonly why: readonly string[];
  /** When that began: ISO 8601, UTC. */
  readonly since: string;
  /** The last change to the user's permissions or credentials that the trail tells of. */
  readonly last?: Told;
  readonly first: { readonly what: string; readonly command?: string };
}

/** All that a replay says at its end: plain data, from which text and page are rendered alike. */
export interface ReplaySummary {
  readonly verdicts: number;
  readonly words: WordCounts;
  /** Time of the first and the last change judged: ISO 8601, UTC. */
  readonly period?: { readonly from: string; readonly to: string };
  readonly accounts: readonly string[];
  readonly looked: Looked;
  /** Findings by rule, exceptions included; a verdict has as many as it has findings. */
  readonly rules: Tallies;
  readonly actors: Tallies;
  readonly periods: Periods;
  /** What became of the configured exceptions. */
  readonly exceptions: readonly ExceptionUse[];
  /** The first verdicts of the worst severity there is. */
  readonly worst: { readonly severity: Severity; readonly count: number; readonly summaries: readonly string[] } | undefined;
  /** Those most in need of attention, most first. */
  readonly users: readonly UserInNeed[];
  readonly moreUsers: number;
  /** Worst first. */
  readonly stories: readonly Story[];
  readonly moreStories: number;
  /** How many users with milder verdicts were not followed, as they were too many; at most, as one who comes again is counted again. */
  readonly unfollowed: number;
}
