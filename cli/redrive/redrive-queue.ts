import { type Errand, errandOf } from './errand.ts';
import type { GuardQueue, GuardStack } from './guard-stack.ts';
import { heldEvent, labelOf } from './held-event.ts';
import type { Queue } from './queue.ts';
import type { MessageReport, QueueReport } from './report.ts';
import { type LyingMessage, unwrap } from './unwrap.ts';

/** What the messages of a queue are handled with. */
export interface RedriveParts {
  readonly stack: GuardStack;
  /** Whether messages go through the guard; else they are only listed. */
  readonly apply: boolean;
  run(errand: Errand, message: LyingMessage): Promise<void>;
  /** Waits until the next message may be run. */
  pace(): Promise<void>;
  /** Called after each message. */
  tick(): void;
}

/** Longer than listing a queue takes: what could not be released comes back by itself. In seconds. */
const whileListing = 120;
/** Longer than the sweep, the longest of the functions, may run. In seconds. */
const whileRunning = 960;

/**
 * Handles the messages of one queue, at most `limit`, each once. Whatever is not deleted, others can have again when this returns. It throws nothing: what
 * went wrong is in the report.
 */
export async function redriveQueue(at: GuardQueue, queue: Queue, limit: number, parts: RedriveParts): Promise<QueueReport> {
  const held = new Map<string, Pick<LyingMessage, 'receipt'>>();
  const reports = new Map<string, MessageReport>();
  const problems: string[] = [];
  try {
    while (reports.size < limit) {
      // One at a time where each takes its time: it is nobody's while it waits.
      const taken = await (parts.apply ? queue.take(1, whileRunning) : queue.take(limit - reports.size, whileListing));
      if (taken.length === 0) break;
      for (const message of taken) {
        held.set(message.id, { receipt: message.receipt });
        const report = reports.get(message.id) ?? (await handle(message, at, queue, parts));
        reports.set(message.id, report);
        // SQS may give once more what was just deleted.
        if (report.result === 'done') held.delete(message.id);
      }
    }
  } catch (error) {
    problems.push(messageOf(error));
  }
  problems.push(...(await releaseAll(held.values(), queue)));
  const remaining = await queue.count().catch((error: unknown) => void problems.push(messageOf(error)));
  return {
    ...at,
    messages: [...reports.values()],
    ...(typeof remaining === 'number' ? { remaining } : {}),
    ...(problems.length > 0 ? { problem: [...new Set(problems)].join('; ') } : {}),
  };
}

async function handle(message: LyingMessage, at: GuardQueue, queue: Queue, parts: RedriveParts): Promise<MessageReport> {
  const { errand, ...known } = read(message, at, parts.stack);
  if (errand === undefined) return { ...known, result: 'refused' };
  if (!parts.apply) return { ...known, result: 'planned' };
  await parts.pace();
  try {
    await parts.run(errand, message);
  } catch (error) {
    return { ...known, result: 'failed', detail: messageOf(error) };
  } finally {
    parts.tick();
  }
  try {
    await queue.remove(message);
    return { ...known, result: 'done' };
  } catch (error) {
    return { ...known, result: 'failed', detail: `it went through, but could not be deleted: ${messageOf(error)}` };
  }
}

/** What a message is and where it goes; or, as `detail`, why it goes nowhere. */
function read(message: LyingMessage, at: GuardQueue, stack: GuardStack): Omit<MessageReport, 'result'> & { errand?: Errand } {
  const known: Mutable<Omit<MessageReport, 'result'>> = { id: message.id, sent: message.sent };
  try {
    const unwrapped = unwrap(message);
    if (unwrapped.why !== undefined) known.why = unwrapped.why;
    const event = heldEvent(unwrapped.payload);
    const errand = errandOf(event, unwrapped, at.name, stack);
    return { ...known, event: labelOf(event), to: errand.to, errand };
  } catch (error) {
    return { ...known, detail: messageOf(error) };
  }
}

async function releaseAll(held: Iterable<Pick<LyingMessage, 'receipt'>>, queue: Queue): Promise<string[]> {
  const released = await Promise.allSettled([...held].map((message) => queue.release(message)));
  const failures = released.filter((each) => each.status === 'rejected');
  return failures
    .slice(0, 1)
    .map(
      ({ reason }) =>
        `${failures.length} of its messages are hidden for some minutes, since they could not be released: ${messageOf(reason)}`,
    );
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
