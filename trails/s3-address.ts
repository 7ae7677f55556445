/** A place in S3: a bucket, and what the keys in it begin with. */
export interface S3Address {
  readonly bucket: string;
  readonly prefix: string;
}

/** Whether someone means S3 by a path. */
export function isS3Address(path: string): boolean {
  return /^s3:\/\//i.test(path);
}

/**
 * Reads `s3://bucket/prefix`. Undefined where it names no bucket.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function parseS3Address(path: string): S3Address | undefined {
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/is.exec(path) ?? [];
  return bucket === undefined ? undefined : { bucket, prefix };
}
