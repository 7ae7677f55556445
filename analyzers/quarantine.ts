const quarantine = /^arn:[a-z0-9-]+:iam::aws:policy\/(?:AWSCompromisedKeyQuarantine(?:V\d+)?|AWSExposedCredentialPolicy_DO_NOT_REMOVE)$/;

/**
 * True for the policies that AWS itself attaches to a user whose credentials it found exposed. An account's own policy
 * of such a name is none.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV2.html
 */
export function isQuarantine(policyArn: string | undefined): boolean {
  return policyArn !== undefined && quarantine.test(policyArn);
}
