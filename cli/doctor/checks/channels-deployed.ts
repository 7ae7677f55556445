import { type Check, faultsOr } from '../check.ts';
import { channelsOf } from '../expected.ts';

/** That the channels which are deployed are those of the configuration. */
export const channelsDeployed: Check = {
  id: 'channels-deployed',
  title: 'the channels of the configuration are those of the stack',
  matters: 'a channel that was switched on, and not deployed since, tells nobody',
  permissions: ['cloudformation:DescribeStacks', 'cloudformation:ListStackResources'],
  after: ['stack'],
  async run({ configuration, deploy, stack }) {
    const { resources } = await stack();
    const channels = channelsOf(configuration);
    const faults = channels.flatMap(({ name, logicalId, on }) => {
      if (resources.has(`${logicalId}Rule`) === on) return [];
      return [
        {
          says: `channel ${name} is ${on ? 'on in the configuration, and not' : 'off in the configuration, and still'} deployed`,
          fix: [deploy],
        },
      ];
    });
    const on = channels.filter((each) => each.on).map(({ name }) => name);
    return faultsOr(faults, on.length === 0 ? 'none is on' : on.join(', '));
  },
};
