import { createStack } from './stack.ts';

/** A user's own permissions: inline policies, attached ones, and the boundary. */
export const handler = createStack();
