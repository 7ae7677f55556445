import type { Answer } from '../iam/directory.ts';

/** Asks the directory; a fault becomes an answer, and is kept. */
export type Attempt = <T>(read: () => Promise<Answer<T>>) => Promise<Answer<T>>;

/** An `Attempt` that keeps its faults in a list, to be thrown once what could be judged has been told. */
export function attempting(faults: Error[]): Attempt {
  return async (read) => {
    try {
      return await read();
    } catch (error) {
      const fault = error instanceof Error ? error : new Error(String(error));
      faults.push(fault);
      return { found: false, why: 'unreadable', detail: `${fault.message}; the event will be judged again` };
    }
  };
}
