import { catalog } from '../../events/catalog.ts';
import type { Change } from '../../events/change.ts';
import { isJudged } from '../../events/interpret.ts';
import type { Severity } from '../../schemas/severity.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { visible } from '../../schemas/visible-text.ts';
import type { TimeSpan } from '../../trails/time-span.ts';
import { reaches } from '../exit-status.ts';
import { nearest } from '../nearest.ts';
import { UsageError } from '../usage-error.ts';
import { readTimeSpan } from './time-span.ts';

/** The options of `trailguard replay` that say which verdicts to show. */
export interface FilterOptions {
  readonly since?: string;
  readonly until?: string;
  /** Verdicts of one of these accounts; all where there is none. */
  readonly account?: readonly string[];
  /** Verdicts of one of these events; all where there is none. */
  readonly event?: readonly string[];
  readonly minSeverity?: Severity;
}

/** Which changes are looked at, and which of their verdicts are shown. */
export interface Filters {
  readonly span: TimeSpan;
  /** False for what cannot bear on any verdict that is shown. */
  follows(change: Change): boolean;
  shows(verdict: Verdict): boolean;
  /** As they would be typed. */
  readonly words: readonly string[];
}

/** Filters from options. Throws a `UsageError` where one is wrong. */
export function createFilters(options: FilterOptions, now: Date): Filters {
  const { since, until, account = [], event = [], minSeverity } = options;
  const span = readTimeSpan(since, until, now);
  for (const one of account) checkAccount(one);
  for (const one of event) checkEvent(one);
  const [accounts, events] = [new Set(account), new Set(event)];
  const end = span.until?.getTime() ?? Number.POSITIVE_INFINITY;
  return {
    span,
    follows: (change) => (accounts.size === 0 || accounts.has(change.account)) && Date.parse(change.eventTime) < end,
    shows: (verdict) =>
      (events.size === 0 || events.has(verdict.event.name)) && (minSeverity === undefined || reaches(verdict.severity, minSeverity)),
    words: [
      ...(since === undefined ? [] : [`--since ${since}`]),
      ...(until === undefined ? [] : [`--until ${until}`]),
      ...account.map((one) => `--account ${one}`),
      ...event.map((one) => `--event ${one}`),
      ...(minSeverity === undefined ? [] : [`--min-severity ${minSeverity}`]),
    ],
  };
}

function checkAccount(account: string): void {
  if (!/^\d{12}$/.test(account)) throw new UsageError(`--account \`${visible(account)}\` is no account: an account id has twelve digits`);
}

function checkEvent(event: string): void {
  if (isJudged(event)) return;
  if (event in catalog)
    throw new UsageError(`--event \`${event}\` gives no verdict: such events are only followed, to know what users hold`);
  const near = nearest(event, Object.keys(catalog).filter(isJudged));
  const meant = near === undefined ? 'docs/iam-calls.md lists those that are' : `did you mean \`${near}\`?`;
  throw new UsageError(`--event \`${visible(event)}\` is no event that is judged: ${meant}`);
}
