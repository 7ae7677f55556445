import type { Verdict } from '../../schemas/verdict.ts';

/** The AWS partition that a verdict is about, told by the ARNs in it, or else by its Region. */
export function partitionOf({ subject, actor, policies, event }: Verdict): string {
  const arns = [subject.arn, ...policies.map(({ arn }) => arn), actor.arn];
  const told = arns.map((arn) => /^arn:(aws[a-z-]*):/.exec(arn ?? '')?.[1]).find((partition) => partition !== undefined);
  if (told !== undefined) return told;
  if (event.region.startsWith('cn-')) return 'aws-cn';
  return event.region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
