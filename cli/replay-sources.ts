import { setTimeout } from 'node:timers/promises';
import { catalog } from '../events/catalog.ts';
import type { FoundSource } from '../trails/found-source.ts';
import { createLookupClient, lookupLacks, lookupSources } from '../trails/lookup-source.ts';
import { isS3Address } from '../trails/s3-address.ts';
import { createS3Client, s3Sources } from '../trails/s3-source.ts';
import type { TimeSpan } from '../trails/time-span.ts';
import { explainAwsFault } from './aws-fault.ts';
import { createProgress } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** The options of `trailguard replay` that say where in AWS records come from. */
export interface ReplaySourceOptions {
  /** Asks CloudTrail's event history. */
  readonly lookup?: boolean;
  /** Keeps what is fetched from S3 in this folder. */
  readonly cache?: string;
  readonly region?: string;
}

/** The sources in AWS that someone named: each `s3://bucket/prefix` among the paths, and event history where it is asked for. */
export async function* awsSources(
  paths: readonly string[],
  { lookup = false, cache, region }: ReplaySourceOptions,
  span: TimeSpan,
  terminal: Pick<Terminal, 'err'>,
  signal: AbortSignal,
): AsyncGenerator<FoundSource> {
  try {
    const buckets = paths.filter(isS3Address);
    const client = createS3Client(region === undefined ? {} : { region });
    const input = { client, span, signal, warn: terminal.err, ...(cache === undefined ? {} : { cache }) };
    for (const path of buckets) yield* s3Sources(path, input);
    if (lookup) yield* eventHistory(region, span, terminal, signal);
  } catch (error) {
    throw explainAwsFault(error);
  }
}

async function* eventHistory(
  region: string | undefined,
  span: TimeSpan,
  terminal: Pick<Terminal, 'err'>,
  signal: AbortSignal,
): AsyncGenerator<FoundSource> {
  const progress = createProgress();
  const client = await createLookupClient(region === undefined ? {} : { region });
  terminal.err(`--lookup: ${lookupLacks}`);
  try {
    yield* lookupSources({
      client,
      eventNames: Object.keys(catalog),
      span,
      now: () => new Date(),
      signal,
      wait: (milliseconds) => setTimeout(milliseconds, undefined, { signal }).catch(untilAborted),
      progress: (done, total) => progress.show('calls looked up', done, total),
    });
  } finally {
    progress.clear();
  }
}

/** A wait that is cut short is over. */
function untilAborted(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
}
