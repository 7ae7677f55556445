/** Where a bar is drawn: standard error, as a rule. */
type Screen = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;

/** A bar that shows how far long work has come. */
export interface Progress {
  show(what: string, done: number, total: number): void;
  /** Takes the bar away. */
  clear(): void;
}

const width = 24;
const firstAfter = 1_000;
const every = 100;

/** A bar on a terminal, and nothing elsewhere. It comes after a second: what is quicker needs none. `now` is in milliseconds. */
export function createProgress(screen: Screen = process.stderr, now: () => number = Date.now): Progress {
  const start = now();
  let drawnAt: number | undefined;
  return {
    show(what, done, total) {
      const at = now();
      if (!screen.isTTY || at - start < firstAfter || (drawnAt !== undefined && at - drawnAt < every && done < total)) return;
      drawnAt = at;
      const filled = total === 0 ? width : Math.round((done / total) * width);
      screen.write(`\r${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${what} ${done} of ${total}\u001B[K`);
    },
    clear() {
      if (drawnAt !== undefined) screen.write('\r\u001B[K');
      drawnAt = undefined;
    },
  };
}
