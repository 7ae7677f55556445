import { loadManagedPolicies } from '../iam/managed-policies.ts';
import { bySeverity, type Severity } from '../schemas/severity.ts';
import type { Verdict } from '../schemas/verdict.ts';
import { visible } from '../schemas/visible-text.ts';
import { isS3Address } from '../trails/s3-address.ts';
import { type ExitStatus, exitStatus, type Threshold } from './exit-status.ts';
import { createInputTalk, type InputTalk, named, plural } from './input-talk.ts';
import { managedPoliciesFile } from './installed.ts';
import { createProgress, type Progress } from './progress.ts';
import { readAccountState } from './read-account-state.ts';
import { readConfiguration } from './read-configuration.ts';
import { createFilters, type FilterOptions } from './replay/filters.ts';
import { createInterruption, type Interruption } from './replay/interruption.ts';
import { createVerdictOutput, type ReplayFormat, type VerdictOutput } from './replay/output.ts';
import { readTrail, type TrailRead } from './replay/read-trail.ts';
import { createRemarks } from './replay/remarks.ts';
import { createTemporaryFolder } from './replay/temporary-folder.ts';
import {
  changesIn,
  createDirectories,
  type DirectoryOf,
  type OnFault,
  type ReplayStart,
  replay,
  type SourcedChange,
} from './replay-records.ts';
import { awsSources, type ReplaySourceOptions } from './replay-sources.ts';
import type { Terminal } from './terminal.ts';
import { createUnseenUsers, type UnseenUsers } from './unseen-users.ts';
import { UsageError } from './usage-error.ts';

/** The options of `trailguard replay`. */
export interface ReplayOptions extends FilterOptions, ReplaySourceOptions {
  readonly format: ReplayFormat;
  readonly failOn: Threshold;
  readonly colour: boolean;
  /** Whether a record that can't be judged ends the run with the error as it arose. */
  readonly debug: boolean;
  readonly state?: string;
  readonly config?: string;
  /** Threads that read; one a processor where it is not given. */
  readonly workers?: number;
}

/** Judging gives others their turn so often, in milliseconds: Ctrl-C, output, the bar. */
const turn = 50;

/**
 * Runs trails through the guard on a directory rebuilt from them, and gives one verdict for each change, in event-time order. All is read
 * before the first is judged, as records come in no order.
 */
export async function runReplay(paths: readonly string[], options: ReplayOptions, terminal: Terminal): Promise<ExitStatus> {
  if (paths.length === 0 && options.lookup !== true)
    throw new UsageError('name a log file, a folder or `-` for standard input, or give --lookup');
  const filters = createFilters(options, new Date());
  const configuration = await readConfiguration(options.config);
  const state = options.state === undefined ? undefined : await readAccountState(options.state);
  const talk = createInputTalk(terminal);
  const progress = createProgress();
  const temporary = createTemporaryFolder();
  const interruption = createInterruption(
    () => terminal.err('trailguard: interrupted: judging what was read so far (Ctrl-C once more ends at once)'),
    () => {
      progress.clear();
      terminal.err('trailguard: interrupted: ended at once, and nothing more was judged');
      process.exit(2);
    },
  );
  try {
    const read = await readInputs(paths, options, { terminal, talk, progress, temporary, interruption, span: filters.span });
    interruption.judge();
    const start: ReplayStart = {
      configuration,
      managedPolicies: loadManagedPolicies(managedPoliciesFile()),
      ...(state ? { state } : {}),
      ...(filters.span.since ? { since: filters.span.since } : {}),
    };
    const output = createVerdictOutput(options, configuration, terminal);
    const unseen = createUnseenUsers();
    const directoryOf = createDirectories(start);
    const judged = await judgeAll({ read, start, directoryOf, filters, options, talk, output, unseen, interruption, progress });
    const looked = { records: read.records, duplicates: judged.duplicates, files: read.files, unread: talk.unreadInputs };
    await output.finish({
      looked: { ...looked, filters: filters.words, interrupted: interruption.happened },
      finalTags: (account, user) => tagsOf(directoryOf(account), user),
    });
    talk.finish();
    if (state === undefined) noteUnseen(unseen.names(), terminal);
    if (interruption.happened) terminal.err(howFar(read, judged, interruption));
    return exitStatus({ unjudged: talk.unread || interruption.happened, severities: judged.worst, failOn: options.failOn });
  } finally {
    progress.clear();
    interruption.dispose();
    temporary.remove();
  }
}

/** The tags of a user as the trail leaves them. */
async function tagsOf(directory: ReturnType<DirectoryOf>, user: string): Promise<Readonly<Record<string, string>> | undefined> {
  const tags = await directory.userTags(user);
  return tags.found ? tags.value : undefined;
}

async function readInputs(
  paths: readonly string[],
  { workers, ...options }: ReplayOptions,
  parts: {
    readonly terminal: Terminal;
    readonly talk: InputTalk;
    readonly progress: Progress;
    readonly temporary: ReturnType<typeof createTemporaryFolder>;
    readonly interruption: Interruption;
    readonly span: Parameters<typeof awsSources>[2];
  },
): Promise<TrailRead> {
  const { terminal, talk, progress, temporary, interruption, span } = parts;
  const remarks = createRemarks();
  const isInAws = options.lookup === true || paths.some(isS3Address);
  const begun = performance.now();
  const places = {
    paths,
    stdin: terminal.stdin,
    // What came before --since tells what users hold, so all of it is fetched
    ...(isInAws ? { sources: awsSources(paths, options, span.until ? { until: span.until } : {}, terminal, interruption.reading) } : {}),
  };
  const read = await readTrail(places, {
    ...(workers === undefined ? {} : { workers }),
    temporary,
    signal: interruption.reading,
    onRemark: (remark) => remarks.add(remark),
    onProgress({ files, of, bytes }) {
      progress.show('files', files, of, `${Math.round(bytes / 1_000 / (performance.now() - begun))} MB/s`);
    },
  });
  progress.clear();
  remarks.tell(talk);
  return read;
}

interface Judged {
  readonly verdicts: number;
  readonly duplicates: number;
  readonly worst: readonly (Severity | 'none')[];
  /** The time of the last event that was looked at. */
  readonly last: string | undefined;
}

async function judgeAll(parts: {
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
  function* all(): Generator<SourcedChange> {
    for (const at of changesIn(read.runs, () => {
      duplicates += 1;
      done += 1;
    })) {
      done += 1;
      if (interruption.endsJudging) return;
      yield at;
    }
  }
  const onFault: OnFault = ({ source, change }, error) => {
    if (options.debug) throw error;
    const message = error instanceof Error ? error.message : String(error);
    talk.problem({ source, message: `event ${change.id} (${change.eventName}) could not be judged: ${message}` });
  };
  const follows = (change: SourcedChange['change']): boolean => {
    if (!filters.follows(change)) return false;
    last = change.eventTime;
    unseen.add(change);
    return true;
  };
  let paused = performance.now();
  const pause = (): Promise<void> | undefined => {
    if (performance.now() - paused < turn) return undefined;
    progress.show('changes', done, read.changes, plural(verdicts, 'verdict'));
    return new Promise((resolve) => {
      setImmediate(() => {
        paused = performance.now();
        resolve();
      });
    });
  };
  for await (const verdict of replay(all(), { ...start, follows, pause }, onFault, directoryOf)) {
    if (filters.shows(verdict)) {
      verdicts += 1;
      worst = worseOf(worst, verdict);
      await output.add(verdict);
    }
  }
  progress.clear();
  return { verdicts, duplicates, worst: worst === undefined ? [] : [worst], last };
}

function worseOf(worst: Severity | undefined, { severity }: Verdict): Severity | undefined {
  if (severity === 'none') return worst;
  return worst === undefined || bySeverity(severity, worst) < 0 ? severity : worst;
}

function howFar(read: TrailRead, { verdicts, last }: Judged, { endsJudging }: Interruption): string {
  const files = read.files === read.of ? `all ${plural(read.files, 'file')}` : `${read.files} of ${read.of ?? 'more'} files`;
  const until = endsJudging
    ? `, the last of ${last ?? 'no time'}: what came later was not judged`
    : ': what the other files hold is missing in them';
  return `trailguard: interrupted: ${files} read, ${plural(verdicts, 'verdict')} given${until}`;
}

function noteUnseen(users: readonly string[], terminal: Terminal): void {
  if (users.length === 0) return;
  const names = named(users.map(visible));
  terminal.err(`${plural(users.length, 'user')} never seen created, so what they held before is unknown (give it with --state): ${names}`);
}
