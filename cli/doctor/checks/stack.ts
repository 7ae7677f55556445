import { shellCommand } from '../../../analyzers/aws-command.ts';
import { type Check, ok, wrong } from '../check.ts';
import { homeRegion } from '../home-region.ts';
import { isNoStack } from '../stack.ts';

/** In these the stack is whole: all that is in the template is there. */
const whole = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS']);

/** That the guard is deployed, and whole. */
export const stack: Check = {
  id: 'stack',
  title: 'it is deployed, and whole',
  matters: 'without it there is no guard; nothing else about it makes sense',
  permissions: ['cloudformation:DescribeStacks', 'cloudformation:ListStackResources'],
  after: ['credentials'],
  async run(context) {
    const { aws, caller, deploy, region, stackName, stage } = context;
    try {
      const { status } = await context.stack();
      if (whole.has(status)) return ok(`${stackName} in ${region} is ${status}`);
      // The update failed and everything is as it was before: the guard works, and is not what was deployed last.
      if (status === 'UPDATE_ROLLBACK_COMPLETE')
        return ok(`${stackName} in ${region} works, but its last update failed and was taken back (${status})`);
      const says = `${stackName} in ${region} is ${status}`;
      if (status.endsWith('_IN_PROGRESS'))
        return wrong(`${says}: a deployment is under way`, aws('cloudformation', 'describe-stack-events', '--stack-name', stackName));
      return wrong(
        `${says}: its deployment failed`,
        aws('cloudformation', 'describe-stack-events', '--stack-name', stackName),
        ...(status === 'UPDATE_ROLLBACK_FAILED'
          ? [aws('cloudformation', 'continue-update-rollback', '--stack-name', stackName)]
          : [shellCommand('npx', 'serverless', 'remove', '--stage', stage, '--region', region)]),
        deploy,
      );
    } catch (error) {
      if (!isNoStack(error)) throw error;
      const home = homeRegion((await caller()).partition);
      return wrong(
        `there is no stack ${stackName} in ${region}`,
        home === undefined || home === region ? deploy : shellCommand('trailguard', 'doctor', '--stage', stage, '--region', home),
      );
    }
  },
};
