import { type Check, faultsOr } from '../check.ts';
import { busWords, rulesOf } from '../expected.ts';
import { eachRule } from '../rules.ts';

/** That no rule is switched off. */
export const rulesEnabled: Check = {
  id: 'rules-enabled',
  title: 'every EventBridge rule is there and enabled',
  matters: 'events that a disabled rule would match are gone: nobody judges or tells them, and no queue keeps them',
  permissions: ['events:DescribeRule'],
  after: ['stack'],
  async run(context) {
    const rules = rulesOf(context);
    const faults = await eachRule(context, rules, (rule, { State: state = '' }) =>
      state.startsWith('ENABLED')
        ? []
        : [{ says: `rule ${rule.name} is ${state}`, fix: [context.aws('events', 'enable-rule', '--name', rule.name, ...busWords(rule))] }],
    );
    return faultsOr(faults, `${rules.length} rules`);
  },
};
