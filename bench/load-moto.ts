import { catalog } from '../events/catalog.ts';
import { createCallCounter } from '../iam/call-counter.ts';
import { createIamClient } from '../iam/create-iam-client.ts';
import type { Directory, TagWriter } from '../iam/directory.ts';
import { inParallel } from '../iam/in-parallel.ts';
import { createLiveDirectory } from '../iam/live-directory.ts';
import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';
import { motoAccount as account, motoClientConfig, startMoto } from '../test/moto.ts';
import { createAnswering } from './load-answers.ts';
import { createLoadEvents } from './load-events.ts';
import { createFunctions } from './load-functions.ts';
import { createHappening } from './load-moto-calls.ts';
import { swallowOutput } from './load-output.ts';
import { notingTags } from './load-own-tags.ts';
import { createRoundCounter } from './load-rounds.ts';

/** What invocations of one kind asked of IAM: calls and rounds in all of them. A round is what is waited for at once. */
export interface CallsOfKind {
  readonly kind: string;
  readonly invocations: number;
  readonly calls: number;
  readonly rounds: number;
  /** Users that they asked to judge again. */
  readonly again: number;
}

/** IAM calls of a sample: of first looks by event, of all first looks, of the second looks and of the mail channel. */
export interface CallSample {
  readonly byEvent: readonly CallsOfKind[];
  readonly first: CallsOfKind;
  readonly second: CallsOfKind;
  readonly mail: CallsOfKind;
  readonly all: CallsOfKind;
  /** Metrics of calls by operation, which a run in memory has not. */
  readonly metrics: readonly string[];
}

/** An eighth of the account of the long run, with as many members in a group. The account of the sample was made an hour ago: its documents may be remembered. */
const population = { account, users: 96, groups: 10, policies: 40 };
const hour = 3_600_000;

/** Measures the mix against moto with the live directory, one event after the other: each event happens, then its first look, its second looks and its mail. */
export async function sampleCalls(events: number): Promise<CallSample> {
  const moto = await startMoto();
  const output = swallowOutput();
  try {
    const place = motoClientConfig(moto.endpoint);
    const source = createLoadEvents({ ...population, seed: 7, start: Date.now() + hour, apart: 1_000 });
    const { happen } = createHappening(createIamClient(place));
    await begin(source.beginning, happen);
    const now = () => new Date(Date.now() + hour);
    const [counter, rounds, answering] = [createCallCounter(), createRoundCounter(), createAnswering()];
    const client = rounds.watch(counter.watch(createIamClient(place)));
    const own: CloudTrailRecord[] = [];
    // Each function remembers documents of its own.
    const directories = new Map<string, Directory & TagWriter>();
    let running = '';
    const directory = () => {
      const known = directories.get(running) ?? notingTags(createLiveDirectory({ client, account, now }), { account, own, now });
      directories.set(running, known);
      return known;
    };
    const functions = createFunctions({ account, answering, directory, now });
    const kinds = new Map<string, CallsOfKind>();
    const invoked = async (kind: string, name: string, work: () => Promise<void>) => {
      running = name;
      await work();
      const { sent } = counter.take();
      const calls = Object.values(sent).reduce((sum, times) => sum + times, 0);
      const before = kinds.get(kind) ?? { kind, invocations: 0, calls: 0, rounds: 0, again: 0 };
      kinds.set(kind, {
        kind,
        invocations: before.invocations + 1,
        calls: before.calls + calls,
        rounds: before.rounds + rounds.take(),
        again: before.again + answering.requests.length,
      });
      for (const operation of Object.keys(sent)) operations.add(operation);
      output.take();
    };
    const operations = new Set<string>();
    for (let count = 0; count < events; count++) {
      const tagged = own.shift();
      const event = tagged ? undefined : source.next();
      const happened = event?.done ? await happen(event.happened) : event?.happened;
      const delivered = event?.delivered === event?.happened ? happened : event?.delivered;
      const record = { ...(tagged ?? delivered), eventTime: now().toISOString() } as CloudTrailRecord;
      const kind = tagged
        ? 'a tag of the guard itself'
        : record.errorCode
          ? 'denied'
          : record.requestParameters?.omitted
            ? 'oversize'
            : record.eventName;
      await invoked(kind, catalog[record.eventName]?.handler ?? '', () => functions.firstLook(record));
      for (const request of answering.requests.splice(0)) await invoked('second', 'judge-user', () => functions.secondLook(request));
      for (const verdict of answering.verdicts.splice(0)) await invoked('mail', 'mail', () => functions.mail(verdict));
    }
    const of = (kind: string) => kinds.get(kind) ?? { kind, invocations: 0, calls: 0, rounds: 0, again: 0 };
    const byEvent = [...kinds.values()]
      .filter(({ kind }) => kind !== 'second' && kind !== 'mail')
      .toSorted((a, b) => b.calls / b.invocations - a.calls / a.invocations);
    return {
      byEvent,
      first: sum('first look, all events', byEvent),
      second: { ...of('second'), kind: 'second look at a user' },
      mail: { ...of('mail'), kind: 'mail channel' },
      all: { ...sum('all', [...kinds.values()]), invocations: events },
      metrics: [...operations].map((operation) => `IamCalls operation=${operation}`),
    };
  } finally {
    output.restore();
    await moto.stop();
  }
}

/** The account before the first event: what builds on something else comes after it. */
async function begin(records: readonly CloudTrailRecord[], happen: (record: CloudTrailRecord) => Promise<CloudTrailRecord>): Promise<void> {
  const creating = (record: CloudTrailRecord) => /^(Create(Policy|Role|Group|User)|Update)/.test(record.eventName);
  await inParallel(records.filter(creating), 10, happen);
  await inParallel(
    records.filter((record) => !creating(record)),
    10,
    happen,
  );
}

function sum(kind: string, of: readonly CallsOfKind[]): CallsOfKind {
  const total = (read: (one: CallsOfKind) => number) => of.reduce((all, one) => all + read(one), 0);
  return {
    kind,
    invocations: total((one) => one.invocations),
    calls: total((one) => one.calls),
    rounds: total((one) => one.rounds),
    again: total((one) => one.again),
  };
}
