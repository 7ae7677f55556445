import { createStack } from './stack.ts';

/** A user's own permissions: an inline policy put, a managed policy attached. */
export const handler = createStack();
