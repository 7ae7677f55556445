import type { PasswordPolicy } from '../analyzers/posture.ts';
import type { Change } from '../events/change.ts';
import type { Answer, Directory } from '../iam/directory.ts';
import { inParallel } from '../iam/in-parallel.ts';
import { type Attempt, attempting } from './attempt.ts';
import { changedPolicyInEvent, readChangedPolicy } from './changed-policy.ts';
import { overlay } from './overlay.ts';
import { readAuthor, readLivePolicy } from './read-live-policy.ts';
import type { ChangedPolicy, Situation, TouchedUser } from './situation.ts';
import { maySettle, StaleReadError } from './stale-read.ts';
import { touchedUsers, type UserName } from './touched-users.ts';

/** Postures read at the same time: IAM throttles an account, not a caller. */
const atOnce = 5;

/** Time to leave for tagging and for the alert, in milliseconds. */
const reserve = 20_000;

/** How a situation is read. */
export interface ReadOptions {
  readonly directory: Directory;
  readonly now: Date;
  readonly partialHistory: boolean;
  readonly tagPrefix: string;
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
  const { directory, now, partialHistory, tagPrefix } = options;
  const settling = maySettle(change, now);
  const policy = await readChangedPolicy(change, directory, settling);
  const faults: Error[] = [];
  const attempt = attempting(faults);
  const [touched, author, live, password] = await Promise.all([
    touchedUsers(change, attempt, directory, { settling, tagPrefix }),
    readAuthor(change, attempt, directory),
    readLivePolicy(change, attempt, directory, { settling, tagPrefix }),
    readPasswordPolicy(change, attempt, directory),
  ]);
  const users = await inParallel(touched.users, atOnce, (user) => readUser(user, change, attempt, options, policy));
  return {
    watched: true,
    partialHistory,
    ...(policy ? { policy } : {}),
    users,
    ...author,
    ...live,
    ...password,
    unreadHolders: touched.unread,
    faults,
    notes: [],
  };
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
    if (user.relation !== 'subject' && remaining() < reserve) throw new Error(`no time was left to read user ${user.name}`);
    const answer = await directory.posture(user.name);
    if (!answer.found && answer.why === 'absent' && settling && user.relation === 'subject')
      throw new StaleReadError(`user \`${user.name}\``, change);
    return answer;
  });
  if (!posture.found || !settling) return { ...user, posture, unsettled: false };
  const { posture: value, differs } = overlay(posture.value, change, policy);
  return { ...user, posture: { found: true, value }, unsettled: differs };
}

/** The account's password policy where the change set one: from the event, or where the event leaves it out, as it stands. */
async function readPasswordPolicy({ effect }: Change, attempt: Attempt, directory: Directory): Promise<Pick<Situation, 'passwordPolicy'>> {
  if (effect.kind === 'password-policy-deleted') return { passwordPolicy: { found: true, value: null } };
  if (effect.kind !== 'password-policy-set') return {};
  const { policy } = effect;
  const found = (value: PasswordPolicy): Answer<PasswordPolicy> => ({ found: true, value });
  return { passwordPolicy: policy ? found(policy) : await attempt(() => directory.passwordPolicy()) };
}
