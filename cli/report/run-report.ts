import { writeFile } from 'node:fs/promises';
import { visible } from '../../schemas/visible-text.ts';
import { faultOf } from '../../trails/list-files.ts';
import { explainAwsFault } from '../aws-fault.ts';
import { type ExitStatus, exitStatus, type Threshold } from '../exit-status.ts';
import { installedVersion } from '../installed.ts';
import { createPaint } from '../paint.ts';
import { readConfiguration } from '../read-configuration.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { buildReport } from './build-report.ts';
import { readPeriod } from './period.ts';
import { readLive } from './read-live.ts';
import { readSaved } from './read-saved.ts';
import type { Report } from './report.ts';
import type { ReportFacts } from './report-facts.ts';
import { reportText } from './report-text.ts';

/** The options of `trailguard report`. */
export interface ReportOptions {
  readonly format: 'text' | 'json' | 'csv' | 'html';
  readonly failOn: Threshold;
  readonly colour: boolean;
  readonly output?: string;
  readonly since?: string;
  readonly until?: string;
  readonly from?: string;
  readonly config?: string;
  readonly region?: string;
}

/** Reports on the users of an account: live, or as saved authorization details tell it. It writes nothing but the report. */
export async function runReport(options: ReportOptions, terminal: Terminal): Promise<ExitStatus> {
  const period = readPeriod(options.since, options.until, new Date());
  const configuration = await readConfiguration(options.config);
  const facts = await readFacts(options, configuration);
  const report = buildReport(facts, { configuration, version: installedVersion(), ...(period === undefined ? {} : { period }) });
  const text = await rendered(report, options, terminal);
  if (options.output === undefined) terminal.out(text.trimEnd());
  else await save(options.output, text, terminal);
  const found = [...report.users.map(({ verdict }) => verdict), ...report.accountFindings.map(({ severity }) => severity)];
  const severities = found.map((verdict) => (verdict === 'undetermined' || verdict === 'clear' ? 'none' : verdict));
  return exitStatus({ unjudged: !report.complete, severities, failOn: options.failOn });
}

async function readFacts(
  { from, region }: ReportOptions,
  configuration: Parameters<typeof readLive>[0]['configuration'],
): Promise<ReportFacts> {
  const now = () => new Date();
  if (from !== undefined) {
    if (region !== undefined) throw new UsageError('--region is of a live account, and --from reads a file: leave one of them out');
    return readSaved(from, now().toISOString());
  }
  try {
    return await readLive({ configuration, now, ...(region === undefined ? {} : { region }) });
  } catch (error) {
    throw explainAwsFault(error);
  }
}

/** Pages and tables load what they need only where one is asked for. */
async function rendered(report: Report, { format, colour, output }: ReportOptions, terminal: Terminal): Promise<string> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, undefined, 2)}\n`;
    case 'csv':
      return (await import('./report-csv.ts')).reportCsv(report);
    case 'html':
      return (await import('./report-page.ts')).reportPage(report);
    case 'text':
      return `${reportText(report, terminal.columns, createPaint(colour && output === undefined))}\n`;
  }
}

async function save(path: string, text: string, terminal: Terminal): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new UsageError(`--output \`${visible(path)}\`: ${faultOf(error)}`);
  }
  terminal.err(`report written to ${visible(path)}`);
}
