const quarantine = /^arn:[a-z0-9-]+:iam::aws:policy\/(AWSCompromisedKeyQuarantine(?:V\d+)?|AWSExposedCredentialPolicy_DO_NOT_REMOVE)$/;

/**
 * The name of a policy that AWS itself attaches to a user whose credentials it found exposed; undefined for any other
 * ARN. An account's own policy of such a name is none.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV2.html
 */
export function quarantineName(policyArn = ''): string | undefined {
  return quarantine.exec(policyArn)?.[1];
}

/** True for the policies that AWS itself attaches to a user whose credentials it found exposed. */
export function isQuarantine(policyArn: string | undefined): boolean {
  return quarantineName(policyArn) !== undefined;
}
