/** The friendly name of a managed policy: what follows the last `/` of its ARN. */
export function policyNameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** True for a policy that AWS owns, in any partition: `arn:aws:iam::aws:policy/…`. */
export function isAwsManaged(arn: string): boolean {
  return /^arn:[^:]+:iam::aws:policy\//.test(arn);
}
