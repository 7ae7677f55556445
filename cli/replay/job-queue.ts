/** Things to do, found in the background while others are done. */
export interface JobQueue<Item> {
  /** Some of what waits, fewer towards the end so that all lanes end together; nothing where all is done or the queue was stopped. */
  take(lanes: number): Promise<readonly Item[]>;
  /** Waits until so many wait, or as much as may, or all were found; true where all were. */
  filled(count: number): Promise<boolean>;
  /** Gives nothing more. */
  stop(): void;
  /** What waits. */
  readonly waiting: readonly Item[];
  /** All that was found so far. */
  readonly found: number;
  readonly isComplete: boolean;
}

/** How many are found ahead: more than all lanes do in a while, and not much memory. */
const mostAhead = 50_000;
/** What those found ahead may hold, in bytes: what was fetched from afar waits in memory. */
const mostHeld = 64 << 20;
/** How many one lane takes at a time. */
const mostTaken = 32;

/** A queue that is filled from `items`, of which each holds some bytes. What these throw, `take` and `filled` throw. */
export function createJobQueue<Item>(items: AsyncIterable<Item>, bytesOf: (item: Item) => number = () => 0): JobQueue<Item> {
  let waiting: Item[] = [];
  let held = 0;
  let [found, isComplete, isStopped] = [0, false, false];
  let fault: { readonly error: unknown } | undefined;
  let changed = signal();

  function change(): void {
    const before = changed;
    changed = signal();
    before.resolve();
  }

  async function fill(): Promise<void> {
    try {
      for await (const item of items) {
        waiting.push(item);
        found += 1;
        held += bytesOf(item);
        change();
        while ((waiting.length >= mostAhead || held >= mostHeld) && !isStopped) await changed.promise;
        if (isStopped) return;
      }
    } catch (error) {
      fault = { error };
    } finally {
      isComplete = true;
      change();
    }
  }
  void fill();

  const check = (): void => {
    if (fault !== undefined) throw fault.error;
  };
  return {
    async take(lanes) {
      while (waiting.length === 0 && !isComplete && !isStopped) await changed.promise;
      check();
      if (isStopped) return [];
      const taken = waiting.splice(0, Math.min(mostTaken, Math.ceil(waiting.length / (lanes * 4))));
      for (const item of taken) held -= bytesOf(item);
      change();
      return taken;
    },
    async filled(count) {
      while (waiting.length < count && held < mostHeld && !isComplete && !isStopped) await changed.promise;
      check();
      return isComplete;
    },
    stop() {
      isStopped = true;
      waiting = [];
      change();
    },
    get waiting() {
      return waiting;
    },
    get found() {
      return found;
    },
    get isComplete() {
      return isComplete;
    },
  };
}

function signal(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
