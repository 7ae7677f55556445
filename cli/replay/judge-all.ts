import { bySeverity, type Severity } from '../../schemas/severity.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { type InputTalk, plural } from '../input-talk.ts';
import type { Progress } from '../progress.ts';
import { changesIn, createChangeJudge, type DirectoryOf, type ReplayStart, type SourcedChange } from '../replay-records.ts';
import type { UnseenUsers } from '../unseen-users.ts';
import type { createFilters } from './filters.ts';
import type { Interruption } from './interruption.ts';
import type { VerdictOutput } from './output.ts';
import type { TrailRead } from './read-trail.ts';
import type { ReplayOptions } from './replay-options.ts';

/** Judging gives others their turn so often, in milliseconds: Ctrl-C, output, the bar. */
const turn = 50;

/** What came of judging. */
export interface Judged {
  readonly verdicts: number;
  readonly duplicates: number;
  readonly worst: readonly (Severity | 'none')[];
  /** The time of the last event that was looked at. */
  readonly last: string | undefined;
}

/** Judges all that was read, and gives each verdict that is asked for to the output. */
export async function judgeAll(parts: {
  readonly read: TrailRead;
  readonly start: ReplayStart;
  readonly directoryOf: DirectoryOf;
  readonly filters: ReturnType<typeof createFilters>;
  readonly options: ReplayOptions;
  readonly talk: InputTalk;
  readonly output: VerdictOutput;
  readonly unseen: UnseenUsers;
  readonly interruption: Interruption;
  readonly progress: Progress;
}): Promise<Judged> {
  const { read, start, directoryOf, filters, options, talk, output, unseen, interruption, progress } = parts;
  let [verdicts, duplicates, done] = [0, 0, 0];
  let worst: Severity | undefined;
  let last: string | undefined;
  const judge = createChangeJudge(start, directoryOf);
  const onDuplicate = (): void => {
    duplicates += 1;
    done += 1;
  };
  const onPassed = (): void => {
    done += 1;
  };
  const onFault = ({ source, change }: SourcedChange, error: unknown): void => {
    if (options.debug) throw error;
    const message = error instanceof Error ? error.message : String(error);
    talk.problem({ source, message: `event ${change.id} (${change.eventName}) could not be judged: ${message}` });
  };
  let paused = performance.now();
  for (const at of changesIn(read.runs, onDuplicate, onPassed)) {
    done += 1;
    if (interruption.endsJudging) break;
    if (performance.now() - paused >= turn) {
      progress.show('changes', done, read.changes, plural(verdicts, 'verdict'));
      await new Promise((resolve) => setImmediate(resolve));
      paused = performance.now();
    }
    if (!filters.follows(at.change)) continue;
    last = at.change.eventTime;
    unseen.add(at.change);
    let verdict: Verdict | undefined;
    try {
      verdict = await judge(at.change);
    } catch (error) {
      onFault(at, error);
    }
    if (verdict === undefined || !filters.shows(verdict)) continue;
    verdicts += 1;
    worst = worseOf(worst, verdict);
    // Nothing is waited for where there is nothing to wait for
    const written = output.add(verdict);
    if (written !== undefined) await written;
  }
  progress.clear();
  return { verdicts, duplicates, worst: worst === undefined ? [] : [worst], last };
}

function worseOf(worst: Severity | undefined, { severity }: Verdict): Severity | undefined {
  if (severity === 'none') return worst;
  return worst === undefined || bySeverity(severity, worst) < 0 ? severity : worst;
}
