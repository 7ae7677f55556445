import type { Verdict } from '../schemas/verdict.ts';
import { fitVerdict } from './detail-size.ts';
import { entryBytes, entryOf, maxEntryBytes } from './entry.ts';
import { createSender, type PublisherOptions } from './send-entry.ts';

/** A publisher of verdicts on the guard's own bus. Each is cut as far as an entry must be; throws `AlertError` where the bus does not take it. */
export const createPublisher = (options: PublisherOptions): ((verdict: Verdict) => Promise<void>) => {
  const { busName } = options;
  const send = createSender(options);
  return async (verdict) => {
    const fitting = fitVerdict(verdict, (candidate) => entryBytes(entryOf(candidate, busName)) <= maxEntryBytes);
    await send(entryOf(fitting, busName), `verdict \`${verdict.id}\``);
  };
};
