import type { Change } from '../events/change.ts';
import { isJudged } from '../events/interpret.ts';
import { judgeChange } from '../guard/guard.ts';
import type { GuardPorts } from '../guard/ports.ts';
import { createProjectedDirectory, type ProjectedDirectory } from '../iam/projected-directory.ts';
import type { Configuration } from '../schemas/configuration.ts';
import type { Verdict } from '../schemas/verdict.ts';
import { visible } from '../schemas/visible-text.ts';
import { createIdSet } from './replay/id-set.ts';
import { mergeRuns } from './replay/merge-runs.ts';
import { changeOf, idOf, isEmpty, sourceOf } from './replay/run-format.ts';
import type { Run } from './replay/run-writer.ts';
import { UsageError } from './usage-error.ts';

type ManagedPolicies = NonNullable<Parameters<typeof createProjectedDirectory>[0]['managedPolicies']>;

/**
 * How long after its event a change is judged, in milliseconds. The guard waits a while for IAM to show a change, but a
 * directory rebuilt from a trail has nothing left to settle: what it calls absent stays absent.
 */
const settled = 3_600_000;

/** What a replay starts from. */
export interface ReplayStart {
  readonly configuration: Configuration;
  readonly managedPolicies: ManagedPolicies;
  /** The account as it stood before the trail: the answer of `aws iam get-account-authorization-details`. */
  readonly state?: { readonly account: string; readonly details: unknown };
  /** Changes before it are followed, to know what users hold, but not judged. */
  readonly since?: Date;
}

/** A change, and the input that its record came from. */
export interface SourcedChange {
  readonly source: string;
  readonly change: Change;
}

/** Told of a change that could not be judged, and why. The others are judged all the same. */
export type OnFault = (at: SourcedChange, error: unknown) => void;

/**
 * The changes in runs, each once however often its record was delivered, in the order in which they happened. That order, and which one
 * stays where an id comes with two contents, is the same for any order of the records. What moves nothing is passed over.
 */
export function* changesIn(runs: readonly Run[], onDuplicate: () => void, onPassed: () => void = () => {}): Generator<SourcedChange> {
  const ids = createIdSet();
  for (const entry of mergeRuns(runs)) {
    if (!ids.add(idOf(entry))) onDuplicate();
    else if (isEmpty(entry)) onPassed();
    else yield { source: sourceOf(entry), change: JSON.parse(changeOf(entry)) };
  }
}

/** Judges changes one after the other, each on IAM as the trail (and the state before it) tells it. */
export async function* replay(changes: Iterable<SourcedChange>, start: ReplayStart, onFault: OnFault): AsyncGenerator<Verdict> {
  const judge = createChangeJudge(start, createDirectories(start));
  for (const at of changes) {
    try {
      const verdict = await judge(at.change);
      if (verdict !== undefined) yield verdict;
    } catch (error) {
      onFault(at, error);
    }
  }
}

/** Follows a change, and judges it where it gives a verdict. Throws, or rejects, where it can't be judged. */
export type ChangeJudge = (change: Change) => Promise<Verdict> | undefined;

/** A judge of changes, which are to be given in the order in which they happened. */
export function createChangeJudge({ since: from, configuration }: ReplayStart, directoryOf: DirectoryOf): ChangeJudge {
  const since = from?.getTime() ?? Number.NEGATIVE_INFINITY;
  let now = new Date(0);
  const ports: GuardPorts = {
    directory: directoryOf,
    publish: async () => {},
    now: () => now,
    configuration,
    partialHistory: true,
  };
  return (change) => {
    directoryOf(change.account).fold(change);
    if (!isJudged(change.eventName)) return undefined;
    const time = Date.parse(change.eventTime);
    if (time < since) return undefined;
    now = new Date(time + settled);
    return judgeChange(change, ports);
  };
}

/** The directory of an account, as far as the changes judged so far tell it. */
export type DirectoryOf = (account: string) => ProjectedDirectory;

/** Directories that begin with the state before the trail. Throws where that is none. */
export function createDirectories({ managedPolicies, state }: ReplayStart): DirectoryOf {
  const made = new Map<string, ProjectedDirectory>();
  const directoryOf = (account: string) => {
    const directory = made.get(account) ?? createProjectedDirectory({ account, managedPolicies, eachOnce: true });
    made.set(account, directory);
    return directory;
  };
  if (state !== undefined) load(directoryOf(state.account), state.details);
  return directoryOf;
}

function load(directory: ProjectedDirectory, details: unknown): void {
  try {
    directory.load(details);
  } catch (error) {
    throw new UsageError(`--state: ${visible(error instanceof Error ? error.message : String(error))}`, { cause: error });
  }
}
