import { shellCommand } from '../../../analyzers/aws-command.ts';
import { type Check, ok, wrong } from '../check.ts';
import { homeRegion } from '../home-region.ts';

/** That the guard is where IAM's events arrive. */
export const region: Check = {
  id: 'region',
  title: "it is the Region where IAM's events arrive",
  matters: "IAM's events reach EventBridge in one Region of a partition only: a guard elsewhere hears nothing",
  permissions: ['sts:GetCallerIdentity'],
  after: ['credentials'],
  async run({ caller, region: here, stage }) {
    const { partition } = await caller();
    const home = homeRegion(partition);
    if (home === undefined) return { state: 'unknown', says: `where IAM's events arrive in partition ${partition} is not known` };
    if (here === home) return ok(`${here}`);
    return wrong(
      `this is ${here}, and in partition ${partition} IAM's events arrive in ${home}`,
      shellCommand('trailguard', 'doctor', '--stage', stage, '--region', home),
      shellCommand('npx', 'serverless', 'deploy', '--stage', stage, '--region', home),
    );
  },
};
