/** What every registered thing has: its name, and how far the trail tells it. */
export interface Entry {
  name: string;
  /** True where nothing about it can be hidden: it was seen being created, or was loaded. */
  complete: boolean;
  /** When it was first mentioned. ISO 8601. */
  readonly firstSeen: string;
}

/** Things by name, as a trail tells of them: some only mentioned, some seen being created, some deleted. */
export interface Registry<Item extends Entry> {
  find(name: string): Item | undefined;
  /** The thing a record mentions, made where it is new. Undefined where it was deleted in the same second: records of one second come in any order. */
  mention(name: string, at: string): Item | undefined;
  /** A thing that a record shows being created. It starts anew, save for what was told of it in the same second. */
  create(name: string, at: string): Item;
  drop(name: string, at: string): void;
  rename(name: string, newName: string, at: string): void;
  wasDropped(name: string): boolean;
  /** True where the item is still the one of that name: nothing that was dropped or replaced counts any more. */
  holds(item: Item): boolean;
}

/** An empty registry. `keyOf` says which names are the same; `make` makes an item with nothing in it. */
export function createRegistry<Item extends Entry>(
  keyOf: (name: string) => string,
  make: (name: string, complete: boolean, firstSeen: string) => Item,
): Registry<Item> {
  const items = new Map<string, Item>();
  const droppedAt = new Map<string, string>();

  const add = (item: Item): Item => {
    items.set(keyOf(item.name), item);
    droppedAt.delete(keyOf(item.name));
    return item;
  };
  const find = (name: string): Item | undefined => items.get(keyOf(name));
  const drop = (name: string, at: string): void => {
    items.delete(keyOf(name));
    droppedAt.set(keyOf(name), at);
  };
  return {
    find,
    mention(name, at) {
      const known = find(name);
      if (known !== undefined) return known;
      return droppedAt.get(keyOf(name)) === at ? undefined : add(make(name, false, at));
    },
    create(name, at) {
      const known = find(name);
      if (known === undefined || known.complete || known.firstSeen !== at) return add(make(name, true, at));
      known.name = name;
      known.complete = true;
      return known;
    },
    drop,
    rename(name, newName, at) {
      const item = find(name) ?? make(name, false, at);
      drop(name, at);
      item.name = newName;
      add(item);
    },
    wasDropped: (name) => droppedAt.has(keyOf(name)),
    holds: (item) => find(item.name) === item,
  };
}
