import { type EvaluationResult, SimulatePrincipalPolicyCommand, type SimulatePrincipalPolicyCommandInput } from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { createClients } from '../../../../cli/doctor/clients.ts';
import type { Broken, BrokenCase, CheckCases } from '../cases.ts';

/** Answers for each action as IAM's simulation does: allowed, but for what `answer` says otherwise. */
const simulating = async (answer: (role: string, action: string) => Partial<EvaluationResult> | undefined): Promise<Broken> => {
  const clients = createClients('us-east-1');
  mockClient(clients.iam)
    .on(SimulatePrincipalPolicyCommand)
    .callsFake(({ ActionNames = [], PolicySourceArn = '' }: SimulatePrincipalPolicyCommandInput) => {
      const role = PolicySourceArn.split('/').at(-1) ?? '';
      const results = ActionNames.map((EvalActionName) => ({ EvalActionName, EvalDecision: 'allowed', ...answer(role, EvalActionName) }));
      return { EvaluationResults: results };
    });
  return { parts: { clients } };
};

const denying = (title: string, result: Partial<EvaluationResult>, says: string, fix: string): BrokenCase => ({
  title,
  break: () => simulating((role, action) => (role === 'trailguard-dev-user-permissions' && action === 'iam:TagUser' ? result : undefined)),
  says,
  fix,
});

const role = 'trailguard-dev-user-permissions';

/** Roles that may not do what they must. */
export const roles: CheckCases = {
  mocked: 'moto has no SimulatePrincipalPolicy: the client answers as IAM does',
  given: () => simulating(() => undefined),
  broken: [
    denying('a role that may not tag', { EvalDecision: 'implicitDeny' }, `${role} may not iam:TagUser`, 'npx serverless deploy'),
    denying(
      'a policy of the organization',
      { EvalDecision: 'explicitDeny', OrganizationsDecisionDetail: { AllowedByOrganizations: false } },
      `${role} may not iam:TagUser (a policy of the organization denies it`,
      `aws iam get-role --region us-east-1 --role-name ${role}`,
    ),
    denying(
      'a permissions boundary',
      { EvalDecision: 'implicitDeny', PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false } },
      `${role} may not iam:TagUser (the role's permissions boundary does not allow it)`,
      'npx serverless deploy',
    ),
    denying(
      'a policy that denies',
      { EvalDecision: 'explicitDeny' },
      `${role} may not iam:TagUser (a policy denies it)`,
      'npx serverless deploy',
    ),
    {
      title: 'a role that is gone',
      break: () =>
        simulating((name) => {
          if (name !== 'trailguard-dev-sweep') return undefined;
          throw Object.assign(new Error('no such role'), { name: 'NoSuchEntityException' });
        }),
      says: 'role trailguard-dev-sweep does not exist',
      fix: 'npx serverless deploy',
    },
  ],
};
