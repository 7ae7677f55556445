/** A day, in milliseconds. */
export const dayMs = 86_400_000;

/** Milliseconds from one ISO 8601 time to another, below zero where the second came first; undefined where either is not known. */
export function elapsed(from: string | null | undefined, to: string | undefined): number | undefined {
  // What is not known parses as no time.
  const ms = Date.parse(String(to)) - Date.parse(String(from));
  return Number.isNaN(ms) ? undefined : ms;
}

/** Whole days, as people read them: `93 days`. */
export function inDays(ms: number): string {
  const days = Math.floor(ms / dayMs);
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}
