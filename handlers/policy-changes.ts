import { createStack } from './stack.ts';

/** Managed policies: created, given a new version, or switched to another one. */
export const handler = createStack();
