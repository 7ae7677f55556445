import { ListTargetsByRuleCommand, type Target } from '@aws-sdk/client-eventbridge';
import { type Check, type Fault, faultsOr } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { busWords, type ExpectedRule, rulesOf, sweepRule } from '../expected.ts';
import { queueOf } from '../queues.ts';
import { eachRule } from '../rules.ts';

/** That what a rule matches goes to its function, and to a queue where it does not get there. */
export const ruleTargets: Check = {
  id: 'rule-targets',
  title: 'every rule leads to its function and a dead-letter queue',
  matters: 'an event that has no target is dropped; one that cannot be delivered is dropped too, where no dead-letter queue takes it',
  permissions: ['events:DescribeRule', 'events:ListTargetsByRule'],
  after: ['stack'],
  async run(context) {
    const rules = [...rulesOf(context), sweepRule(context)];
    const faults = await eachRule(context, rules, (rule) => faultsOf(rule, context));
    return faultsOr(faults, `${rules.length} rules`);
  },
};

async function faultsOf(rule: ExpectedRule, context: DoctorContext): Promise<Fault[]> {
  const { name, bus, target, retry } = rule;
  const asked = { Rule: name, ...(bus === undefined ? {} : { EventBusName: bus }) };
  const { Targets = [] } = await context.clients.events.send(new ListTargetsByRuleCommand(asked));
  const Arn = await context.arn(target.service, target.resource);
  const letters = (await queueOf(context, rule.deadLetters))?.arn;
  const found = Targets.find((each) => each.Arn === Arn);
  const says = found === undefined ? [`does not lead to ${target.resource}`] : shortcomings(found, letters, retry);
  if (says.length === 0) return [];
  const mended = {
    // What it makes of the event stays.
    ...(found ?? { Id: target.id, Arn }),
    ...(letters === undefined ? {} : { DeadLetterConfig: { Arn: letters } }),
    RetryPolicy: retry,
  };
  return [
    {
      says: `rule ${name} ${says.join(', ')}`,
      fix: [context.aws('events', 'put-targets', '--rule', name, ...busWords(rule), '--targets', JSON.stringify([mended]))],
    },
  ];
}

function shortcomings({ DeadLetterConfig, RetryPolicy }: Target, letters: string | undefined, retry: ExpectedRule['retry']): string[] {
  const { MaximumEventAgeInSeconds: age = 86_400, MaximumRetryAttempts: attempts = 185 } = RetryPolicy ?? {};
  return [
    ...(letters !== undefined && DeadLetterConfig?.Arn === letters ? [] : ['has not its dead-letter queue']),
    ...(age >= retry.MaximumEventAgeInSeconds && attempts >= retry.MaximumRetryAttempts
      ? []
      : [`gives up after ${age} seconds or ${attempts} attempts, not ${retry.MaximumEventAgeInSeconds} and ${retry.MaximumRetryAttempts}`]),
  ];
}
