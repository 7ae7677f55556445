import type { Verdict, VerdictPolicy } from '../../schemas/verdict.ts';
import type { AsffResource } from './asff.ts';
import { asffText } from './asff-text.ts';
import { partitionOf } from './partition.ts';

type Details = NonNullable<AsffResource['Details']>;
type Holder = Exclude<Verdict['subject']['type'], 'policy' | 'account'>;
type PolicyNames = readonly { readonly PolicyName: string }[];

const longestName = 128;
const longestArn = 2_048;
const mostPolicies = 31;

/** How Security Hub writes down who holds policies. */
const holders: Readonly<Record<Holder, (name: string, inline: PolicyNames) => { readonly Type: string; readonly Details: Details }>> = {
  user: (name, inline) => ({ Type: 'AwsIamUser', Details: { AwsIamUser: { UserName: name, ...unlessEmpty('UserPolicyList', inline) } } }),
  group: (name, inline) => ({
    Type: 'AwsIamGroup',
    Details: { AwsIamGroup: { GroupName: name, ...unlessEmpty('GroupPolicyList', inline) } },
  }),
  role: (name, inline) => ({ Type: 'AwsIamRole', Details: { AwsIamRole: { RoleName: name, ...unlessEmpty('RolePolicyList', inline) } } }),
};

/**
 * What a finding is about: the subject first, then the managed policies that were changed or attached. Where an event does not tell the
 * subject's ARN it is taken to have the path `/`, so that Security Hub can group by it.
 */
export function resourcesOf(verdict: Verdict): AsffResource[] {
  const { subject, policies } = verdict;
  const managed = policies.filter(({ kind }) => kind === 'managed').map((policy) => policyResource(policy, verdict));
  const resources = subject.type === 'policy' ? [...managed, policyResource(subject, verdict)] : [subjectResource(verdict), ...managed];
  const unique = new Map<string, AsffResource>();
  for (const resource of resources) if (!unique.has(resource.Id)) unique.set(resource.Id, resource);
  return [...unique.values()].slice(0, 1 + mostPolicies);
}

function subjectResource(verdict: Verdict): AsffResource {
  const { subject, policies } = verdict;
  const place = partitionField(verdict);
  if (subject.type === 'account' || subject.type === 'policy') {
    return { Type: 'AwsAccount', Id: `AWS::::Account:${asffText(subject.account, longestName)}`, ...place };
  }
  const inline = policies.flatMap(({ kind, name }) =>
    kind === 'inline' && name !== undefined ? [{ PolicyName: asffText(name, longestName) }] : [],
  );
  const { Type, Details } = holders[subject.type](asffText(subject.name ?? '', longestName), inline.slice(0, mostPolicies));
  const Id = asffText(subject.arn ?? arnOf(verdict, subject.type, subject.name), longestArn);
  return { Type, Id, ...place, ...(subject.name === undefined ? {} : { Details }) };
}

function policyResource({ arn, name, version, active }: Partial<VerdictPolicy>, verdict: Verdict): AsffResource {
  const Id = asffText(arn ?? arnOf(verdict, 'policy', name), longestArn);
  const versions = version === undefined ? [] : [{ VersionId: asffText(version, longestName), IsDefaultVersion: active === true }];
  const details: Details = {
    AwsIamPolicy: { PolicyName: asffText(name ?? '', longestName), ...unlessEmpty('PolicyVersionList', versions) },
  };
  return { Type: 'AwsIamPolicy', Id, ...partitionField(verdict), ...(name === undefined ? {} : { Details: details }) };
}

/** Security Hub knows these three. */
function partitionField(verdict: Verdict): Pick<AsffResource, 'Partition'> {
  const partition = partitionOf(verdict);
  return partition === 'aws' || partition === 'aws-cn' || partition === 'aws-us-gov' ? { Partition: partition } : {};
}

function arnOf(verdict: Verdict, type: string, name: string | undefined): string {
  return `arn:${partitionOf(verdict)}:iam::${verdict.subject.account}:${type}/${name ?? 'unknown'}`;
}

function unlessEmpty<K extends string, T>(key: K, list: readonly T[]): Partial<Record<K, T[]>> {
  const field: Partial<Record<K, T[]>> = {};
  if (list.length > 0) field[key] = [...list];
  return field;
}
