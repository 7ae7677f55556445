import { DescribeHubCommand } from '@aws-sdk/client-securityhub';
import { type Check, ok, skipped, wrong } from '../check.ts';

/** That Security Hub takes findings. */
export const securityHub: Check = {
  id: 'security-hub',
  title: "Security Hub is on in the guard's account and Region",
  matters: 'it takes no findings where it is off, and each verdict ends in the queue of the channel',
  permissions: ['securityhub:DescribeHub'],
  after: ['credentials'],
  async run({ aws, clients, configuration, region }) {
    if (!configuration.channels.securityHub.enabled) return skipped('the channel is off in the configuration');
    try {
      await clients.securityHub.send(new DescribeHubCommand({}));
      return ok(`on in ${region}`);
    } catch (error) {
      // Its name for an account that has not switched it on; who may not ask gets AccessDeniedException.
      const off = error instanceof Error && ['InvalidAccessException', 'ResourceNotFoundException'].includes(error.name);
      if (!off) throw error;
      return wrong(`it is not on in ${region}`, aws('securityhub', 'enable-security-hub', '--no-enable-default-standards'));
    }
  },
};
