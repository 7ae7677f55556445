import type { Change } from '../events/change.ts';
import { interpret, isJudged } from '../events/interpret.ts';
import type { Directory, TagWriter } from '../iam/directory.ts';
import { inParallel } from '../iam/in-parallel.ts';
import { applyTags, type TagOutcome } from '../iam/tagger.ts';
import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';
import type { Verdict } from '../schemas/verdict.ts';
import { decide } from './decide.ts';
import type { PlannedTags } from './plan-tagging.ts';
import type { GuardPorts } from './ports.ts';
import { eventAlone, readSituation } from './read-situation.ts';
import { recordId } from './record-id.ts';
import type { Situation } from './situation.ts';
import { maySettle } from './stale-read.ts';

/** Users and policies tagged at the same time. */
const atOnce = 5;

/** Something could not be read or tagged for now. Thrown once the alert is out, so that the event is delivered again. */
export class IncompleteError extends Error {
  constructor(what: readonly string[], cause: unknown) {
    super(`${what.join('; ')}: the event will be judged again`, { cause });
    this.name = 'IncompleteError';
  }
}

/**
 * The line, once: reads what a record changed, judges it, tags, and tells. Undefined where the record is no judged event.
 * Throws where a retry may mend it: IAM not settled or not answering, tags not written, the alert not delivered. `remaining` is the
 * time that is left, in milliseconds.
 */
export async function judge(record: CloudTrailRecord, ports: GuardPorts, remaining?: () => number): Promise<Verdict | undefined> {
  const change = isJudged(record.eventName) ? interpret(record, recordId(record)) : undefined;
  return change && judgeChange(change, ports, remaining);
}

/** The same line from what `interpret` made of a record, for a caller that has it already. */
export async function judgeChange(change: Change, ports: GuardPorts, remaining: () => number = () => Infinity): Promise<Verdict> {
  const directory = ports.directory(change.account);
  // What the guard does itself is never read up, tagged for or told: no loop can begin here.
  if (directory && ports.isOwn?.(change.actor))
    return decide(change, { ...eventAlone(change, true), own: true }, ports.configuration).verdict;
  const now = ports.now();
  const situation = await situationOf(change, directory, ports, { now, remaining });
  const { verdict, tagging } = decide(change, situation, ports.configuration);
  const { event, actor } = verdict;
  // First of all, so that whatever dies from here on, the tags come right. Its own failure holds back no alert.
  const unasked = await faultOf(ports.judgeAgain?.(situation.users.map(({ name, relation }) => ({ user: name, relation, event, actor }))));
  const tagged = directory ? await tag(tagging, directory) : [];
  const actions = tagged.map(({ action }) => action).filter(({ result }) => result !== 'unchanged');
  const told: Verdict = { ...verdict, actions: [...actions, ...verdict.actions] };
  const faults = [...situation.faults, ...unasked];
  const incomplete = whatIsMissing({ ...situation, faults }, tagged, maySettle(change, now), ports.judgeAgain !== undefined);
  // With nothing found, a fault is all there would be to tell: the retry tells more.
  if (incomplete && verdict.findings.length === 0) throw incomplete;
  if (told.outcome !== 'clean' && told.outcome !== 'suppressed') await ports.publish(told);
  if (incomplete) throw incomplete;
  return told;
}

/** What a promise was rejected with, if it was. */
async function faultOf(promise: Promise<void> | undefined): Promise<Error[]> {
  try {
    await promise;
    return [];
  } catch (error) {
    return [error instanceof Error ? error : new Error(String(error))];
  }
}

async function situationOf(
  change: Change,
  directory: Directory | undefined,
  { configuration, partialHistory }: GuardPorts,
  options: { readonly now: Date; readonly remaining: () => number },
): Promise<Situation> {
  if (!directory || change.errorCode !== undefined) return eventAlone(change, directory !== undefined);
  return readSituation(change, { directory, ...options, partialHistory: partialHistory ?? false, tagPrefix: configuration.tagPrefix });
}

async function tag(tagging: readonly PlannedTags[], writer: TagWriter): Promise<TagOutcome[]> {
  return inParallel(tagging, atOnce, ({ target, current, wanted }) => applyTags(writer, target, current, wanted));
}

/**
 * What a retry may mend: something not read, a tag not written, a change that IAM does not show yet and that nobody looks at
 * again later.
 */
function whatIsMissing(
  { users, live, faults }: Situation,
  tagged: readonly TagOutcome[],
  settling: boolean,
  judgedAgain: boolean,
): IncompleteError | undefined {
  const unsettled = judgedAgain ? [] : users.filter((user) => user.unsettled);
  const untagged = tagged.filter(({ transient, absent }) => transient !== undefined || (absent && settling));
  const missing = [
    ...faults.map(({ message }) => message),
    ...unsettled.map(({ name }) => `IAM does not show the change of ${name} yet`),
    // Of policies nobody has a second look.
    ...(live?.unsettled ? [`IAM does not show the version of policy ${live.arn} that came into force yet`] : []),
    ...untagged.map(({ action }) => `${action.target} is not tagged`),
  ];
  return missing.length === 0 ? undefined : new IncompleteError(missing, faults[0] ?? untagged[0]?.transient);
}
