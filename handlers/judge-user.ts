import { createUserStack } from './user-stack.ts';

/** A user, once more, when IAM has settled: one message of the FIFO queue at a time. */
export const handler = createUserStack();
