import type { DoctorContext } from './context.ts';

/** What a check found: all well, a fault, nothing (it could not look), or that there was nothing to look at. */
export type State = 'ok' | 'wrong' | 'unknown' | 'skipped';

/** What one check says. Text may hold names from the account: it is made visible where it is printed. */
export interface Outcome {
  readonly state: State;
  /** What was found, in one sentence without a full stop. */
  readonly says: string;
  /** Commands that mend it, in their order, safe to paste into a POSIX shell; of a `wrong` outcome at least one. */
  readonly fix?: readonly string[];
  /** The faults one by one, where there are several. */
  readonly faults?: readonly string[];
}

/** One thing that must hold for the guard to see, judge and tell. */
export interface Check {
  /** Kebab-case, and the name of its file and of its test's. */
  readonly id: string;
  /** What is as it should be where it is ok. */
  readonly title: string;
  /** What is lost where it is not. */
  readonly matters: string;
  /** IAM actions that the person who runs it needs for it. */
  readonly permissions: readonly string[];
  /** Checks without which this one would make no sense: where one of them is not ok, it is skipped. */
  readonly after: readonly string[];
  /** True for a check that writes, and so runs only where it is asked for. */
  readonly writes?: boolean;
  /** Looks. What AWS refuses or does not answer may be thrown: it becomes `unknown`. */
  readonly run: (context: DoctorContext) => Promise<Outcome>;
}

/** A fault in one of the things that a check looks at, with the commands that mend it. */
export interface Fault {
  readonly says: string;
  readonly fix: readonly string[];
}

/** An outcome that is all well. */
export const ok = (says: string): Outcome => ({ state: 'ok', says });

/** An outcome with nothing to look at. */
export const skipped = (says: string): Outcome => ({ state: 'skipped', says });

/** An outcome that is a fault. */
export const wrong = (says: string, ...fix: string[]): Outcome => ({ state: 'wrong', says, fix });

/** Wrong with all of the faults; ok, as `otherwise` says it, where there is none. */
export function faultsOr(faults: readonly Fault[], otherwise: string): Outcome {
  if (faults.length === 0) return ok(otherwise);
  const said = faults.map(({ says }) => says);
  return { ...wrong(said.join('; '), ...new Set(faults.flatMap(({ fix }) => fix))), ...(said.length > 1 ? { faults: said } : {}) };
}
