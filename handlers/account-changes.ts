import { createStack } from './stack.ts';

/** What concerns no one user's permissions: policies of roles, the password policy, and tags of users and policies. */
export const handler = createStack();
