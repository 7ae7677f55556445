import { randomBytes } from 'node:crypto';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { messageOf } from '../../../iam/aws-errors.ts';
import { reaches } from '../../exit-status.ts';
import { type Ear, listenOnBus } from '../canary-ear.ts';
import { canaryEnvelope, canaryPrefix } from '../canary-record.ts';
import { type Check, type Outcome, ok, wrong } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { channelsOf } from '../expected.ts';
import { toldOfCanaries } from '../told-of-canaries.ts';

/** Milliseconds after which another canary is sent, since the rule may have missed the one before. */
const again = 15_000;
/** Seconds that SQS waits for a message in one call. */
const wait = 5;

/** That a record goes in, and its verdict comes back from the bus. */
export const canary: Check = {
  id: 'canary',
  title: 'a record goes in, and its verdict comes back from the bus',
  matters: 'each part may look well, and the whole still not work',
  permissions: [
    'lambda:InvokeFunction',
    'events:DescribeRule',
    'events:PutRule',
    'events:PutTargets',
    'events:RemoveTargets',
    'events:DeleteRule',
    'sqs:CreateQueue',
    'sqs:ReceiveMessage',
    'sqs:DeleteQueue',
  ],
  after: ['stack'],
  writes: true,
  async run(context) {
    const run = randomBytes(4).toString('hex');
    const prefix = `${canaryPrefix}${run}-`;
    const ear = await listenOnBus(context, `${context.stackName}-doctor-canary-${run}`, prefix);
    const [flight] = await Promise.allSettled([fly(context, ear, prefix)]);
    const left = await ear.remove();
    if (left.length > 0) {
      const says = flight.status === 'fulfilled' ? flight.value.says : messageOf(flight.reason);
      return wrong(`${says}; and its rule or its queue could not be removed`, ...left);
    }
    if (flight.status === 'rejected') throw flight.reason;
    return flight.value;
  },
};

/** Sends canaries until one is heard. */
async function fly(context: DoctorContext, ear: Ear, prefix: string): Promise<Outcome> {
  const functionName = `${context.stackName}-user-permissions`;
  const sent = new Map<string, number>();
  const began = Date.now();
  for (let next = began; Date.now() - began < context.patience && !context.signal.aborted; ) {
    if (Date.now() >= next) {
      const id = `${prefix}${sent.size + 1}`;
      sent.set(id, Date.now());
      next = Date.now() + again;
      const failure = await invoke(context, functionName, id);
      if (failure !== undefined)
        return wrong(
          `${functionName} failed at it: ${failure}`,
          context.aws('logs', 'tail', `/aws/lambda/${functionName}`, '--since', '10m'),
        );
    }
    const heard = (await ear.listen(wait)).find((id) => sent.has(id));
    if (heard === undefined) continue;
    const seconds = ((Date.now() - (sent.get(heard) ?? began)) / 1_000).toFixed(1);
    return ok(`heard ${seconds} seconds after it was sent${await noticeOf(context)}`);
  }
  if (context.signal.aborted) return { state: 'unknown', says: 'interrupted before it was heard' };
  return wrong(
    `${functionName} took ${sent.size}, and none of their verdicts was heard in ${context.patience / 1_000} seconds`,
    context.aws('logs', 'tail', `/aws/lambda/${functionName}`, '--since', '10m'),
  );
}

/** Has the function judge a canary, and waits for its answer, so that no queue takes it where it fails; answers why it failed. */
async function invoke(context: DoctorContext, FunctionName: string, id: string): Promise<string | undefined> {
  const Payload = Buffer.from(JSON.stringify(await canaryEnvelope(context, id)));
  const { FunctionError, Payload: answer } = await context.clients.lambda.send(new InvokeCommand({ FunctionName, Payload }));
  if (FunctionError === undefined) return undefined;
  const text = Buffer.from(answer ?? []).toString('utf8');
  return `${FunctionError}: ${text.slice(0, 300)}`;
}

/** Who is told of a canary all the same. */
async function noticeOf(context: DoctorContext): Promise<string> {
  const { channels } = context.configuration;
  const severities = { mail: channels.mail.minSeverity, chat: channels.chat.minSeverity, slack: channels.slack.minSeverity };
  const atOnce = channelsOf(context.configuration)
    .filter(({ on, name }) => on && name in severities)
    .filter(({ name }) => reaches('low', severities[name as keyof typeof severities]))
    .map(({ name }) => name);
  const told = [...atOnce, ...((await toldOfCanaries(context)) ? ['digest'] : [])];
  return told.length === 0 ? '' : `; channel ${told.join(' and ')} tells it too, as an attempt of trailguard-doctor`;
}
