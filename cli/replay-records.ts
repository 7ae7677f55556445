import type { Change } from '../events/change.ts';
import { interpret, isJudged } from '../events/interpret.ts';
import { judge } from '../guard/guard.ts';
import { recordId } from '../guard/record-id.ts';
import { createProjectedDirectory, type ProjectedDirectory } from '../iam/projected-directory.ts';
import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';
import type { Configuration } from '../schemas/configuration.ts';
import type { Verdict } from '../schemas/verdict.ts';
import { visible } from '../schemas/visible-text.ts';
import { byTimeAndCause } from './causal-order.ts';
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
}

/** A record, and the input that it came from. */
export interface SourcedRecord {
  readonly source: string;
  readonly record: CloudTrailRecord;
}

/** A record with what it did. */
export interface Step extends SourcedRecord {
  readonly change: Change;
}

/** Told of a record that could not be judged, and why. The others are judged all the same. */
export type OnFault = (at: SourcedRecord, error: unknown) => void;

/**
 * The IAM changes among records, each once however often it was delivered, in the order in which they happened. That order
 * is the same for any order of the records.
 */
export function stepsOf(records: Iterable<SourcedRecord>, onFault: OnFault): { readonly steps: Step[]; readonly duplicates: number } {
  const steps = new Map<string, Step>();
  let duplicates = 0;
  for (const at of records) {
    const step = stepOf(at, onFault);
    if (step === undefined) continue;
    const known = steps.get(step.change.id);
    if (known !== undefined) duplicates += 1;
    if (known === undefined || isBefore(step.record, known.record)) steps.set(step.change.id, step);
  }
  return { steps: [...steps.values()].sort((a, b) => byTimeAndCause(a.change, b.change)), duplicates };
}

function stepOf(at: SourcedRecord, onFault: OnFault): Step | undefined {
  try {
    const change = interpret(at.record, recordId(at.record));
    return change && { ...at, change };
  } catch (error) {
    onFault(at, error);
    return undefined;
  }
}

/** Judges changes one after the other, each on IAM as the trail (and the state before it) tells it. */
export async function* replay(steps: readonly Step[], start: ReplayStart, onFault: OnFault): AsyncIterable<Verdict> {
  const directoryOf = directories(start);
  for (const step of steps) {
    try {
      const verdict = await judgeStep(step, directoryOf, start.configuration);
      if (verdict !== undefined) yield verdict;
    } catch (error) {
      onFault(step, error);
    }
  }
}

async function judgeStep({ record, change }: Step, directoryOf: (account: string) => ProjectedDirectory, configuration: Configuration) {
  directoryOf(change.account).fold(change);
  if (!isJudged(change.eventName)) return undefined;
  const now = () => new Date(Date.parse(change.eventTime) + settled);
  return judge(record, { directory: directoryOf, publish: async () => {}, now, configuration, partialHistory: true });
}

function directories({ managedPolicies, state }: ReplayStart): (account: string) => ProjectedDirectory {
  const made = new Map<string, ProjectedDirectory>();
  const directoryOf = (account: string) => {
    const directory = made.get(account) ?? createProjectedDirectory({ account, managedPolicies });
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

/** Where one id comes with two contents, which of them is judged must not depend on the order of the files. */
function isBefore(a: CloudTrailRecord, b: CloudTrailRecord): boolean {
  return JSON.stringify(a) < JSON.stringify(b);
}
