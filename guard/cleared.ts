import type { ClearedRule } from '../alerts/messages/security-hub.ts';
import { rules } from '../analyzers/registry.ts';
import type { Rule } from '../analyzers/rule.ts';
import type { Actor, Change, Effect } from '../events/change.ts';
import { interpret } from '../events/interpret.ts';
import { parseFindingsTag } from '../iam/tag-values.ts';
import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';
import type { SweepSummary } from '../schemas/sweep-summary.ts';
import type { Verdict } from '../schemas/verdict.ts';
import { visible } from '../schemas/visible-text.ts';
import { recordId } from './record-id.ts';
import { readUserTags } from './user-tags.ts';

/** Rules that a subject does not break any more, if it ever did, and the event that says so, as a verdict without findings. */
export interface Cleared {
  readonly verdict: Verdict;
  readonly rules: readonly ClearedRule[];
}

/** How the guard knows its own tags. */
export interface ClearedOptions {
  readonly tagPrefix: string;
  readonly isOwn: (actor: Actor) => boolean;
}

/**
 * What a record says of findings that are over. The guard's own tagging says what a user or a policy holds by now: each rule that a posture
 * can break and that the tags do not name is over, whether an event, the second look or the sweep wrote them. Of a subject that was deleted
 * all is over. Undefined where the record says nothing of it.
 */
export function clearedByRecord(record: CloudTrailRecord, options: ClearedOptions): Cleared | undefined {
  const change = interpret(record, recordId(record));
  if (change === undefined || change.errorCode !== undefined) return undefined;
  const over = rulesOver(change, options);
  if (over.length === 0) return undefined;
  const { type, name = '' } = change.subject;
  const what = `${type} ${visible(name)}`;
  const said = deletions.has(change.effect.kind) ? `The ${what} was deleted.` : `The guard judged ${what} again and did not find it.`;
  return { verdict: verdictOf(change, said), rules: over.map(worded) };
}

/** What a whole sweep says of the account itself; an unfinished one says nothing. */
export function clearedBySweep({ account, complete, startedAt, findings }: SweepSummary, region: string): Cleared | undefined {
  const broken = new Set(findings.map(({ rule }) => rule));
  const over = rules.filter(({ id, check }) => check.account !== undefined && !broken.has(id));
  if (!complete || over.length === 0) return undefined;
  return {
    verdict: {
      ...nothingFound,
      id: `sweep ${startedAt}`,
      summary: `The sweep of ${startedAt} did not find it.`,
      event: { id: `sweep ${startedAt}`, name: 'Sweep', time: startedAt, source: 'trailguard', account, region },
      actor: { type: 'AWSService', name: 'trailguard' },
      subject: { type: 'account', account },
    },
    rules: over.map(worded),
  };
}

const deletions: ReadonlySet<Effect['kind']> = new Set(['user-deleted', 'group-deleted', 'role-deleted', 'policy-deleted']);

const nothingFound = { outcome: 'clean', severity: 'none', policies: [], findings: [], actions: [] } satisfies Partial<Verdict>;

function rulesOver({ effect, actor }: Change, { tagPrefix, isOwn }: ClearedOptions): readonly Rule[] {
  if (deletions.has(effect.kind)) return rules;
  if ((effect.kind !== 'user-tagged' && effect.kind !== 'policy-tagged') || !isOwn(actor)) return [];
  const { verdict, findings } = readUserTags(Object.fromEntries(effect.tags.map(({ key, value }) => [key, value])), tagPrefix);
  const lasting = rules.filter(({ check }) => check.policy !== undefined || (check.user !== undefined && effect.kind === 'user-tagged'));
  if (verdict === 'clear') return lasting;
  const named = findings === undefined ? undefined : parseFindingsTag(findings);
  // A tag that was cut may leave out a rule.
  return named === undefined || named.cut ? [] : lasting.filter(({ id }) => !named.rules.has(id));
}

function verdictOf(change: Change, summary: string): Verdict {
  const { id, eventName, eventTime, eventSource, account, region, actor, subject } = change;
  return {
    ...nothingFound,
    id,
    summary,
    event: { id, name: eventName, time: eventTime, source: eventSource, account, region },
    actor: { ...actor },
    subject: { ...subject },
  };
}

function worded({ id, title, remediation }: Rule): ClearedRule {
  return { rule: id, title, url: remediation.url };
}
