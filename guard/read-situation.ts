import type { Change } from '../events/change.ts';
import type { Directory } from '../iam/directory.ts';
import { inParallel } from '../iam/in-parallel.ts';
import { changedPolicyInEvent, readChangedPolicy } from './changed-policy.ts';
import { overlay } from './overlay.ts';
import type { ChangedPolicy, Situation, TouchedUser } from './situation.ts';
import { maySettle, StaleReadError } from './stale-read.ts';

/** Postures read at the same time: IAM throttles an account, not a caller. */
const atOnce = 5;

/** Of a change that failed, or of an account that is not watched: only what the event itself carries. */
export function eventAlone(change: Change, watched: boolean): Situation {
  const policy = changedPolicyInEvent(change);
  const { effect } = change;
  const carried = 'document' in effect && effect.document.state === 'present';
  return {
    watched,
    policies: policy ? [{ ...policy, policy: { ...policy.policy, active: false } }] : [],
    users: [],
    notes: policy && carried && !policy.document.read ? [`the document was not judged: ${policy.document.why}`] : [],
  };
}

/** Reads all that is needed to judge a change that happened. Throws `StaleReadError` where IAM does not show it yet. */
export async function readSituation(change: Change, directory: Directory, now: Date): Promise<Situation> {
  const settling = maySettle(change, now);
  const policy = await readChangedPolicy(change, directory, settling);
  const policies = policy ? [policy] : [];
  const [touched, author, policyTags] = await Promise.all([
    touchedNames(change, directory, settling),
    readAuthor(change, directory),
    readPolicyTags(change, directory, settling),
  ]);
  const users = await inParallel(touched.users, atOnce, (user) => readUser(user, change, directory, settling, policies));
  return { watched: true, policies, users, ...author, ...policyTags, notes: touched.notes };
}

type UserName = Omit<TouchedUser, 'posture'>;

/** Whose posture the change may have moved: its subject, or where a policy's default version changed, everyone who holds it. */
async function touchedNames(
  { subject, effect }: Change,
  directory: Directory,
  settling: boolean,
): Promise<{ users: UserName[]; notes: string[] }> {
  if (subject.type === 'user' && subject.name !== undefined) return { users: [{ name: subject.name, relation: 'subject' }], notes: [] };
  const moves = effect.kind === 'default-version-set' || (effect.kind === 'policy-version-created' && effect.isDefault);
  if (!moves || effect.arn === undefined) return { users: [], notes: [] };
  const holders = await directory.holders(effect.arn);
  if (!holders.found)
    return { users: [], notes: settling && holders.why === 'absent' ? [] : [`who holds the policy could not be read: ${holders.detail}`] };
  return {
    users: holders.value.users.map((name) => ({ name, relation: 'holder' })),
    notes: holders.value.unread.map((what) => `not read: ${what}`),
  };
}

async function readUser(
  user: UserName,
  change: Change,
  directory: Directory,
  settling: boolean,
  policies: readonly ChangedPolicy[],
): Promise<TouchedUser> {
  const posture = await directory.posture(user.name);
  if (posture.found) return { ...user, posture: settling ? { found: true, value: overlay(posture.value, change, policies) } : posture };
  if (posture.why === 'absent' && settling) throw new StaleReadError(`user \`${user.name}\``, change);
  return { ...user, posture };
}

/** The IAM user who wrote a managed policy that is in force, with the tags it has now. */
async function readAuthor({ actor, effect }: Change, directory: Directory): Promise<Pick<Situation, 'author'>> {
  const wrote = effect.kind === 'policy-created' || (effect.kind === 'policy-version-created' && effect.isDefault);
  if (!wrote || actor.type !== 'IAMUser' || actor.name === undefined) return {};
  return { author: { name: actor.name, tags: await directory.userTags(actor.name) } };
}

/** The tags of the policy that changed. One that IAM does not show yet has those that it was created with. */
async function readPolicyTags({ effect }: Change, directory: Directory, settling: boolean): Promise<Pick<Situation, 'policyTags'>> {
  const changed = effect.kind === 'policy-created' || effect.kind === 'policy-version-created' || effect.kind === 'default-version-set';
  if (!changed || effect.arn === undefined) return {};
  const tags = await directory.policyTags(effect.arn);
  if (tags.found || tags.why !== 'absent' || !settling || effect.kind !== 'policy-created')
    return { policyTags: { arn: effect.arn, tags } };
  return {
    policyTags: { arn: effect.arn, tags: { found: true, value: Object.fromEntries(effect.tags.map(({ key, value }) => [key, value])) } },
  };
}
