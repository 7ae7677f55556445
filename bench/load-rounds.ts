import type { IAMClient } from '@aws-sdk/client-iam';

/** Counts how often calls of IAM are waited for one after the other. */
export interface RoundCounter {
  watch(client: IAMClient): IAMClient;
  /** Rounds since the last time. It begins again from nothing. */
  take(): number;
}

/**
 * A counter of rounds: no answer is handed on while another call is under way, as if all calls took the same time. Calls that are made together are
 * then one round, whatever moto needs for each; rounds times IAM's latency is what an invocation waits.
 */
export function createRoundCounter(): RoundCounter {
  let [underWay, rounds] = [0, 0];
  const answered: (() => void)[] = [];
  const settle = () => {
    if (underWay > 0 || answered.length === 0) return;
    rounds += 1;
    for (const handOn of answered.splice(0)) handOn();
  };
  return {
    watch(client) {
      client.middlewareStack.add(
        (next) => async (args) => {
          underWay += 1;
          try {
            return await next(args);
          } finally {
            underWay -= 1;
            await new Promise<void>((resolve) => {
              answered.push(resolve);
              // Calls that the code makes in the same turn belong to the same round.
              setImmediate(settle);
            });
          }
        },
        { step: 'initialize', name: 'roundCounter' },
      );
      return client;
    },
    take() {
      const taken = rounds;
      rounds = 0;
      return taken;
    },
  };
}
