import { type AskedFolder, findInputs } from '../../trails/find-inputs.ts';
import type { FoundSource } from '../../trails/found-source.ts';
import { isS3Address } from '../../trails/s3-address.ts';
import type { TrailItem } from '../../trails/trail-item.ts';
import type { TrailSource } from '../../trails/trail-source.ts';
import type { Job } from './collector.ts';

/** Where the inputs of a replay come from. */
export interface Places {
  /** Files, folders, and `-` for standard input. Addresses of S3 are left to `sources`. */
  readonly paths: readonly string[];
  readonly stdin: AsyncIterable<Uint8Array>;
  /** What cannot be opened by a path. */
  readonly sources?: AsyncIterable<FoundSource>;
}

/** What was found besides inputs to read. `number` tells its place among all. */
export type OnNote = (note: Exclude<TrailItem, { kind: 'record' }>, number: number) => void;

/** The inputs of a replay, with what each was asked for as. */
export interface JobFinder {
  jobs(): AsyncGenerator<Job>;
  /** The folder that an input was found in; undefined where it was asked for by its name. */
  folderOf(number: number): AskedFolder | undefined;
  /** True for an input that was asked for by its name, so that it must be a trail. */
  isNamed(number: number): boolean;
  readonly folders: readonly AskedFolder[];
}

/** Sources that are fetched at the same time. */
const fetchedAtOnce = 16;

/** A finder of inputs. It tells of what it passes over while it looks. */
export function createJobFinder({ paths, stdin, sources }: Places, onNote: OnNote): JobFinder {
  const folders: AskedFolder[] = [];
  // The first number of each path's inputs: with millions of files nothing is kept for each of them
  const starts: { readonly from: number; readonly folder: AskedFolder | undefined; readonly isNamed: boolean }[] = [];
  let number = 0;
  const next = (): number => {
    number += 1;
    return number;
  };
  const partOf = (asked: number) => starts.findLast(({ from }) => from <= asked);

  async function* local(path: string): AsyncGenerator<Job> {
    if (path === '-') {
      starts.push({ from: number + 1, folder: undefined, isNamed: true });
      yield { number: next(), name: path, chunks: stdin };
      return;
    }
    const before = folders.length;
    const part = { from: number + 1, folder: undefined as AskedFolder | undefined, isNamed: true };
    starts.push(part);
    for await (const found of findInputs(path, folders)) {
      part.folder = folders[before];
      part.isNamed = part.folder === undefined;
      if (found.kind === 'file') yield { number: next(), name: found.path };
      else onNote(found, next());
    }
  }

  return {
    async *jobs() {
      for (const path of paths) if (!isS3Address(path)) yield* local(path);
      if (sources === undefined) return;
      starts.push({ from: number + 1, folder: undefined, isNamed: false });
      yield* fetched(sources, next, onNote);
    },
    folderOf: (asked) => partOf(asked)?.folder,
    isNamed: (asked) => partOf(asked)?.isNamed ?? true,
    folders,
  };
}

/** The bytes of sources, several of them on their way at a time. */
async function* fetched(sources: AsyncIterable<FoundSource>, next: () => number, onNote: OnNote): AsyncGenerator<Job> {
  const onTheirWay: Promise<Job | undefined>[] = [];
  for await (const source of sources) {
    const number = next();
    if ('kind' in source) {
      onNote(source, number);
      continue;
    }
    onTheirWay.push(fetch(source, number, onNote));
    if (onTheirWay.length < fetchedAtOnce) continue;
    const job = await onTheirWay.shift();
    if (job !== undefined) yield job;
  }
  for (const coming of onTheirWay) {
    const job = await coming;
    if (job !== undefined) yield job;
  }
}

async function fetch(source: TrailSource, number: number, onNote: OnNote): Promise<Job | undefined> {
  try {
    return { number, name: source.name, bytes: await source.read() };
  } catch (error) {
    onNote({ kind: 'problem', source: source.name, message: error instanceof Error ? error.message : String(error) }, number);
    return undefined;
  }
}
