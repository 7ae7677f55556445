import { createStack } from './stack.ts';

/** Users and their credentials: the user itself, passwords, access keys, service credentials and MFA devices. */
export const handler = createStack();
