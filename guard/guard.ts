import { interpret, isJudged } from '../events/interpret.ts';
import type { TagWriter } from '../iam/directory.ts';
import { inParallel } from '../iam/in-parallel.ts';
import { applyTags, type TagOutcome } from '../iam/tagger.ts';
import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';
import type { Verdict } from '../schemas/verdict.ts';
import { decide } from './decide.ts';
import type { PlannedTags } from './plan-tagging.ts';
import type { GuardPorts } from './ports.ts';
import { eventAlone, readSituation } from './read-situation.ts';
import { recordId } from './record-id.ts';
import { maySettle } from './stale-read.ts';

/** Users and policies tagged at the same time. */
const atOnce = 5;

/** Some tags could not be written for now. Thrown once the alert is out, so that the event is delivered again. */
export class TaggingIncompleteError extends Error {
  constructor(targets: readonly string[], cause: unknown) {
    super(`the tags of ${targets.join(', ')} could not be written: the event will be judged again`, { cause });
    this.name = 'TaggingIncompleteError';
  }
}

/**
 * The line, once: reads what a record changed, judges it, tags, and tells. Undefined where the record is no judged event.
 * Throws where a retry may mend it: IAM not settled or not answering, tags not written, the alert not delivered.
 */
export async function judge(record: CloudTrailRecord, ports: GuardPorts): Promise<Verdict | undefined> {
  const change = isJudged(record.eventName) ? interpret(record, recordId(record)) : undefined;
  if (change === undefined) return undefined;
  const directory = ports.directory(change.account);
  const situation =
    directory && change.errorCode === undefined
      ? await readSituation(change, directory, ports.now())
      : eventAlone(change, directory !== undefined);
  const { verdict, tagging } = decide(change, situation, ports.configuration);
  const tagged = directory ? await tag(tagging, directory) : [];
  const told: Verdict = { ...verdict, actions: [...tagged.map(({ action }) => action), ...verdict.actions] };
  if (told.outcome !== 'clean' && told.outcome !== 'suppressed') await ports.publish(told);
  const settling = maySettle(change, ports.now());
  const pending = tagged.filter(({ transient, absent }) => transient !== undefined || (absent && settling));
  if (pending.length > 0)
    throw new TaggingIncompleteError(
      pending.map(({ action }) => action.target),
      pending[0]?.transient,
    );
  return told;
}

async function tag(tagging: readonly PlannedTags[], writer: TagWriter): Promise<TagOutcome[]> {
  const outcomes = await inParallel(tagging, atOnce, ({ target, current, wanted }) => applyTags(writer, target, current, wanted));
  return outcomes.filter(({ action }) => action.result !== 'unchanged');
}
