import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  type EventBridgeClient,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { eventsOf } from '../../../../events/catalog.ts';
import type { BrokenCase, CheckCases } from '../cases.ts';

const Name = 'trailguard-dev-user-permissions';

/** A rule that is switched off, or gone. */
export const rulesEnabled: CheckCases = {
  broken: [
    {
      title: 'a rule that is switched off',
      async break({ clients: { events } }) {
        await events.send(new DisableRuleCommand({ Name }));
        return { mend: () => events.send(new EnableRuleCommand({ Name })) };
      },
      says: `rule ${Name} is DISABLED`,
      fix: `aws events enable-rule --region us-east-1 --name ${Name}`,
    },
    {
      title: "a rule on the guard's bus that is switched off",
      async break({ clients: { events } }) {
        const channel = { Name: 'trailguard-dev-mail-channel', EventBusName: 'trailguard-dev' };
        await events.send(new DisableRuleCommand(channel));
        return { mend: () => events.send(new EnableRuleCommand(channel)) };
      },
      says: 'rule trailguard-dev-mail-channel is DISABLED',
      fix: 'aws events enable-rule --region us-east-1 --name trailguard-dev-mail-channel --event-bus-name trailguard-dev',
    },
    {
      title: 'rules that are not there',
      break: async () => ({ parts: { stage: 'prod' } }),
      says: 'rule trailguard-prod-policy-changes does not exist; rule trailguard-prod-user-permissions does not exist',
      fix: 'npx serverless deploy --stage prod',
    },
  ],
};

/** The daily sweep's rule. */
export const sweepSchedule: CheckCases = {
  broken: [
    {
      title: 'a schedule that is switched off',
      async break({ clients: { events } }) {
        await events.send(new DisableRuleCommand({ Name: 'trailguard-dev-sweep' }));
        return { mend: () => events.send(new EnableRuleCommand({ Name: 'trailguard-dev-sweep' })) };
      },
      says: 'rule trailguard-dev-sweep is DISABLED',
      fix: 'aws events enable-rule --region us-east-1 --name trailguard-dev-sweep',
    },
  ],
};

const pattern = (title: string, change: (pattern: Record<string, unknown>) => object, says: string): BrokenCase => ({
  title,
  async break({ clients: { events } }) {
    const { EventPattern = '{}' } = await events.send(new DescribeRuleCommand({ Name }));
    await events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(change(JSON.parse(EventPattern))) }));
    return { mend: () => events.send(new PutRuleCommand({ Name, EventPattern })) };
  },
  says,
  fix: `aws events put-rule --region us-east-1 --name ${Name}`,
});

const events = eventsOf('user-permissions');
const detail = (more: object) => ({ eventSource: ['iam.amazonaws.com'], eventName: events, ...more });

/** Patterns that are not the catalog's. */
export const rulesMatch: CheckCases = {
  broken: [
    pattern(
      'an event that the rule leaves out',
      (each) => ({ ...each, detail: detail({ eventName: events.slice(1) }) }),
      `rule ${Name}: it does not match ${events[0]}`,
    ),
    pattern(
      'an event that no function judges',
      (each) => ({ ...each, detail: detail({ eventName: [...events, 'ListUsers'] }) }),
      `rule ${Name}: it matches ListUsers, which its function does not judge`,
    ),
    pattern(
      'a source that anybody can forge',
      (each) => ({ ...each, source: ['aws.iam', 'my.app'] }),
      `rule ${Name}: its source is not \`aws.iam\` alone`,
    ),
    pattern(
      'a rule for some callers only',
      (each) => ({ ...each, detail: detail({ userIdentity: { type: ['IAMUser'] } }) }),
      `rule ${Name}: it asks for userIdentity too, and so leaves events out`,
    ),
  ],
};

const targets = (title: string, change: (target: Target, client: EventBridgeClient) => Promise<unknown>, says: string): BrokenCase => ({
  title,
  async break({ clients: { events: client } }) {
    const { Targets: [before] = [] } = await client.send(new ListTargetsByRuleCommand({ Rule: Name }));
    if (before === undefined) throw new Error(`rule ${Name} has no target to break`);
    await change(before, client);
    return { mend: () => client.send(new PutTargetsCommand({ Rule: Name, Targets: [before] })) };
  },
  says,
  fix: `aws events put-targets --region us-east-1 --rule ${Name} --targets`,
});

const put = (client: EventBridgeClient, target: Target) => client.send(new PutTargetsCommand({ Rule: Name, Targets: [target] }));

/** Rules that lead nowhere, or lose what they cannot deliver. */
export const ruleTargets: CheckCases = {
  broken: [
    targets(
      'a rule without its target',
      ({ Id = '' }, client) => client.send(new RemoveTargetsCommand({ Rule: Name, Ids: [Id] })),
      `rule ${Name} does not lead to function:${Name}`,
    ),
    targets(
      'a target without a dead-letter queue',
      ({ DeadLetterConfig: _, ...target }, client) => put(client, target as Target),
      `rule ${Name} has not its dead-letter queue`,
    ),
    targets(
      'a target that gives up at once',
      (target, client) => put(client, { ...target, RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 } }),
      `rule ${Name} gives up after 60 seconds or 0 attempts, not 86400 and 185`,
    ),
  ],
};
