import type { Context } from 'aws-lambda';
import { createPorts } from '../../handlers/ports.ts';
import { createStack } from '../../handlers/stack.ts';
import { createUserStack } from '../../handlers/user-stack.ts';
import { inParallel } from '../../iam/in-parallel.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { aContext, aMessage } from '../handlers/parts.ts';
import { motoClientConfig } from '../moto.ts';
import type { Account, Stack } from './account.ts';
import type { Lane, Plan, Request } from './proxy.ts';

/** Which process a request is of: a function's try at an event, or at a message. */
export interface Process {
  readonly what: 'first look' | 'second look';
  /** From 1. */
  readonly attempt: number;
}

/** Which request of which process meets which fault. */
export type ProcessPlan = (request: Request, process: Process) => ReturnType<Plan>;

/** An event in an envelope. */
export interface Delivered {
  readonly detail: { readonly eventID?: string | null };
}

const faultless: ProcessPlan = () => undefined;
/** Lambda tries an asynchronous event three times; SQS gives a message five times. */
const [lambdaTries, queueTries] = [3, 5];
/** The longest that a function of the stack runs, in milliseconds. */
const timeout = 60_000;

/** How processes wait for AWS. */
export interface Timing {
  /** True where they give up as they do when they are deployed. Else they wait long: a busy machine is no fault of the guard. */
  readonly inTime?: boolean;
}

const unhurried = { requestTimeout: 50_000, throwOnRequestTimeout: true };

/**
 * Lambda and the queue of users, as far as they matter here: each try is a process of its own with ports of its own; what it throws at, or dies at, is tried again a
 * minute later, and lies in a dead-letter queue when the tries are used up.
 */
export const deliveryIn = (account: Account, stack: Stack, { inTime = false }: Timing = {}) => {
  const failedEvents: Delivered[] = [];
  const usersNotJudged: string[] = [];
  /** Everything that was asked of AWS, process by process. */
  const processes: Lane[] = [];
  const errors: string[] = [];

  /** Runs one process to its end. Answers the error that it ended with, if it did. */
  const run = async (process: Process, event: unknown, plan: ProcessPlan): Promise<Error | undefined> => {
    const lane = account.proxy.lane((request) => plan(request, process));
    processes.push(lane);
    const place = { ...motoClientConfig(lane.endpoint), ...(inTime ? {} : { requestHandler: unhurried }) };
    const variables = { ...stack.variables, JUDGE_AGAIN_QUEUE_URL: `${lane.endpoint}${stack.variables.JUDGE_AGAIN_QUEUE_URL}` };
    const ports = createPorts(variables, undefined, place);
    const begun = Date.now();
    const context: Context = { ...aContext(), getRemainingTimeInMillis: () => timeout - (Date.now() - begun) };
    const handler = process.what === 'first look' ? createStack({ ports: () => ports }) : createUserStack({ ports: () => ports });
    const timer = setTimeout(() => lane.kill(), timeout);
    const ended = handler(event, context).then(
      () => undefined,
      (error: Error) => error,
    );
    const error = await Promise.race([ended, lane.killed.then(() => new Error('killed'))]);
    clearTimeout(timer);
    if (error !== undefined) errors.push(`${process.what} ${process.attempt}: ${error.name}: ${error.message}`);
    return error;
  };

  const tryAgain = async (what: Process['what'], tries: number, event: unknown, plan: ProcessPlan): Promise<boolean> => {
    for (let attempt = 1; attempt <= tries; attempt++) {
      if (attempt > 1) await account.aMinutePasses(stack);
      if ((await run({ what, attempt }, event, plan)) === undefined) return true;
    }
    return false;
  };

  return {
    stack,
    failedEvents,
    usersNotJudged,
    processes,
    errors,
    run,

    /** Delivers an event, as Lambda does what EventBridge handed to it. */
    async deliver(event: Delivered, plan: ProcessPlan = faultless): Promise<void> {
      if (!(await tryAgain('first look', lambdaTries, event, plan))) failedEvents.push(event);
    },

    /** Delivers events so many at a time, and a minute after all of them again what failed. */
    async deliverTogether(events: readonly Delivered[], atOnce: number, plan: ProcessPlan = faultless): Promise<void> {
      let left = events;
      for (let attempt = 1; attempt <= lambdaTries && left.length > 0; attempt++) {
        if (attempt > 1) await account.aMinutePasses(stack);
        const ends = await inParallel(left, atOnce, (event) => run({ what: 'first look', attempt }, event, plan));
        left = left.filter((_, index) => ends[index] !== undefined);
      }
      failedEvents.push(...left);
    },

    /** Has judge-user look at every user in the queue until it is empty: those of one user one after the other, so many users at a time. */
    async lookAgain(plan: ProcessPlan = faultless, atOnce = 1): Promise<void> {
      for (;;) {
        const bodies = await account.taken(stack.queue);
        if (bodies.length === 0) return;
        const groups = new Map<string, string[]>();
        for (const body of bodies) groups.set(userIn(body), [...(groups.get(userIn(body)) ?? []), body]);
        await inParallel([...groups.values()], atOnce, async (group) => {
          for (const body of group) if (!(await tryAgain('second look', queueTries, aMessage(body), plan))) usersNotJudged.push(body);
        });
      }
    },

    /** Takes what lies in the dead-letter queues through the functions again, which meet no fault any more. */
    async redrive(): Promise<void> {
      await account.aMinutePasses(stack);
      for (const event of failedEvents.splice(0)) if (!(await tryAgain('first look', 1, event, faultless))) failedEvents.push(event);
      await this.lookAgain();
      for (const body of usersNotJudged.splice(0))
        if (!(await tryAgain('second look', 1, aMessage(body), faultless))) usersNotJudged.push(body);
    },
  };
};

const userIn = (body: string): string => String(JSON.parse(body).user).toLowerCase();

/** How often an alert was told that had been told: the same news of the same event. */
export const repeatsIn = (alerts: readonly Verdict[]): number => {
  const news = alerts.map(({ id, outcome, severity, subject, findings }) =>
    JSON.stringify([id, outcome, severity, subject.name, findings.map(({ rule, services, paths }) => [rule, services, paths])]),
  );
  return news.length - new Set(news).size;
};
