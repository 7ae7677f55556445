import { isS3Address } from '../../trails/s3-address.ts';
import type { TimeSpan } from '../../trails/time-span.ts';
import type { InputTalk } from '../input-talk.ts';
import type { Progress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import type { Interruption } from './interruption.ts';
import { readTrail, type TrailRead } from './read-trail.ts';
import { createRemarks } from './remarks.ts';
import type { ReplayOptions } from './replay-options.ts';
import type { TemporaryFolder } from './temporary-folder.ts';

/** Reads every input that was named, shows how far it came, and says in the end what is wrong with them. */
export async function readInputs(
  paths: readonly string[],
  { workers, ...options }: ReplayOptions,
  parts: {
    readonly terminal: Terminal;
    readonly talk: InputTalk;
    readonly progress: Progress;
    readonly temporary: TemporaryFolder;
    readonly interruption: Interruption;
    readonly span: TimeSpan;
  },
): Promise<TrailRead> {
  const { terminal, talk, progress, temporary, interruption, span } = parts;
  const remarks = createRemarks();
  const isInAws = options.lookup === true || paths.some(isS3Address);
  const begun = performance.now();
  const inAws = async () => {
    // The clients of AWS take a fifth of a second and 30 MB, which files on disk do without
    const { awsSources } = await import('../replay-sources.ts');
    return awsSources(paths, options, span.until ? { until: span.until } : {}, terminal, interruption.reading);
  };
  const places = {
    paths,
    stdin: terminal.stdin,
    // What came before --since tells what users hold, so all of it is fetched
    ...(isInAws ? { sources: await inAws() } : {}),
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
