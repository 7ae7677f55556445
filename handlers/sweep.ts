import { createSweepStack } from './sweep-stack.ts';

/** All users at once, daily: what no event announces, and tags that came to say something else. */
export const handler = createSweepStack();
