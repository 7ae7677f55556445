import { loadManagedPolicies } from '../iam/managed-policies.ts';
import { visible } from '../schemas/visible-text.ts';
import { type ExitStatus, exitStatus } from './exit-status.ts';
import { createInputTalk, named, plural } from './input-talk.ts';
import { managedPoliciesFile } from './installed.ts';
import { createProgress } from './progress.ts';
import { readAccountState } from './read-account-state.ts';
import { readConfiguration } from './read-configuration.ts';
import { boundHeap } from './replay/bound-heap.ts';
import { createFilters } from './replay/filters.ts';
import { createInterruption, type Interruption } from './replay/interruption.ts';
import { type Judged, judgeAll } from './replay/judge-all.ts';
import { createVerdictOutput } from './replay/output.ts';
import { readInputs } from './replay/read-inputs.ts';
import type { TrailRead } from './replay/read-trail.ts';
import type { ReplayOptions } from './replay/replay-options.ts';
import { createTemporaryFolder } from './replay/temporary-folder.ts';
import { createDirectories, type DirectoryOf, type ReplayStart } from './replay-records.ts';
import type { Terminal } from './terminal.ts';
import { createUnseenUsers } from './unseen-users.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs trails through the guard on a directory rebuilt from them, and gives one verdict for each change, in event-time order. All is read
 * before the first is judged, as records come in no order.
 */
export async function runReplay(paths: readonly string[], options: ReplayOptions, terminal: Terminal): Promise<ExitStatus> {
  if (paths.length === 0 && options.lookup !== true)
    throw new UsageError('name a log file, a folder or `-` for standard input, or give --lookup');
  boundHeap();
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
