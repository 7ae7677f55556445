/** The day of a time, ISO 8601. */
export function dayOf(time: string): string {
  return time.slice(0, time.indexOf('T'));
}

/** A time to the second as people read it: `2026-03-17 09:00:00`. */
export function wholeTime(time: string): string {
  return `${dayOf(time)} ${hourOf(time)}`;
}

/** The time of day, to the second. */
export function hourOf(time: string): string {
  return time.slice(time.indexOf('T') + 1, time.indexOf('T') + 1 + 'HH:MM:SS'.length);
}

/** How to write times beside each other, and how wide that gets: without the day where all are of one. */
export function shortTime(times: readonly string[]): { readonly width: number; readonly of: (time: string) => string } {
  const isOneDay = new Set(times.map(dayOf)).size <= 1;
  return { width: isOneDay ? 'HH:MM:SS'.length : 'YYYY-MM-DD HH:MM:SS'.length, of: isOneDay ? hourOf : wholeTime };
}

/** The days from the first of some times to the last: `2026-03-17`, or `2026-03-17 to 2026-03-19`. */
export function daysApart(times: readonly string[]): string {
  const days = times.map(dayOf).sort();
  const [from = '', to = from] = [days[0], days.at(-1)];
  return from === to ? from : `${from} to ${to}`;
}
