import { createStack } from './stack.ts';

/** Users and their credentials: a user or an access key created. */
export const handler = createStack();
