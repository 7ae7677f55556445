import type { Policy } from './policy.ts';
import { overlaps } from './wildcards.ts';

/** @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
export const partitions = ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f'] as const;

/**
 * The partitions that an account whose documents hold these resources can live in, the likeliest first: those that a
 * resource singles out, and `aws` always, since a Deny on another partition must not hide what is allowed there.
 */
export function partitionsIn(policies: readonly { readonly policy: Policy }[]): readonly string[] {
  let found: Set<string> | undefined;
  for (const { policy } of policies) {
    for (const { resource } of policy.statements) {
      if (resource.isStar) continue;
      for (const { glob } of resource.patterns) {
        if (glob === '*' || glob.startsWith('arn:aws:') || glob.startsWith('arn:*:')) continue;
        const possible = partitions.filter((partition) => overlaps(glob, `arn:${partition}:*`));
        if (possible.length === partitions.length) continue;
        found ??= new Set();
        for (const partition of possible) found.add(partition);
      }
    }
  }
  return found ? [...found.add('aws')] : onlyAws;
}

const onlyAws = ['aws'];
