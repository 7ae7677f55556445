/** Where a bar is drawn: standard error, as a rule. */
type Screen = Pick<NodeJS.WriteStream, 'isTTY' | 'write'> & { readonly columns?: number };

/** A bar that shows how far long work has come. */
export interface Progress {
  /** `total` is undefined where it is not known yet. `detail` stands behind the numbers. */
  show(what: string, done: number, total: number | undefined, detail?: string): void;
  /** Takes the bar away. */
  clear(): void;
}

const width = 24;
const firstAfter = 1_000;
const every = 100;
/** What is done so soon tells nothing about the rest. */
const tellsAfter = 2_000;

/** A bar on a terminal, and nothing elsewhere. It comes after a second: what is quicker needs none. `now` is in milliseconds. */
export function createProgress(screen: Screen = process.stderr, now: () => number = Date.now): Progress {
  const start = now();
  let drawnAt: number | undefined;
  let begun: { readonly what: string; readonly at: number; readonly done: number } | undefined;

  function left(what: string, done: number, total: number): string {
    const at = now();
    if (begun?.what !== what) begun = { what, at, done };
    const [passed, progressed] = [at - begun.at, done - begun.done];
    if (passed < tellsAfter || progressed <= 0 || done >= total) return '';
    return `, ${spoken((passed / progressed) * (total - done))} left`;
  }

  return {
    show(what, done, total, detail) {
      const at = now();
      if (!screen.isTTY) return;
      const rest = total === undefined ? '' : left(what, done, total);
      const isLast = total !== undefined && done >= total;
      if (at - start < firstAfter || (drawnAt !== undefined && at - drawnAt < every && !isLast)) return;
      drawnAt = at;
      const filled = total === undefined ? 0 : total === 0 ? width : Math.round((done / total) * width);
      const numbers = `${what} ${done}${total === undefined ? '' : ` of ${total}`}${detail === undefined ? '' : `, ${detail}`}${rest}`;
      const text = `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${numbers}`;
      screen.write(`\r${text.slice(0, (screen.columns || 200) - 1)}\u001B[K`);
    },
    clear() {
      if (drawnAt !== undefined) screen.write('\r\u001B[K');
      drawnAt = undefined;
    },
  };
}

function spoken(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3_600
    ? `${Math.floor(seconds / 60)} min ${seconds % 60} s`
    : `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}
