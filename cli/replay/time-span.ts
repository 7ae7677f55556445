import { visible } from '../../schemas/visible-text.ts';
import type { TimeSpan } from '../../trails/time-span.ts';
import { UsageError } from '../usage-error.ts';

const day = /^\d{4}-\d\d-\d\d$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;
const ago = /^(\d{1,5})(d|h)$/;
const milliseconds = { d: 86_400_000, h: 3_600_000 } as const;

/**
 * The time that `--since` and `--until` ask for. A day (UTC) counts whole, so `until` is then the beginning of the next; `90d` and `12h` count
 * back from `now`; a moment without an offset is UTC. Throws a `UsageError` where one is no time, or they are the wrong way round.
 */
export function readTimeSpan(since: string | undefined, until: string | undefined, now: Date): TimeSpan {
  const span = {
    ...(since === undefined ? {} : { since: timeOf('--since', since, now, 0) }),
    ...(until === undefined ? {} : { until: timeOf('--until', until, now, milliseconds.d) }),
  };
  if (span.since && span.until && span.since >= span.until)
    throw new UsageError(
      `--since \`${visible(since ?? '')}\` is not before --until \`${visible(until ?? '')}\`: nothing lies between them`,
    );
  return span;
}

function timeOf(option: string, text: string, now: Date, wholeDay: number): Date {
  const [, count, unit] = ago.exec(text) ?? [];
  if (count !== undefined && (unit === 'd' || unit === 'h')) return new Date(now.getTime() - Number(count) * milliseconds[unit]);
  if (day.test(text)) {
    const start = new Date(`${text}T00:00:00.000Z`);
    // The thirtieth of February parses, as the second of March
    if (!Number.isNaN(start.getTime()) && start.toISOString().startsWith(text)) return new Date(start.getTime() + wholeDay);
  } else if (moment.test(text)) {
    const time = new Date(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
    if (!Number.isNaN(time.getTime())) return time;
  }
  throw new UsageError(
    `${option} \`${visible(text)}\` is no time: write a day (\`2026-03-31\`), a moment (\`2026-03-31T18:00:00Z\`), or how long ago (\`90d\`, \`12h\`)`,
  );
}
