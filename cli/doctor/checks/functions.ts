import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import { inParallel } from '../../../iam/in-parallel.ts';
import { type Check, type Fault, faultsOr } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { functionsOf } from '../expected.ts';
import { isNotFound, missingResource } from '../rules.ts';

/** That there is a function for everything, and that each can run. */
export const functions: Check = {
  id: 'functions',
  title: 'every function is there, active, and may run',
  matters: 'a function that cannot run judges nothing, or tells nothing; its events wait for six hours, and then lie in its queue',
  permissions: ['lambda:GetFunction'],
  after: ['stack'],
  async run(context) {
    const names = functionsOf(context).map((name) => `${context.stackName}-${name}`);
    const faults = await inParallel(names, 4, (name) => look(name, context));
    return faultsOr(faults.flat(), `${names.length} functions`);
  },
};

async function look(name: string, context: DoctorContext): Promise<Fault[]> {
  const { aws, deploy } = context;
  try {
    const { Configuration: found = {}, Concurrency } = await context.clients.lambda.send(new GetFunctionCommand({ FunctionName: name }));
    const { State: state = 'Active', StateReason = '', LastUpdateStatus: update = 'Successful' } = found;
    const because = StateReason === '' ? '' : ` (${StateReason})`;
    return [
      // A function that nobody called for weeks is asleep: the next event wakes it.
      ...(['Active', 'Inactive'].includes(state) ? [] : [{ says: `${name} is ${state}${because}`, fix: [deploy] }]),
      ...(update === 'Failed' ? [{ says: `the last update of ${name} failed`, fix: [deploy] }] : []),
      ...(Concurrency?.ReservedConcurrentExecutions === 0
        ? [
            {
              says: `${name} may not run: its reserved concurrency is 0`,
              fix: [aws('lambda', 'delete-function-concurrency', '--function-name', name)],
            },
          ]
        : []),
    ];
  } catch (error) {
    if (isNotFound(error)) return [missingResource(context, `function ${name}`)];
    throw error;
  }
}
