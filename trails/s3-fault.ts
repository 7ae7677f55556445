import { isCredentialFault, isDenied, messageOf, nameOf, statusOf } from './aws-answer.ts';

const elsewhere = 'the bucket is in another Region, and S3 did not say which: give it with --region';

/** What S3 answered when a bucket was listed, as a person would say it. */
export function listingFault(error: unknown, bucket: string): string {
  const name = nameOf(error);
  if (name === 'NoSuchBucket') return 'no such bucket';
  if (name === 'InvalidBucketName') return 'no bucket can have this name';
  if (isDenied(error)) return `access denied: these credentials need s3:ListBucket on arn:aws:s3:::${bucket} (docs/replay-sources.md)`;
  if (isElsewhere(error)) return elsewhere;
  return `could not be listed: ${messageOf(error)}`;
}

/** What S3 answered when an object was fetched, as a person would say it. */
export function readingFault(error: unknown): string {
  const name = nameOf(error);
  if (name === 'NoSuchKey' || name === 'NotFound') return 'the object is gone: it was there when the bucket was listed';
  if (name === 'InvalidObjectState') return 'the object is archived: restore it in S3 first';
  if (isCredentialFault(error))
    return `AWS does not take these credentials any more: ${messageOf(error)} (sign in again, then run it again)`;
  if (isDenied(error) && /kms/i.test(messageOf(error)))
    return `access denied: these credentials need kms:Decrypt on the key of the trail: ${messageOf(error)}`;
  if (isDenied(error)) return 'access denied: these credentials need s3:GetObject on it (docs/replay-sources.md)';
  if (isElsewhere(error)) return elsewhere;
  return `could not be fetched: ${messageOf(error)}`;
}

function isElsewhere(error: unknown): boolean {
  return nameOf(error) === 'PermanentRedirect' || statusOf(error) === 301;
}
