import type { Statement } from './policy.ts';
import { overlaps } from './wildcards.ts';

/** @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const partitions = ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f'] as const;

/**
 * The partitions that an account whose documents hold these resources can live in, the likeliest first: those that a
 * resource singles out, and `aws` always, since a Deny on another partition must not hide what is allowed there.
 */
export function partitionsIn(statements: readonly Statement[]): string[] {
  const found = new Set<string>();
  for (const { resource } of statements) {
    for (const { glob } of resource.patterns) {
      if (glob === '*' || glob.startsWith('arn:aws:') || glob.startsWith('arn:*:')) continue;
      const possible = partitions.filter((partition) => overlaps(glob, `arn:${partition}:*`));
      if (possible.length < partitions.length) for (const partition of possible) found.add(partition);
    }
  }
  return found.size === 0 ? onlyAws : [...found.add('aws')];
}

const onlyAws = ['aws'];
