import { catalog } from '../../events/catalog.ts';
import { readInput, type TrailInput } from '../../trails/read-input.ts';
import type { TrailItem, TrailProblem } from '../../trails/trail-item.ts';
import { entryOf } from './entry.ts';
import { createRunWriter, type Run } from './run-writer.ts';

/** An input to read. `number` tells its place among all. */
export type Job = TrailInput & { readonly number: number };

/** What became of an input. */
export interface Report {
  readonly number: number;
  readonly name: string;
  /** Unpacked. */
  readonly bytes: number;
  /** Records of IAM, valid ones. */
  readonly records: number;
  /** Of these, those in the catalog. */
  readonly changes: number;
  /** The first of what is wrong with it. */
  readonly problems: readonly TrailProblem[];
  /** How much more is wrong. */
  readonly moreProblems: number;
  /** Why it is no trail. */
  readonly skipped?: string;
}

/** Reads inputs and gathers the changes in them, in this thread. */
export interface Collector {
  read(job: Job): Promise<Report>;
  /** The changes of all that was read. */
  finish(): Promise<Run[]>;
}

/** What a collector needs, in this thread or another. */
export interface CollectorOptions {
  /** Part of the names of its files. */
  readonly name: string;
  /** What it may hold before it writes files, in bytes. */
  readonly most: number;
  /** Where it may write them. */
  readonly folder: string;
}

const service = 'iam.amazonaws.com';
/** How many problems of one input are named. */
const mostNamed = 20;

/** A collector. `makeFolder` is called before the first file is written. */
export function createCollector({ name, most, folder }: CollectorOptions, makeFolder: () => void): Collector {
  const writer = createRunWriter({
    most,
    name,
    folder() {
      makeFolder();
      return folder;
    },
  });
  return {
    async read(job) {
      let [records, changes] = [0, 0];
      let problems: TrailProblem[] = [];
      let moreProblems = 0;
      let skipped: string | undefined;
      const item = (found: TrailItem): void => {
        if (found.kind === 'skipped') skipped = found.why;
        else if (found.kind === 'problem') {
          if (problems.length < mostNamed) problems.push(found);
          else moreProblems += 1;
        } else {
          records += 1;
          const entry = found.record.eventName in catalog ? entryOf(found.record, job.name) : undefined;
          if (entry === undefined) return;
          changes += 1;
          writer.add(entry);
        }
      };
      const restart = (): void => {
        [records, changes, problems, moreProblems, skipped] = [0, 0, [], 0, undefined];
        writer.drop();
        writer.begin();
      };
      writer.begin();
      const bytes = await readInput(job, service, { item, restart });
      writer.keep();
      const report = { number: job.number, name: job.name, bytes, records, changes, problems, moreProblems };
      return skipped === undefined ? report : { ...report, skipped };
    },
    finish: async () => writer.finish(),
  };
}
