/** How many items of each part are fetched before anyone asks for them. */
const ahead = 4;

/**
 * The items of all parts, in the order of the parts, while up to `atOnce` parts are under way. Whoever reads slowly holds
 * them back: no more than four items of a part lie waiting.
 */
export async function* inOrder<Part, Item>(
  parts: readonly Part[],
  begin: (part: Part) => AsyncGenerator<Item>,
  atOnce: number,
): AsyncGenerator<Item> {
  const begun: { readonly items: AsyncGenerator<Item>; readonly waiting: Promise<IteratorResult<Item>>[] }[] = [];
  try {
    for (const index of parts.keys()) {
      for (const part of parts.slice(index + begun.length, index + atOnce)) {
        const items = begin(part);
        begun.push({ items, waiting: Array.from({ length: ahead }, () => asked(items)) });
      }
      const [first] = begun;
      if (first === undefined) return;
      for (let result = await first.waiting.shift(); result && !result.done; result = await first.waiting.shift()) {
        first.waiting.push(asked(first.items));
        yield result.value;
      }
      begun.shift();
    }
  } finally {
    for (const { items } of begun) void items.return(undefined).catch(() => {});
  }
}

/** A fault is thrown to whoever comes to this item; until then it must not pass for one that nobody looks at. */
function asked<Item>(items: AsyncGenerator<Item>): Promise<IteratorResult<Item>> {
  const next = items.next();
  next.catch(() => {});
  return next;
}
