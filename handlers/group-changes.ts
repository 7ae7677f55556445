import { createStack } from './stack.ts';

/** Groups: the policies that they bring, and who is in them. */
export const handler = createStack();
