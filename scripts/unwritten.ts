/** What stands in a scaffolded rule where words are still to be written. */
export const unwritten = 'WRITE:';
