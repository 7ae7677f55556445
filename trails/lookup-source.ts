import {
  CloudTrailClient,
  type CloudTrailClientConfig,
  type Event,
  LookupEventsCommand,
  type LookupEventsRequest,
  type LookupEventsResponse,
} from '@aws-sdk/client-cloudtrail';
import { isCredentialFault, isDenied, isThrottled, messageOf } from './aws-answer.ts';
import type { FoundSource } from './found-source.ts';
import type { TimeSpan } from './time-span.ts';

/** What looking up needs. */
export interface LookupInput {
  readonly client: CloudTrailClient;
  /** The calls to ask for, each by itself. */
  readonly eventNames: readonly string[];
  readonly span?: TimeSpan;
  readonly now: () => Date;
  /** Resolves after so many milliseconds, or where `signal` is aborted. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Aborted: nothing more is asked for. */
  readonly signal?: AbortSignal;
  /** Told after every answer how many calls were asked for to the end, and how many events came. */
  progress?(done: number, total: number, events: number): void;
}

/** What event history never holds. People who read its verdicts must know. */
export const lookupLacks =
  'event history holds management events of one account and of the last 90 days: nothing older, and nothing of other accounts of the organization';

const day = 86_400_000;
const history = 90 * day;
/** LookupEvents takes two requests a second from an account in a Region, whoever sends them. */
const pace = 500;
const patience = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000] as const;

/** A client for the Region that has the events of IAM, as they are global: the home of the partition that is worked in. */
export async function createLookupClient(overrides: CloudTrailClientConfig = {}): Promise<CloudTrailClient> {
  const region = await new CloudTrailClient(overrides).config.region();
  return new CloudTrailClient({ retryMode: 'standard', maxAttempts: 4, ...overrides, region: homeOf(region) });
}

/**
 * The Region in which a partition keeps IAM's events.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
 */
export function homeOf(region: string): string {
  const homes: readonly (readonly [RegExp, string])[] = [
    [/^cn-/, 'cn-north-1'],
    [/^us-gov-/, 'us-gov-west-1'],
    [/^us-iso-/, 'us-iso-east-1'],
    [/^us-isob-/, 'us-isob-east-1'],
    [/^eusc-/, 'eusc-de-east-1'],
  ];
  return homes.find(([pattern]) => pattern.test(region))?.[1] ?? 'us-east-1';
}

/**
 * CloudTrail's event history, a source for each page of 50 events, the newest of each call first. It is asked call by
 * call, since it takes one attribute only: by `EventSource` it would also tell every call that only reads IAM, which are
 * most, while a call that nobody made costs one request. Throws only where AWS does not take the credentials.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export async function* lookupSources(input: LookupInput): AsyncGenerator<FoundSource> {
  const { eventNames, span = {}, now, signal, progress } = input;
  const oldest = now().getTime() - history;
  const StartTime = new Date(Math.max(oldest, span.since?.getTime() ?? oldest));
  const EndTime = span.until ?? now();
  if (EndTime <= StartTime) {
    yield {
      kind: 'problem',
      source: '--lookup',
      message: 'event history has nothing of this time: it reaches back 90 days, and not beyond now',
    };
    return;
  }
  const ask = asker(input);
  let events = 0;
  for (const [done, name] of eventNames.entries()) {
    try {
      if (signal?.aborted) return;
      for await (const page of pagesOf(ask, {
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: name }],
        StartTime,
        EndTime,
      })) {
        events += page.events.length;
        progress?.(page.isLast ? done + 1 : done, eventNames.length, events);
        if (page.events.length > 0) yield sourceOf(`--lookup ${name} page ${page.number}`, page.events);
      }
    } catch (error) {
      if (isCredentialFault(error)) throw error;
      const message = `${faultOf(error)} (${eventNames.length - done} of ${eventNames.length} calls were not asked for to the end)`;
      yield { kind: 'problem', source: `--lookup ${name}`, message };
      return;
    }
  }
}

type Asker = (request: LookupEventsRequest) => Promise<LookupEventsResponse>;

async function* pagesOf(ask: Asker, request: LookupEventsRequest) {
  let NextToken: string | undefined;
  let number = 0;
  do {
    number += 1;
    const answer = await ask({ ...request, MaxResults: 50, ...(NextToken === undefined ? {} : { NextToken }) });
    NextToken = answer.NextToken;
    yield { number, events: answer.Events ?? [], isLast: NextToken === undefined };
  } while (NextToken !== undefined);
}

/** The form in which `aws cloudtrail lookup-events` prints them, which every reader of trails knows. */
function sourceOf(name: string, events: readonly Event[]): FoundSource {
  const Events = events.map(({ CloudTrailEvent }) => ({ CloudTrailEvent }));
  return { name, read: async () => new TextEncoder().encode(JSON.stringify({ Events })) };
}

/** Asks at the pace that is allowed, and waits where others use it up. */
function asker({ client, now, wait, signal }: LookupInput): Asker {
  let askedAt = Number.NEGATIVE_INFINITY;
  return async (request) => {
    for (let tries = 0; ; tries += 1) {
      await wait(Math.max(0, askedAt + pace - now().getTime()));
      askedAt = now().getTime();
      try {
        const answer = await client.send(new LookupEventsCommand(request));
        // The SDK asked once more by itself, and later than this knows
        if ((answer.$metadata?.attempts ?? 1) > 1) askedAt = now().getTime();
        return answer;
      } catch (error) {
        const pause = patience[tries];
        if (!isThrottled(error) || pause === undefined || signal?.aborted) throw error;
        await wait(pause);
      }
    }
  };
}

function faultOf(error: unknown): string {
  if (isDenied(error)) return 'access denied: these credentials need cloudtrail:LookupEvents (docs/replay-sources.md)';
  if (isThrottled(error)) return 'CloudTrail throttles this account: something else looks up events too; run it again later';
  return `event history could not be looked up: ${messageOf(error)}`;
}
