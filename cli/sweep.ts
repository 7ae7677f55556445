import type { IAMClientConfig } from '@aws-sdk/client-iam';
import { SweepError, sweep } from '../guard/sweep.ts';
import type { SweepReport, Swept } from '../guard/sweep-report.ts';
import { createIamClient } from '../iam/create-iam-client.ts';
import { createLiveDirectory } from '../iam/live-directory.ts';
import { readOwnAccount } from '../iam/own-account.ts';
import { readAccount } from '../iam/read-account.ts';
import type { Configuration } from '../schemas/configuration.ts';
import { type Severity, severities } from '../schemas/severity.ts';
import { visible } from '../schemas/visible-text.ts';
import { explainAwsFault } from './aws-fault.ts';
import { type ExitStatus, exitStatus, type Threshold } from './exit-status.ts';
import { createPaint } from './paint.ts';
import { createProgress, type Progress } from './progress.ts';
import { readConfiguration } from './read-configuration.ts';
import { sweepClosing, sweepTable } from './sweep-table.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** The options of `trailguard sweep`. */
export interface SweepOptions {
  readonly format: 'text' | 'json';
  readonly apply: boolean;
  readonly failOn: Threshold;
  readonly colour: boolean;
  readonly config?: string;
  readonly region?: string;
}

const needed = 'the policy in docs/sweep.md lists what a sweep may have to do';

/** Judges every user of the live account, and prints what their tags should say; writes it where `apply` says so. */
export async function runSweep(options: SweepOptions, terminal: Terminal): Promise<ExitStatus> {
  const configuration = await readConfiguration(options.config);
  const progress = createProgress();
  try {
    const report = await sweepLive(options, configuration, progress);
    progress.clear();
    print(report, options, terminal);
    const flagged = [...report.users, ...report.policies].flatMap(({ findings }) => findings);
    const found = [...flagged, ...report.findings].map(({ severity }): Severity => severity);
    return exitStatus({ unjudged: !report.complete, severities: found, failOn: options.failOn });
  } catch (error) {
    progress.clear();
    if (error instanceof SweepError) throw new UsageError(`${visible(error.message)} (${needed})`);
    throw explainAwsFault(error);
  }
}

async function sweepLive({ apply, region }: SweepOptions, configuration: Configuration, progress: Progress): Promise<SweepReport> {
  const overrides: IAMClientConfig = region === undefined ? {} : { region };
  const client = createIamClient(overrides);
  const own = await readOwnAccount(client);
  if (!own.found) throw new SweepError(`the account was not swept: ${own.detail}`);
  const account = own.value;
  const now = () => new Date();
  return sweep({
    account,
    readAccount: () => readAccount({ client, account, now }),
    live: createLiveDirectory({ client, account, now }),
    configuration,
    apply,
    now,
    remaining: () => Number.POSITIVE_INFINITY,
    progress: (phase, done, total) => progress.show(phase, done, total),
  });
}

function print(report: SweepReport, { format, colour }: SweepOptions, terminal: Terminal): void {
  if (format === 'json') {
    terminal.out(
      JSON.stringify(
        { ...report, users: report.users.filter(isWorthTelling), policies: report.policies.filter(isWorthTelling) },
        undefined,
        2,
      ),
    );
    return;
  }
  const paint = createPaint(colour);
  const table = sweepTable(report, terminal.columns, paint);
  if (table !== '') terminal.out(`${table}\n`);
  terminal.out(sweepClosing(report, terminal.columns, paint));
}

/** All but those who are not flagged and whose tags are as they should be: they are a count. */
function isWorthTelling({ verdict, result }: Swept): boolean {
  return result !== 'unchanged' || verdict === 'undetermined' || severities.some((severity) => severity === verdict);
}
