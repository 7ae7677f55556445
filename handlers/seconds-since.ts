/** Seconds from an event to now; undefined where the event's time is none. Clocks of two machines differ: nothing is earlier than its event. */
export const secondsSince = (eventTime: string, now: Date): number | undefined => {
  const seconds = (now.getTime() - Date.parse(eventTime)) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
};
