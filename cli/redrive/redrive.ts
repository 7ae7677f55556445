import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { visible } from '../../schemas/visible-text.ts';
import { explainAwsFault } from '../aws-fault.ts';
import { type ExitStatus, exitStatus } from '../exit-status.ts';
import { createPaint } from '../paint.ts';
import { createProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { chosenQueues } from './chosen-queues.ts';
import { readGuardStack } from './guard-stack.ts';
import { createPace } from './pace.ts';
import { createQueue } from './queue.ts';
import { redriveQueue } from './redrive-queue.ts';
import { redriveClosing, redriveTable } from './redrive-table.ts';
import type { Outcome, QueueReport, RedriveReport } from './report.ts';
import { createErrandRunner } from './run-errand.ts';

/** The options of `trailguard redrive`. `rate` is messages a second, `limit` messages in all. */
export interface RedriveOptions {
  readonly format: 'text' | 'json';
  readonly apply: boolean;
  readonly stage: string;
  readonly rate: number;
  readonly limit: number;
  readonly colour: boolean;
  readonly queue?: string;
  readonly region?: string;
}

/** Takes what lies in the queues of a deployed guard through it again, and prints what became of it; without `apply` it only says what lies there. */
export async function runRedrive(options: RedriveOptions, terminal: Terminal): Promise<ExitStatus> {
  const progress = createProgress();
  try {
    const report = await redriveStack(options, (done, total) => progress.show('messages', done, total));
    progress.clear();
    print(report, options, terminal);
    const { refused, failed } = report.counts;
    const unjudged = refused + failed > 0 || report.queues.some(({ problem }) => problem !== undefined);
    return exitStatus({ unjudged, severities: [], failOn: 'never' });
  } catch (error) {
    progress.clear();
    if (error instanceof Error && /^AccessDenied/.test(error.name))
      throw new UsageError(`${visible(error.message)} (the policy in docs/redrive.md lists what a redrive may have to do)`);
    throw explainAwsFault(error);
  }
}

async function redriveStack(options: RedriveOptions, show: (done: number, total: number) => void): Promise<RedriveReport> {
  const { apply, limit, rate, stage, queue } = options;
  const startedAt = new Date().toISOString();
  const client = options.region === undefined ? {} : { region: options.region };
  const stack = await readGuardStack(new CloudFormationClient(client), `trailguard-${stage}`);
  // Signed requests go to AWS, whatever host a queue's URL names.
  const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
  const run = createErrandRunner({ lambda: new LambdaClient(client), sns: new SNSClient(client), sqs });
  const looked = chosenQueues(stack, queue).map((at) => ({ at, port: createQueue(sqs, at.url) }));
  const counts = apply ? await Promise.all(looked.map(({ port }) => port.count().catch(() => 0))) : [];
  const total = Math.min(
    limit,
    counts.reduce((sum, count) => sum + count, 0),
  );
  const pace = createPace(rate);
  let done = 0;
  const tick = () => {
    done += 1;
    show(done, Math.max(done, total));
  };
  const parts = { stack, apply, run, pace, tick };
  const queues: QueueReport[] = [];
  if (!apply && limit === Number.POSITIVE_INFINITY) {
    // Each empty queue takes a second to say so.
    queues.push(...(await Promise.all(looked.map(({ at, port }) => redriveQueue(at, port, limit, parts)))));
  } else {
    for (const { at, port } of looked) {
      const seen = queues.reduce((sum, { messages }) => sum + messages.length, 0);
      queues.push(await redriveQueue(at, port, limit - seen, parts));
    }
  }
  return { stack: stack.name, applied: apply, startedAt, queues, counts: countsOf(queues) };
}

function countsOf(queues: readonly QueueReport[]): Record<Outcome, number> {
  const counts = { planned: 0, done: 0, failed: 0, refused: 0 };
  for (const { result } of queues.flatMap(({ messages }) => messages)) counts[result] += 1;
  return counts;
}

function print(report: RedriveReport, { format, colour }: RedriveOptions, terminal: Terminal): void {
  if (format === 'json') {
    terminal.out(JSON.stringify(report, undefined, 2));
    return;
  }
  const paint = createPaint(colour);
  const table = redriveTable(report, terminal.columns, paint);
  if (table !== '') terminal.out(`${table}\n`);
  terminal.out(redriveClosing(report, terminal.columns, paint));
}
