import { type ContextEntry, type EvaluationResult, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { isAbsent } from '../../../iam/aws-errors.ts';
import { inParallel } from '../../../iam/in-parallel.ts';
import { type Check, type Fault, faultsOr } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { type Need, needsOf } from '../role-needs.ts';
import { missingResource } from '../rules.ts';

/**
 * That each function's role can read, tag, tell and keep. IAM answers as it would decide: with the role's policies, its boundary and the organization's
 * policies, but not with the policies of resources.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export const roles: Check = {
  id: 'roles',
  title: "every function's role can read, tag, publish and keep",
  matters: 'what may not be read is undetermined, what may not be tagged stays untagged, and what may not be published is told to nobody',
  permissions: ['iam:SimulatePrincipalPolicy'],
  after: ['stack'],
  async run(context) {
    const needs = await needsOf(context);
    const asked = Object.entries(needs).flatMap(([name, each]) => each.map((need) => ({ name, need })));
    const faults = await inParallel(asked, 4, ({ name, need }) => look(name, need, context));
    return faultsOr(joined(faults.flat()), `${Object.keys(needs).length} roles`);
  },
};

async function look(name: string, { actions, resource, ownTags }: Need, context: DoctorContext): Promise<Fault[]> {
  const { aws, clients, configuration, deploy, stackName } = context;
  const { account, partition } = await context.caller();
  const role = `${stackName}-${name}`;
  const ContextEntries: ContextEntry[] = [
    ...(ownTags ? [entry('aws:TagKeys', `${configuration.tagPrefix}:verdict`, 'stringList')] : []),
    ...(actions.includes('ses:SendEmail') ? [entry('ses:FromAddress', configuration.channels.author.from ?? '', 'string')] : []),
  ];
  try {
    const { EvaluationResults = [] } = await clients.iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:${partition}:iam::${account}:role/${role}`,
        ActionNames: [...actions],
        ...(resource === undefined ? {} : { ResourceArns: [resource] }),
        ContextEntries,
      }),
    );
    return EvaluationResults.filter(({ EvalDecision }) => EvalDecision !== 'allowed').map((result) => ({
      says: `${role} may not ${result.EvalActionName}${whyNot(result)}`,
      fix: result.OrganizationsDecisionDetail?.AllowedByOrganizations === false ? [aws('iam', 'get-role', '--role-name', role)] : [deploy],
    }));
  } catch (error) {
    if (isAbsent(error)) return [missingResource(context, `role ${role}`)];
    throw error;
  }
}

function entry(ContextKeyName: string, value: string, ContextKeyType: 'string' | 'stringList'): ContextEntry {
  return { ContextKeyName, ContextKeyValues: [value], ContextKeyType };
}

/** What stands in the way, where it is not the role's own policy. */
function whyNot({
  EvalDecision,
  OrganizationsDecisionDetail: organization,
  PermissionsBoundaryDecisionDetail: boundary,
}: EvaluationResult): string {
  if (organization?.AllowedByOrganizations === false)
    return ' (a policy of the organization denies it: its management account can mend that)';
  if (boundary?.AllowedByPermissionsBoundary === false) return " (the role's permissions boundary does not allow it)";
  return EvalDecision === 'explicitDeny' ? ' (a policy denies it)' : '';
}

/** The same said once. */
function joined(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [fault.says, fault])).values()];
}
