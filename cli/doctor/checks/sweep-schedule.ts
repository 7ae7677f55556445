import { type Check, faultsOr } from '../check.ts';
import { sweepRule } from '../expected.ts';
import { eachRule } from '../rules.ts';

/** That the daily sweep is started. */
export const sweepSchedule: Check = {
  id: 'sweep-schedule',
  title: 'the rule that starts the sweep is enabled',
  matters: 'keys that grow old and passwords that nobody uses are found by the sweep alone, and missed events are put right by it',
  permissions: ['events:DescribeRule'],
  after: ['stack'],
  async run(context) {
    const rule = sweepRule(context);
    const { aws } = context;
    let schedule = '';
    const faults = await eachRule(context, [rule], (_, { State: state = '', ScheduleExpression = '' }) => {
      schedule = ScheduleExpression;
      const put = aws('events', 'put-rule', '--name', rule.name, '--schedule-expression', 'rate(1 day)');
      return [
        ...(state.startsWith('ENABLED')
          ? []
          : [{ says: `rule ${rule.name} is ${state}`, fix: [aws('events', 'enable-rule', '--name', rule.name)] }]),
        ...(schedule === '' ? [{ says: `rule ${rule.name} has no schedule`, fix: [put] }] : []),
      ];
    });
    return faultsOr(faults, schedule);
  },
};
