import { createStack } from './stack.ts';

/** Managed policies: created, given a new version, switched to another one, deleted. */
export const handler = createStack();
