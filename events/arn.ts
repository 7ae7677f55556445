const partitionsByRegion: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
];

/** The partition of an ARN (`aws`, `aws-cn`, …), or undefined where `arn` is none. */
export function partitionOfArn(arn: string | undefined): string | undefined {
  return part(arn, 1);
}

/** The account of an ARN, or undefined where it names none. */
export function accountOfArn(arn: string | undefined): string | undefined {
  return part(arn, 4);
}

/** What an ARN says after the account: `user/path/name`, `assumed-role/role/session`, `root`. */
export function resourceOfArn(arn: string | undefined): string | undefined {
  return arn?.startsWith('arn:') ? arn.split(':').slice(5).join(':') || undefined : undefined;
}

/** The partition that a Region belongs to. */
export function partitionOfRegion(region: string | undefined): string | undefined {
  if (region === undefined) return undefined;
  return partitionsByRegion.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** What follows the last `/`: the friendly name in an IAM ARN, the session name in an STS one. Undefined where nothing does. */
export function lastPart(path: string | undefined): string | undefined {
  return path?.slice(path.lastIndexOf('/') + 1) || undefined;
}

function part(arn: string | undefined, index: number): string | undefined {
  return arn?.startsWith('arn:') ? arn.split(':', 6)[index] || undefined : undefined;
}
