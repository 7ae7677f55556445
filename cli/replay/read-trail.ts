import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { TrailProblem } from '../../trails/trail-item.ts';
import type { Report } from './collector.ts';
import { createJobFinder, type Places } from './find-jobs.ts';
import { createJobQueue } from './job-queue.ts';
import { createOwnLane, createWorkerLane, type Lane } from './lane.ts';
import type { Run } from './run-writer.ts';
import type { TemporaryFolder } from './temporary-folder.ts';

/** How far the reading has come. */
export interface ReadProgress {
  readonly files: number;
  /** Undefined while files are still being found. */
  readonly of?: number;
  /** Unpacked. */
  readonly bytes: number;
}

/** Something to say of an input. `number` tells its place among all: what is said comes in any order. */
export type Remark = (TrailProblem | { readonly kind: 'skipped'; readonly source: string; readonly why: string }) & {
  readonly number: number;
  /** How many more problems like this one the input has. */
  readonly more?: number;
};

/** How a trail is read. */
export interface ReadOptions {
  /** Threads that read; undefined for one a processor. One means this thread. */
  readonly workers?: number;
  readonly temporary: TemporaryFolder;
  readonly onProgress: (progress: ReadProgress) => void;
  readonly onRemark: (remark: Remark) => void;
  /** Aborted: what is not read yet is not read any more. */
  readonly signal: AbortSignal;
}

/** The changes of a trail, sorted in runs, and what was read to find them. */
export interface TrailRead extends ReadProgress {
  readonly runs: readonly Run[];
  /** Records of IAM. */
  readonly records: number;
  /** Of these, those that change something, duplicates included. */
  readonly changes: number;
}

/** What all lanes together hold before they write files, in bytes. */
const heldInAll = 6 << 20;
/** Up to so many files of so many bytes in all, a thread takes longer to start than they take to read. */
const few = { files: 8, bytes: 4 << 20 };

/** Reads all inputs, in several threads where that is quicker. The runs hold the same changes for any number of threads and any order of files. */
export async function readTrail(places: Places, options: ReadOptions): Promise<TrailRead> {
  const { temporary, onProgress, onRemark, signal } = options;
  const finder = createJobFinder(places, (note, number) => onRemark({ ...note, number }));
  const queue = createJobQueue(finder.jobs(), (job) => ('bytes' in job ? job.bytes.length : 0));
  let [files, bytes, records, changes] = [0, 0, 0, 0];
  const onReport = (report: Report): void => {
    files += 1;
    bytes += report.bytes;
    records += report.records;
    changes += report.changes;
    remark(report);
    onProgress({ files, bytes, ...(queue.isComplete ? { of: queue.found } : {}) });
  };
  function remark({ number, name, problems, moreProblems, skipped }: Report): void {
    for (const problem of problems) onRemark({ ...problem, number });
    if (moreProblems > 0) onRemark({ kind: 'problem', source: name, message: '', number, more: moreProblems });
    if (skipped === undefined) {
      const folder = finder.folderOf(number);
      if (folder !== undefined) folder.trails += 1;
    } else if (finder.isNamed(number)) onRemark({ kind: 'problem', source: name, message: skipped, number });
    else onRemark({ kind: 'skipped', source: name, why: skipped, number });
  }

  const lanes: Lane[] = [];
  signal.addEventListener('abort', () => queue.stop(), { once: true });
  try {
    const count = await lanesFor(queue, options.workers ?? availableParallelism());
    const most = Math.max(1 << 20, Math.floor(heldInAll / count));
    const own = createOwnLane({ name: 'own', most, folder: temporary.path }, temporary.make);
    for (let index = 1; count > 1 && index <= count; index += 1)
      lanes.push(createWorkerLane({ name: `worker-${index}`, most, folder: temporary.path }));
    const work = async (lane: Lane): Promise<void> => {
      for (let jobs = await queue.take(count); jobs.length > 0; jobs = await queue.take(count)) {
        // What comes in pieces can't be handed to a thread
        const here = lane === own ? jobs : jobs.filter((job) => 'chunks' in job);
        if (here.length > 0) await own.read(here, onReport);
        const there = lane === own ? [] : jobs.filter((job) => !('chunks' in job));
        if (there.length > 0) await lane.read(there, onReport);
      }
    };
    await Promise.all((lanes.length > 0 ? lanes : [own]).map(work));
    const runs = (await Promise.all([own, ...lanes].map((lane) => lane.finish()))).flat();
    if (!signal.aborted) {
      for (const { path, trails } of finder.folders)
        if (trails === 0)
          onRemark({ kind: 'problem', source: path, message: 'no CloudTrail log in this folder', number: Number.MAX_SAFE_INTEGER });
    }
    return { runs, files, bytes, records, changes, ...(queue.isComplete ? { of: queue.found } : {}) };
  } finally {
    await Promise.all(lanes.map((lane) => lane.end()));
  }
}

/** How many lanes are worth their start. */
async function lanesFor(queue: ReturnType<typeof createJobQueue<{ readonly name: string }>>, wanted: number): Promise<number> {
  if (wanted <= 1 || !(await queue.filled(few.files + 1))) return Math.max(1, wanted);
  const sizes = queue.waiting.map((job) =>
    'bytes' in job || 'chunks' in job ? 0 : (statSync(job.name, { throwIfNoEntry: false })?.size ?? 0),
  );
  const isLittle = queue.waiting.length <= few.files && sizes.reduce((sum, size) => sum + size, 0) <= few.bytes;
  return isLittle ? 1 : Math.min(wanted, queue.waiting.length);
}
