import { isAbsent, isDenied, messageOf } from './aws-errors.ts';
import type { Answer } from './directory.ts';
import { missing, type Part } from './posture-parts.ts';

/** Turns what IAM says for good (absent, denied) into an answer; every other fault is thrown, so that it is retried. */
export async function answer<Value>(what: string, read: () => Promise<Value>): Promise<Answer<Value>> {
  try {
    return { found: true, value: await read() };
  } catch (error) {
    if (isAbsent(error)) return { found: false, why: 'absent', detail: `${what} does not exist: ${messageOf(error)}` };
    if (isDenied(error)) return { found: false, why: 'unreadable', detail: `${what} may not be read: ${messageOf(error)}` };
    throw error;
  }
}

/** All items of a paged listing. */
export async function collect<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}

/** A listing as far as it could be read: its items, or none and a note of what is missing. */
export async function listed<Item>(
  what: string,
  read: () => Promise<Item[]>,
): Promise<{ readonly items: readonly Item[]; readonly parts: readonly Part[] }> {
  const items = await answer(what, read);
  return items.found ? { items: items.value, parts: [] } : { items: [], parts: [missing(what, items)] };
}
