import type { Answer, ManagedPolicyVersion } from './directory.ts';
import type { AwsManagedPolicy } from './managed-policies.ts';
import { isAwsManaged, policyNameOf } from './policy-names.ts';
import type { ProjectedAccount } from './projected-account.ts';
import { absent, textOf, unreadable } from './projected-answers.ts';

/** Finds a version of a managed policy, the default one where `version` is undefined. */
export type FindVersion = (arn: string, version?: string) => Answer<ManagedPolicyVersion>;

/** Finds versions in what was folded or loaded, then among AWS's own policies. */
export function createVersionFinder(
  account: ProjectedAccount,
  managedPolicies: (arn: string) => AwsManagedPolicy | undefined,
): FindVersion {
  const awsManaged = new Map<string, AwsManagedPolicy | undefined>();

  function fromAws(arn: string, asked: string | undefined): Answer<ManagedPolicyVersion> {
    if (!awsManaged.has(arn)) awsManaged.set(arn, managedPolicies(arn));
    const policy = awsManaged.get(arn);
    if (policy === undefined) return unreadable(`policy ${arn} is not among the AWS managed policies at hand`);
    if (asked !== undefined && asked !== policy.version)
      return unreadable(`of policy ${arn} only version ${policy.version} is at hand, not ${asked}`);
    return { found: true, value: { arn, isDefault: true, name: policy.name, version: policy.version, document: policy.document } };
  }

  function fromTrail(arn: string, asked: string | undefined): Answer<ManagedPolicyVersion> | undefined {
    const policy = account.policies.find(arn);
    if (policy === undefined) return undefined;
    const version = asked ?? policy.defaultVersion;
    if (version === undefined) return unreadable(`the trail does not show which version of policy ${arn} is the default`);
    const document = policy.versions.get(version);
    if (document === undefined)
      return policy.complete
        ? absent(`policy ${arn} has no version ${version}`)
        : unreadable(`the trail does not show version ${version} of policy ${arn}`);
    const text = textOf(document, `version ${version} of policy ${arn}`);
    if (!text.found) return text;
    const isDefault = version === policy.defaultVersion;
    return { found: true, value: { arn, name: policyNameOf(arn), version, isDefault, document: text.value } };
  }

  return (arn, asked) => {
    const told = fromTrail(arn, asked);
    if (isAwsManaged(arn)) return told?.found ? told : fromAws(arn, asked);
    if (told !== undefined) return told;
    if (account.policies.wasDropped(arn)) return absent(`policy ${arn} was deleted`);
    if (account.loaded) return absent(`policy ${arn} is not in the account's authorization details`);
    return unreadable(`the trail does not show policy ${arn} being created`);
  };
}
