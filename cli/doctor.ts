import { explainAwsFault } from './aws-fault.ts';
import { createClients } from './doctor/clients.ts';
import { createContext } from './doctor/context.ts';
import { checks } from './doctor/registry.ts';
import { reportOf, summaryOf } from './doctor/report.ts';
import { type Checked, runChecks } from './doctor/run-checks.ts';
import type { ExitStatus } from './exit-status.ts';
import { createPaint } from './paint.ts';
import { createProgress } from './progress.ts';
import { readConfiguration } from './read-configuration.ts';
import type { Terminal } from './terminal.ts';

/** The options of `trailguard doctor`. */
export interface DoctorOptions {
  readonly format: 'text' | 'json';
  readonly stage: string;
  /** Sends a record through the deployed guard. */
  readonly canary: boolean;
  readonly colour: boolean;
  readonly config?: string;
  readonly region?: string;
}

/** Looks whether the guard in an account sees, judges and tells, and prints what is wrong with the commands that mend it. */
export async function runDoctor({ format, stage, canary, colour, config, region }: DoctorOptions, terminal: Terminal): Promise<ExitStatus> {
  const configuration = await readConfiguration(config);
  const clients = createClients(region);
  const giveUp = new AbortController();
  const stop = () => giveUp.abort();
  // Ctrl-C ends the wait for the canary, and what was made for it is still removed. A second one ends the process.
  process.once('SIGINT', stop);
  const progress = createProgress();
  try {
    const here = await clients.sts.config.region().catch((error: unknown) => {
      throw explainAwsFault(error);
    });
    const context = createContext({
      clients,
      configuration,
      stage,
      region: here,
      now: () => new Date(),
      patience: 100_000,
      signal: giveUp.signal,
    });
    const checked = await runChecks(checks, context, { canary, progress: (done, total) => progress.show('checks', done, total) });
    progress.clear();
    if (format === 'json')
      terminal.out(JSON.stringify({ stack: context.stackName, region: here, summary: summaryOf(checked), checks: checked }, undefined, 2));
    else terminal.out(reportOf(checked, terminal.columns, createPaint(colour)));
    return statusOf(checked);
  } finally {
    progress.clear();
    process.off('SIGINT', stop);
  }
}

/** What could not be looked at weighs more than what is wrong. */
function statusOf(checked: readonly Checked[]): ExitStatus {
  if (checked.some(({ state, because }) => state === 'unknown' || because !== undefined)) return 2;
  return checked.some(({ state }) => state === 'wrong') ? 1 : 0;
}
