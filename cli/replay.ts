import { catalog } from '../events/catalog.ts';
import { loadManagedPolicies } from '../iam/managed-policies.ts';
import type { Verdict } from '../schemas/verdict.ts';
import { visible } from '../schemas/visible-text.ts';
import { readTrails } from '../trails/read-trails.ts';
import { exceptionLines, usesIn } from './exception-lines.ts';
import { type ExitStatus, exitStatus, type Threshold } from './exit-status.ts';
import { createInputTalk, type InputTalk, named, plural } from './input-talk.ts';
import { managedPoliciesFile } from './installed.ts';
import { createPaint } from './paint.ts';
import { readAccountState } from './read-account-state.ts';
import { readConfiguration } from './read-configuration.ts';
import { type OnFault, replay, type SourcedRecord, stepsOf } from './replay-records.ts';
import type { Terminal } from './terminal.ts';
import { unseenUsers } from './unseen-users.ts';
import { type Looked, verdictSummary } from './verdict-summary.ts';
import { verdictTable } from './verdict-table.ts';

/** The options of `trailguard replay`. */
export interface ReplayOptions {
  readonly format: 'text' | 'jsonl';
  readonly failOn: Threshold;
  readonly colour: boolean;
  /** Whether a record that can't be judged ends the run with the error as it arose. */
  readonly debug: boolean;
  readonly state?: string;
  readonly config?: string;
}

/** Runs trails through the guard on a directory rebuilt from them, and prints one verdict for each change. */
export async function runReplay(paths: readonly string[], options: ReplayOptions, terminal: Terminal): Promise<ExitStatus> {
  const configuration = await readConfiguration(options.config);
  const state = options.state === undefined ? undefined : await readAccountState(options.state);
  const talk = createInputTalk(terminal);
  const onFault: OnFault = ({ source, record }, error) => {
    if (options.debug) throw error;
    const message = error instanceof Error ? error.message : String(error);
    talk.problem({ source, message: `event ${record.eventID} (${record.eventName}) could not be judged: ${message}` });
  };
  const { records, read } = await readRecords(paths, talk, terminal);
  const { steps, duplicates } = stepsOf(records, onFault);
  const start = { configuration, managedPolicies: loadManagedPolicies(managedPoliciesFile()), ...(state ? { state } : {}) };
  const verdicts: Verdict[] = [];
  for await (const verdict of replay(steps, start, onFault)) {
    verdicts.push(verdict);
    if (options.format === 'jsonl') terminal.out(JSON.stringify(verdict));
  }
  if (options.format === 'text') {
    printTable(verdicts, { records: read, duplicates }, options.colour, terminal);
    const uses = usesIn(verdicts, configuration.exceptions);
    const lines = exceptionLines(uses, verdicts.at(-1)?.event.time, terminal.columns, createPaint(options.colour));
    if (lines.length > 0) terminal.out(lines.join('\n'));
  }
  talk.finish();
  if (state === undefined) noteUnseen(unseenUsers(steps.map(({ change }) => change)), terminal);
  return exitStatus({ unjudged: talk.unread, severities: verdicts.map(({ severity }) => severity), failOn: options.failOn });
}

/** Reads all records of IAM, and keeps those that change something: most of a trail only reads. */
async function readRecords(
  paths: readonly string[],
  talk: InputTalk,
  terminal: Terminal,
): Promise<{ records: SourcedRecord[]; read: number }> {
  const records: SourcedRecord[] = [];
  let read = 0;
  for await (const item of readTrails(paths, { stdin: terminal.stdin, service: 'iam.amazonaws.com' })) {
    if (item.kind === 'problem') talk.problem(item);
    else if (item.kind === 'skipped') talk.skipped(item);
    else {
      read += 1;
      if (item.record.eventName in catalog) records.push(item);
    }
  }
  return { records, read };
}

function printTable(verdicts: readonly Verdict[], looked: Looked, colour: boolean, terminal: Terminal): void {
  const paint = createPaint(colour);
  if (verdicts.length > 0) terminal.out(`${verdictTable(verdicts, terminal.columns, paint)}\n`);
  terminal.out(verdictSummary(verdicts, looked, terminal.columns, paint));
}

function noteUnseen(users: readonly string[], terminal: Terminal): void {
  if (users.length === 0) return;
  const names = named(users.map(visible));
  terminal.err(`${plural(users.length, 'user')} never seen created, so what they held before is unknown (give it with --state): ${names}`);
}
