import { isAbsent, isDenied, isLimit, isTransient, messageOf } from './aws-errors.ts';
import type { TagWriter } from './directory.ts';
import { isAwsManaged } from './policy-names.ts';
import { planTags, type TagPlan, type WantedTags } from './tag-plan.ts';

/** What is tagged: a user by its name, or a customer managed policy by its ARN. */
export interface TagTarget {
  readonly kind: 'user' | 'policy';
  readonly name: string;
}

/** What became of the tags: an `Action` of a verdict. */
interface TagAction {
  readonly kind: 'tag-user' | 'tag-policy';
  readonly target: string;
  readonly result: 'done' | 'unchanged' | 'skipped' | 'failed';
  readonly detail?: string;
}

/** The action, and the fault behind it where a retry may mend it: for the caller to throw once the alert is out. */
export interface TagOutcome {
  readonly action: TagAction;
  readonly transient?: unknown;
  /** True where IAM answered that there is no such user or policy. Of a thing just made, that may be too early an answer. */
  readonly absent?: true;
}

/**
 * Brings the guard's tags on a user or policy to what is wanted, writing only what differs from `current`, under the keys
 * as `wanted` spells them. It never throws and never touches a key that is not in `wanted`. Where IAM's 50 tags leave no room, what fits is written, tags
 * that exist already first, and the action is `failed`, with what is missing.
 */
export async function applyTags(
  writer: TagWriter,
  target: TagTarget,
  current: Readonly<Record<string, string>>,
  wanted: WantedTags,
): Promise<TagOutcome> {
  const outcome = (result: TagAction['result'], detail?: string): TagOutcome => ({
    action: { kind: `tag-${target.kind}`, target: target.name, result, ...(detail === undefined ? {} : { detail }) },
  });
  if (target.kind === 'policy' && isAwsManaged(target.name)) return outcome('skipped', 'AWS managed policies take no tags');
  const plan = planTags(current, wanted, { ignoreCase: target.kind === 'user' });
  try {
    await write(writer, target, plan);
  } catch (error) {
    const [result, detail] = explain(target, error);
    if (isTransient(error)) return { ...outcome(result, detail), transient: error };
    return isAbsent(error) ? { ...outcome(result, detail), absent: true } : outcome(result, detail);
  }
  if (plan.noRoomFor.length > 0) return outcome('failed', noRoom(target, plan));
  const done = describe(plan);
  return done === '' ? outcome('unchanged') : outcome('done', done);
}

// Set before removed: a fault in between leaves a tag too many, never one too few. Where only the removal makes room, it goes first.
async function write(writer: TagWriter, { kind, name }: TagTarget, { set, remove, removeFirst }: TagPlan): Promise<void> {
  const tag = () => (kind === 'user' ? writer.tagUser(name, set) : writer.tagPolicy(name, set));
  const untag = () => (kind === 'user' ? writer.untagUser(name, remove) : writer.untagPolicy(name, remove));
  if (removeFirst) await untag();
  if (Object.keys(set).length > 0) await tag();
  if (!removeFirst && remove.length > 0) await untag();
}

function explain({ kind, name }: TagTarget, error: unknown): [TagAction['result'], string] {
  if (isAbsent(error)) return ['skipped', `${kind} \`${name}\` no longer exists`];
  if (isDenied(error)) return ['failed', `the guard may not tag ${kind} \`${name}\`: ${messageOf(error)}`];
  if (isLimit(error)) return ['failed', `IAM takes no more tags on ${kind} \`${name}\`: ${messageOf(error)}`];
  if (isTransient(error)) return ['failed', `${kind} \`${name}\` could not be tagged now, and will be tried again: ${messageOf(error)}`];
  return ['failed', `IAM refused the tags for ${kind} \`${name}\`: ${messageOf(error)}`];
}

function noRoom({ kind, name }: TagTarget, plan: TagPlan): string {
  const written = describe(plan);
  return `${kind} \`${name}\` has no room for ${plan.noRoomFor.join(', ')}: IAM allows 50 tags, and none of others is removed${
    written === '' ? '' : ` (${written})`
  }`;
}

function describe({ set, remove }: TagPlan): string {
  const keys = Object.keys(set);
  return [keys.length > 0 ? `set ${keys.join(', ')}` : '', remove.length > 0 ? `removed ${remove.join(', ')}` : '']
    .filter((part) => part !== '')
    .join('; ');
}
