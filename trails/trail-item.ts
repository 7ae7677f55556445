import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';

/**
 * What reading trails gives: a valid record, a problem (an input, or part of one, that could not be read), or a file of
 * a folder that is no trail. `source` is the path as given (`-` is standard input; a folder's path joined with the file's).
 */
export type TrailItem =
  | { readonly kind: 'record'; readonly source: string; readonly record: CloudTrailRecord }
  | TrailProblem
  | { readonly kind: 'skipped'; readonly source: string; readonly why: string };

/** An input, or a part of one, that could not be read. `pointer` is an RFC 6901 pointer into the file or its line. */
export interface TrailProblem {
  readonly kind: 'problem';
  readonly source: string;
  readonly message: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  readonly pointer?: string;
}

/** Takes the items of a source one after the other. */
export interface ItemSink {
  item(item: TrailItem): void;
  /** What was given of this source before does not count. */
  restart(): void;
}
