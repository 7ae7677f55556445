import { activeRules } from '../analyzers/active-rules.ts';
import type { Rule } from '../analyzers/rule.ts';
import { visible } from '../schemas/visible-text.ts';
import { compareWithBaseline, entryWords, readBaseline, writeBaseline } from './check/baseline.ts';
import { type CheckedDocument, checkDocument } from './check/check-document.ts';
import { type PolicyInput, readInputs } from './check/inputs/read-inputs.ts';
import type { Output } from './check/output.ts';
import { write } from './check/outputs.ts';
import type { Report } from './check/report.ts';
import { type ExitStatus, exitStatus, type Threshold } from './exit-status.ts';
import { createInputTalk, type InputTalk, named, plural } from './input-talk.ts';
import { createPaint } from './paint.ts';
import { readConfiguration } from './read-configuration.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** The options of `trailguard check`. */
export interface CheckOptions {
  readonly format: readonly Output[];
  readonly failOn: Threshold;
  readonly colour: boolean;
  readonly config?: string;
  readonly baseline?: string;
  /** Writes the baseline instead of comparing with it. */
  readonly updateBaseline?: boolean;
  /** Passes over named files that hold no policy. */
  readonly ignoreUnknown?: boolean;
  readonly quiet?: boolean;
}

/** Judges policies before they are created, each document alone. */
export async function runCheck(paths: readonly string[], options: CheckOptions, terminal: Terminal): Promise<ExitStatus> {
  const { baseline: path, updateBaseline = false, quiet = false } = options;
  if (updateBaseline && path === undefined) throw new UsageError('--update-baseline needs --baseline FILE: the file to write');
  const configuration = await readConfiguration(options.config);
  const active = activeRules(configuration);
  const entries = path !== undefined && !updateBaseline ? await readBaseline(path) : [];
  const talk = createInputTalk(terminal);
  const { documents, skipped, unknown } = await checkAll(paths, options, active, terminal, talk);
  const compared = path === undefined ? { documents, known: 0, stale: [] } : compareWithBaseline(documents, entries, path);
  const report = { documents: compared.documents, known: compared.known, skipped, unknown: unknown.length, failOn: options.failOn };
  await write(report, options.format, { columns: terminal.columns, paint: createPaint(options.colour), quiet }, terminal);
  if (!quiet) {
    talk.finish();
    const { length } = configuration.exceptions;
    if (length > 0)
      terminal.err(
        `${plural(length, 'exception')} in the configuration: none is applied here, for they are of users, roles and policies in an account`,
      );
    if (unknown.length > 0) terminal.err(`known only after apply, and not judged: ${named(unknown)}`);
    if (compared.stale.length > 0) terminal.err(staleWords(compared.stale.map(entryWords), path ?? ''));
  }
  if (updateBaseline && path !== undefined) return update(path, report, talk.unread, terminal);
  return exitStatus({ unjudged: talk.unread, severities: severitiesOf(report), failOn: options.failOn });
}

async function checkAll(
  paths: readonly string[],
  { ignoreUnknown = false }: CheckOptions,
  active: readonly Rule[],
  { stdin }: Terminal,
  talk: InputTalk,
) {
  const documents: CheckedDocument[] = [];
  const unknown: string[] = [];
  let skipped = 0;
  for await (const input of readInputs({ paths, stdin, ignoreUnknown })) {
    documents.push(...judged(input, active, talk));
    unknown.push(...input.unknown.map((words) => visible(`${input.source}: ${words}`)));
    if (input.skipped === undefined) continue;
    skipped += 1;
    talk.skipped({ kind: 'skipped', source: input.source, why: input.skipped });
  }
  return { documents, skipped, unknown };
}

function judged({ source, documents, faults }: PolicyInput, active: readonly Rule[], talk: InputTalk): CheckedDocument[] {
  for (const fault of faults) talk.problem({ source, ...fault });
  const checked = documents.map((document) => checkDocument(document, active));
  for (const { resource, errors } of checked) {
    for (const { message, ...place } of errors) {
      talk.problem({ source, ...place, message: resource === undefined ? message : `${resource}: ${message}` });
    }
  }
  return [...checked, ...faults.map((fault) => ({ source, findings: [], errors: [{ line: 1, column: 1, ...fault }] }))];
}

/** A baseline of half a run would let the other half's findings seem new. */
async function update(path: string, report: Report, unread: boolean, terminal: Terminal): Promise<ExitStatus> {
  if (unread) {
    terminal.err('the baseline was not written: mend or leave out what could not be judged, and run it again');
    return 2;
  }
  await writeBaseline(path, report.documents);
  const count = report.documents.reduce((sum, { findings }) => sum + findings.length, 0);
  terminal.err(`${plural(count, 'finding')} recorded in ${visible(path)}; to undo it, restore the file from version control, or delete it`);
  return 0;
}

function staleWords(entries: readonly string[], path: string): string {
  const words = named(entries.map(visible));
  const are = entries.length === 1 ? '1 baseline entry finds nothing any more' : `${entries.length} baseline entries find nothing any more`;
  return `${are}: ${words}; take such entries out of ${visible(path)} with --update-baseline`;
}

function severitiesOf({ documents }: Report) {
  return documents.flatMap(({ findings }) => findings.map(({ severity }) => severity));
}
