import { type Quoted, quoteStatements } from '../../guard/quote-statements.ts';
import { rationales } from '../../guard/rationales.ts';
import { createIamClient } from '../../iam/create-iam-client.ts';
import { createLiveDirectory } from '../../iam/live-directory.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { readEnvironment } from '../environment.ts';
import { once } from '../once.ts';

/** What messages say beyond the verdict: why rules matter, and the statements that are to blame. */
export type ReadBackground = (verdict: Verdict) => Promise<{ readonly rationales: typeof rationales } & Quoted>;

/** Reads statements from the live account, and only of the guard's own. A message must not wait long for them: two tries. */
export const createBackground = (variables: NodeJS.ProcessEnv, client = createIamClient({ maxAttempts: 2 })): ReadBackground => {
  const own = once(() => {
    const { account } = readEnvironment(variables);
    return { account, directory: createLiveDirectory({ client, account, now: () => new Date() }) };
  });
  return async (verdict) => {
    const { account, directory } = own();
    return { rationales, ...(verdict.event.account === account ? await quoteStatements(verdict, directory) : {}) };
  };
};
