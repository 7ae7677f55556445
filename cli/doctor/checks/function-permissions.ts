import { GetPolicyCommand } from '@aws-sdk/client-lambda';
import { inParallel } from '../../../iam/in-parallel.ts';
import { type Check, type Fault, faultsOr } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { type ExpectedRule, ruleArn, rulesOf, sweepRule } from '../expected.ts';
import { letsRuleIn, statementsOf } from '../resource-policy.ts';
import { isNotFound } from '../rules.ts';

const action = 'lambda:InvokeFunction';

/** That EventBridge may invoke what its rules lead to. */
export const functionPermissions: Check = {
  id: 'function-permissions',
  title: 'the policy of every function lets its rule invoke it',
  matters: 'EventBridge is refused, and the event lies in the dead-letter queue after a day',
  permissions: ['lambda:GetPolicy'],
  after: ['stack'],
  async run(context) {
    const rules = [...rulesOf(context), sweepRule(context)].filter(({ target }) => target.service === 'lambda');
    const faults = await inParallel(rules, 4, (rule) => look(rule, context));
    return faultsOr(faults.flat(), `${rules.length} permissions`);
  },
};

async function look(rule: ExpectedRule, context: DoctorContext): Promise<Fault[]> {
  const arn = await ruleArn(context, rule);
  const name = rule.target.resource.replace('function:', '');
  if (letsRuleIn(statementsOf(await policyOf(name, context)), action, arn)) return [];
  const { account } = await context.caller();
  const words = ['--action', action, '--principal', 'events.amazonaws.com', '--source-account', account, '--source-arn', arn];
  return [
    {
      says: `${name} does not let rule ${rule.name} in`,
      fix: [context.aws('lambda', 'add-permission', '--function-name', name, '--statement-id', `let-in-${rule.name}`, ...words)],
    },
  ];
}

/** The text of a function's policy; undefined where it has none. */
async function policyOf(FunctionName: string, { clients: { lambda } }: DoctorContext): Promise<string | undefined> {
  try {
    return (await lambda.send(new GetPolicyCommand({ FunctionName }))).Policy;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
