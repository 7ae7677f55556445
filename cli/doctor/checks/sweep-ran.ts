import { type Check, ok, skipped, wrong } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { metric } from '../metric.ts';

/** A day, and the time that the sweep and CloudWatch may take. */
const lately = 26;

/** That the sweep really runs. */
export const sweepRan: Check = {
  id: 'sweep-ran',
  title: 'the sweep ran in the last 26 hours',
  matters: 'what no event tells of goes unseen, and tags that an event left wrong stay so',
  permissions: ['cloudwatch:GetMetricData'],
  after: ['stack'],
  async run(context) {
    const { aws, now, stackName } = context;
    const [runs, errors] = await Promise.all([counted('Invocations', context), counted('Errors', context)]);
    const name = `${stackName}-sweep`;
    const run = aws('lambda', 'invoke', '--function-name', name, '--invocation-type', 'Event', '/dev/stdout');
    if (runs === 0) {
      const { created } = await context.stack();
      const hours = created === undefined ? lately : (now().getTime() - created.getTime()) / 3_600_000;
      if (hours < lately) return skipped(`the stack is ${Math.floor(hours)} hours old: the first sweep comes within a day`);
      return wrong(`it did not run in the last ${lately} hours`, run);
    }
    // Lambda begins a failed one again, twice.
    if (errors >= runs)
      return wrong(
        `all ${runs} tries of the last ${lately} hours failed`,
        aws('logs', 'tail', `/aws/lambda/${name}`, '--since', '1d'),
        run,
      );
    return ok(`it ran ${runs === 1 ? 'once' : `${runs} times`}${errors === 0 ? '' : `, ${errors} of them failed`}`);
  },
};

async function counted(name: 'Invocations' | 'Errors', context: DoctorContext): Promise<number> {
  const dimension = { Name: 'FunctionName', Value: `${context.stackName}-sweep` };
  const values = await metric(context, { namespace: 'AWS/Lambda', name, dimension, statistic: 'Sum', hours: lately, period: 3_600 });
  return values.reduce((sum, value) => sum + value, 0);
}
