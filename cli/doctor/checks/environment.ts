import { GetFunctionCommand } from '@aws-sdk/client-lambda';
import { inParallel } from '../../../iam/in-parallel.ts';
import { type Check, type Fault, faultsOr } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { functionsOf, judgingFunctions } from '../expected.ts';
import { isNotFound, missingResource } from '../rules.ts';

/** What functions are told besides what all of them are: the logical id of what the variable names. */
const own: Readonly<Record<string, readonly [variable: string, logicalId: string]>> = {
  'mail-channel': ['ALERT_TOPIC_ARN', 'AlertTopic'],
  'digest-channel': ['ALERT_TOPIC_ARN', 'AlertTopic'],
  'chat-channel': ['CHAT_TOPIC_ARN', 'ChatTopic'],
};

/** That each function is told the bus, account, roles, queue, table and topic that it needs to know. */
export const environment: Check = {
  id: 'environment',
  title: 'every function knows its bus, queue and table',
  matters: 'a function that is told nothing fails at every event; one that is told another bus or queue tells and asks the wrong ones',
  permissions: ['lambda:GetFunction'],
  after: ['stack'],
  async run(context) {
    const names = functionsOf(context);
    const faults = await inParallel(names, 4, (name) => look(name, context));
    return faultsOr(faults.flat(), `${names.length} functions`);
  },
};

async function look(name: string, context: DoctorContext): Promise<Fault[]> {
  const FunctionName = `${context.stackName}-${name}`;
  const found = await variablesOf(FunctionName, context);
  if (found === undefined) return [missingResource(context, `function ${FunctionName}`)];
  const expected = await expectedOf(name, context);
  const roles = judgingFunctions.map((each) => `${context.stackName}-${each}`);
  const named = (found.GUARD_ROLES ?? '').split(',');
  const unnamed = roles.filter((role) => !named.includes(role));
  const off = [...Object.keys(expected).filter((key) => found[key] !== expected[key]), ...(unnamed.length > 0 ? ['GUARD_ROLES'] : [])];
  if (off.length === 0) return [];
  const kept = [...new Set([...named, ...roles])].filter((role) => role !== '');
  // Values of other variables are not the guard's to show: what is not the guard's own is only named.
  const mended = { ...expected, GUARD_ROLES: kept.join(',') };
  const others = Object.keys(found).filter((key) => !(key in mended));
  const add = others.length === 0 ? '' : ` (add its other variables to the command: ${others.join(', ')})`;
  return [
    {
      says: `${FunctionName}: ${off.join(', ')} ${off.length === 1 ? 'is' : 'are'} missing or of another stack${add}`,
      fix: [
        context.aws(
          'lambda',
          'update-function-configuration',
          '--function-name',
          FunctionName,
          '--environment',
          JSON.stringify({ Variables: mended }),
        ),
      ],
    },
  ];
}

async function expectedOf(name: string, { caller, stack, stackName }: DoctorContext): Promise<Record<string, string>> {
  const { resources } = await stack();
  const [variable, logicalId] = own[name] ?? [];
  return {
    EVENT_BUS_NAME: stackName,
    ACCOUNT_ID: (await caller()).account,
    JUDGE_AGAIN_QUEUE_URL: resources.get('UsersToJudgeAgain') ?? '',
    ALERT_RECORDS_TABLE: resources.get('AlertRecords') ?? '',
    ...(variable === undefined || logicalId === undefined ? {} : { [variable]: resources.get(logicalId) ?? '' }),
  };
}

/** A function's variables; undefined where there is no such function. */
async function variablesOf(FunctionName: string, { clients: { lambda } }: DoctorContext): Promise<Record<string, string> | undefined> {
  try {
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName }));
    return Configuration?.Environment?.Variables ?? {};
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
