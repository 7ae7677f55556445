import type { IAMClient } from '@aws-sdk/client-iam';
import { isThrottling } from './aws-errors.ts';

/** Requests to IAM, by the name of the operation (`GetUser`): all that were sent, retries among them, and those of them that IAM throttled. */
export interface CallCounts {
  readonly sent: Readonly<Record<string, number>>;
  readonly throttled: Readonly<Record<string, number>>;
}

/** Counts what clients ask of IAM: what uses up the account's quota, which all callers share. */
export interface CallCounter {
  /** Counts what a client sends from now on, and gives it back. */
  watch(client: IAMClient): IAMClient;
  /** What was counted since the last time, or ever. It begins again from nothing. */
  take(): CallCounts;
}

/** A counter that has counted nothing yet. */
export function createCallCounter(): CallCounter {
  let sent: Record<string, number> = {};
  let throttled: Record<string, number> = {};
  return {
    watch(client) {
      client.middlewareStack.add(
        (next, { commandName }) =>
          async (args) => {
            const operation = (commandName ?? 'unknown').replace(/Command$/, '');
            sent[operation] = (sent[operation] ?? 0) + 1;
            try {
              return await next(args);
            } catch (error) {
              if (isThrottling(error)) throttled[operation] = (throttled[operation] ?? 0) + 1;
              throw error;
            }
          },
        // Inside of the SDK's retries, and outside of what makes an error of an answer.
        { step: 'deserialize', priority: 'high', name: 'callCounter' },
      );
      return client;
    },
    take() {
      const counts = { sent, throttled };
      sent = {};
      throttled = {};
      return counts;
    },
  };
}
