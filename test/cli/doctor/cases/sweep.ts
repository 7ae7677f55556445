import { measured } from '../account.ts';
import type { CheckCases } from '../cases.ts';

const hour = 3_600_000;

/** A sweep that does not run, or fails. */
export const sweepRan: CheckCases = {
  broken: [
    {
      title: 'no sweep for two days',
      break: async () => ({ parts: { now: () => new Date(Date.now() + 48 * hour) } }),
      says: 'it did not run in the last 26 hours',
      fix: 'aws lambda invoke --region us-east-1 --function-name trailguard-dev-sweep',
    },
    {
      title: 'no sweep yet, for the stack is new',
      break: async () => ({ parts: { now: () => new Date(Date.now() - 3 * hour) } }),
      state: 'skipped',
      says: 'the first sweep comes within a day',
    },
    {
      title: 'a sweep that failed each time',
      async break({ clients }) {
        await measured(clients, 'Errors', 1);
        // What is measured stays; a later success is more than it.
        return { mend: () => measured(clients, 'Invocations', 1) };
      },
      says: 'all 1 tries of the last 26 hours failed',
      fix: 'aws logs tail',
    },
  ],
};
