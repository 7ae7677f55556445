/**
 * An input that cannot be opened by its path: an object of a bucket, the answers of a service, standard input. `read` gives the whole
 * of it, plain or gzip, in any form a trail comes in; the caller may give the bytes away to another thread, so they are not used
 * again. It rejects with what a person should read about it, and the other sources are read all the same.
 */
export interface TrailSource {
  /** As it is named on the terminal: `s3://bucket/key`. */
  readonly name: string;
  /** In bytes as stored, where it is known: the larger are read first. */
  readonly size?: number;
  read(): Promise<Uint8Array>;
}
