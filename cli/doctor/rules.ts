import { DescribeRuleCommand, type DescribeRuleCommandOutput } from '@aws-sdk/client-eventbridge';
import { inParallel } from '../../iam/in-parallel.ts';
import type { Fault } from './check.ts';
import type { DoctorContext } from './context.ts';
import type { ExpectedRule } from './expected.ts';

const atOnce = 4;

/** Looks at every expected rule, and puts what is wrong with each into one list; a rule that is missing is a fault by itself. */
export async function eachRule(
  context: DoctorContext,
  rules: readonly ExpectedRule[],
  look: (rule: ExpectedRule, found: DescribeRuleCommandOutput) => Promise<readonly Fault[]> | readonly Fault[],
): Promise<Fault[]> {
  const faults = await inParallel(rules, atOnce, async (rule) => {
    const found = await describe(context, rule);
    return found === undefined ? [missingResource(context, `rule ${rule.name}`)] : look(rule, found);
  });
  return faults.flat();
}

async function describe({ clients: { events } }: DoctorContext, { name, bus }: ExpectedRule) {
  try {
    return await events.send(new DescribeRuleCommand({ Name: name, ...(bus === undefined ? {} : { EventBusName: bus }) }));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** True where AWS says that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Error && ['ResourceNotFoundException', 'NotFoundException', 'QueueDoesNotExist'].includes(error.name);
}

/** Something that is in the stack is not there. A deployment does not bring back what was deleted by hand: docs/doctor.md says what does. */
export function missingResource({ deploy }: DoctorContext, what: string): Fault {
  return { says: `${what} does not exist`, fix: [deploy] };
}
