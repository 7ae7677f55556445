import type { TimeSpan } from './time-span.ts';

const day = 86_400_000;

/**
 * Where a folder of a bucket stands in the tree that CloudTrail writes:
 * `AWSLogs/[ORGANIZATION/]ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/`, under any prefix.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export type Standing =
  /** Its folders are worth telling apart: some are passed over, or they are many and listed side by side. */
  | { readonly kind: 'branch' }
  /** All keys below it are listed in one go. */
  | { readonly kind: 'leaf' }
  /** It holds no records of calls. */
  | { readonly kind: 'beside'; readonly why: string }
  /** Its records are of another time. */
  | { readonly kind: 'outside' };

/** How deep folders of an unknown tree are told apart, before all below them is listed in one go. */
const unknownDepth = 3;

/**
 * Where a folder (a prefix that ends with `/`) stands. `depth` is how many levels it is below the place where listing
 * began. Years and months count as other times only with a day's margin, as a folder is named for the day of delivery.
 */
export function standingOf(folder: string, depth: number, span: TimeSpan): Standing {
  const [, below] = /(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?(.*)$/.exec(folder) ?? [];
  if (below === undefined) return { kind: depth < unknownDepth ? 'branch' : 'leaf' };
  const [account, service, region, year, month] = below.split('/').filter((part) => part !== '');
  if (account === undefined || service === undefined) return { kind: 'branch' };
  if (service !== 'CloudTrail') return { kind: 'beside', why: 'a folder beside the logs, which holds no records' };
  if (region === undefined) return { kind: 'branch' };
  const [from, to] = daysOf(span);
  const date = [year, month].filter((part) => part !== undefined).join('/');
  if (!/^(\d{4}(\/\d\d)?)?$/.test(date)) return { kind: 'leaf' };
  if (date < from.slice(0, date.length) || date > to.slice(0, date.length)) return { kind: 'outside' };
  return { kind: month === undefined ? 'branch' : 'leaf' };
}

/** Whether a log file may hold records of a time, by the time of delivery in its name; files of other names may. */
export function mayHold(key: string, span: TimeSpan): boolean {
  const [, y, m, d] = /_CloudTrail_[a-z0-9-]+_(\d{4})(\d\d)(\d\d)T\d{4}Z_[^/]*$/.exec(key) ?? [];
  if (y === undefined) return true;
  const [from, to] = daysOf(span);
  const date = `${y}/${m}/${d}`;
  return date >= from && date <= to;
}

/** The first and the last day on which a record of this time may have been delivered: `2026/07/01`. */
function daysOf({ since, until }: TimeSpan): readonly [string, string] {
  return [since ? written(since.getTime() - day) : '', until ? written(until.getTime() + day) : '9999/99/99'];
}

function written(time: number): string {
  return new Date(time).toISOString().slice(0, 10).replaceAll('-', '/');
}
