const homes: Readonly<Record<string, string>> = { aws: 'us-east-1', 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' };

/**
 * The Region in which IAM's events reach EventBridge, by partition: IAM is a global service, and its events arrive nowhere else. Of an
 * isolated partition it is not known.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
export function homeRegion(partition: string): string | undefined {
  return homes[partition];
}
