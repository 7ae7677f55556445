import type { Change } from '../events/change.ts';
import type { Answer, Directory, ManagedPolicyVersion } from '../iam/directory.ts';
import { inParallel } from '../iam/in-parallel.ts';
import { changedPolicyInEvent, readChangedPolicy } from './changed-policy.ts';
import { overlay } from './overlay.ts';
import type { ChangedPolicy, LivePolicy, Situation, TouchedUser } from './situation.ts';
import { maySettle, StaleReadError } from './stale-read.ts';

/** Postures read at the same time: IAM throttles an account, not a caller. */
const atOnce = 5;

/** Time to leave for tagging and for the alert, in milliseconds. */
const reserve = 20_000;

/** How a situation is read. */
export interface ReadOptions {
  readonly directory: Directory;
  readonly now: Date;
  readonly partialHistory: boolean;
  /** Milliseconds that are left. Holders for whom none are left are not read, and the event is judged again. */
  readonly remaining: () => number;
}

/** Of a change that failed, or of an account that is not watched: only what the event itself carries. */
export function eventAlone(change: Change, watched: boolean): Situation {
  const policy = changedPolicyInEvent(change);
  const { effect } = change;
  const carried = 'document' in effect && effect.document.state === 'present';
  return {
    watched,
    partialHistory: false,
    ...(policy ? { policy: { ...policy, policy: { ...policy.policy, active: false } } } : {}),
    users: [],
    unreadHolders: [],
    faults: [],
    notes: policy && carried && !policy.document.read ? [`the document was not judged: ${policy.document.why}`] : [],
  };
}

/**
 * Reads all that is needed to judge a change that happened. A fault in reading what surrounds the change is kept among `faults`: the
 * change itself can be judged and told without it. Throws `StaleReadError` where IAM does not show the changed policy yet.
 */
export async function readSituation(change: Change, options: ReadOptions): Promise<Situation> {
  const { directory, now, partialHistory } = options;
  const settling = maySettle(change, now);
  const policy = await readChangedPolicy(change, directory, settling);
  const faults: Error[] = [];
  const attempt: Attempt = async (read) => {
    try {
      return await read();
    } catch (error) {
      const fault = error instanceof Error ? error : new Error(String(error));
      faults.push(fault);
      return { found: false, why: 'unreadable', detail: `${fault.message}; the event will be judged again` };
    }
  };
  const [touched, author, live] = await Promise.all([
    touchedNames(change, attempt, directory, settling),
    readAuthor(change, attempt, directory),
    readLivePolicy(change, attempt, directory, settling),
  ]);
  const users = await inParallel(touched.users, atOnce, (user) => readUser(user, change, attempt, options, policy));
  return {
    watched: true,
    partialHistory,
    ...(policy ? { policy } : {}),
    users,
    ...author,
    ...live,
    unreadHolders: touched.unread,
    faults,
    notes: [],
  };
}

/** Asks the directory; a fault becomes an answer, and is kept to be thrown in the end. */
type Attempt = <T>(read: () => Promise<Answer<T>>) => Promise<Answer<T>>;

type UserName = Pick<TouchedUser, 'name' | 'relation'>;

/** Whose posture the change may have moved: its subject, or where a policy's default version changed, everyone who holds it. */
async function touchedNames(
  { subject, effect }: Change,
  attempt: Attempt,
  directory: Directory,
  settling: boolean,
): Promise<{ users: UserName[]; unread: string[] }> {
  if (subject.type === 'user' && subject.name !== undefined) return { users: [{ name: subject.name, relation: 'subject' }], unread: [] };
  const moves = effect.kind === 'default-version-set' || (effect.kind === 'policy-version-created' && effect.isDefault);
  if (!moves || effect.arn === undefined) return { users: [], unread: [] };
  const { arn } = effect;
  const holders = await attempt(() => directory.holders(arn));
  if (!holders.found) return { users: [], unread: settling && holders.why === 'absent' ? [] : [`who holds the policy: ${holders.detail}`] };
  return { users: holders.value.users.map((name) => ({ name, relation: 'holder' })), unread: [...holders.value.unread] };
}

async function readUser(
  user: UserName,
  change: Change,
  attempt: Attempt,
  { directory, now, remaining }: ReadOptions,
  policy: ChangedPolicy | undefined,
): Promise<TouchedUser> {
  const settling = maySettle(change, now);
  const posture = await attempt(async () => {
    if (user.relation === 'holder' && remaining() < reserve) throw new Error(`no time was left to read user ${user.name}`);
    const answer = await directory.posture(user.name);
    if (!answer.found && answer.why === 'absent' && settling && user.relation === 'subject')
      throw new StaleReadError(`user \`${user.name}\``, change);
    return answer;
  });
  if (!posture.found || !settling) return { ...user, posture, unsettled: false };
  const { posture: value, differs } = overlay(posture.value, change, policy);
  return { ...user, posture: { found: true, value }, unsettled: differs };
}

/** The IAM user who wrote a managed policy that is in force, with the tags it has now. */
async function readAuthor({ actor, effect }: Change, attempt: Attempt, directory: Directory): Promise<Pick<Situation, 'author'>> {
  const wrote = effect.kind === 'policy-created' || (effect.kind === 'policy-version-created' && effect.isDefault);
  if (!wrote || actor.type !== 'IAMUser' || actor.name === undefined) return {};
  const { name } = actor;
  return { author: { name, tags: await attempt(() => directory.userTags(name)) } };
}

async function readLivePolicy(
  { effect }: Change,
  attempt: Attempt,
  directory: Directory,
  settling: boolean,
): Promise<{ live?: LivePolicy }> {
  const changed = effect.kind === 'policy-created' || effect.kind === 'policy-version-created' || effect.kind === 'default-version-set';
  if (!changed || effect.arn === undefined) return {};
  const { arn } = effect;
  const [tags, inForce] = await Promise.all([attempt(() => directory.policyTags(arn)), attempt(() => directory.managedPolicy(arn))]);
  // A policy that IAM does not show yet is as it was created.
  if (!tags.found && tags.why === 'absent' && settling && effect.kind === 'policy-created') {
    return { live: { arn: effect.arn, tags: { found: true, value: asCreated(effect.tags) }, inForce: firstVersion(effect) ?? inForce } };
  }
  return { live: { arn: effect.arn, tags, inForce } };
}

function asCreated(tags: readonly { readonly key: string; readonly value: string }[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

function firstVersion(effect: Extract<Change['effect'], { kind: 'policy-created' }>): Answer<ManagedPolicyVersion> | undefined {
  const { arn, name, document } = effect;
  if (arn === undefined || document.state === 'omitted') return undefined;
  return { found: true, value: { arn, name: name ?? arn, version: 'v1', isDefault: true, document: document.text } };
}
