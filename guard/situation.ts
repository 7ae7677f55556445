import type { PasswordPolicy, Posture } from '../analyzers/posture.ts';
import type { Answer, ManagedPolicyVersion } from '../iam/directory.ts';
import type { Policy } from '../policy/policy.ts';
import type { VerdictPolicy } from '../schemas/verdict.ts';

/** Tags as IAM answers them. */
export type Tags = Readonly<Record<string, string>>;

/** The policy that the change put in place: its document, or why there is none to judge. */
export interface ChangedPolicy {
  readonly policy: VerdictPolicy;
  readonly document: { readonly read: true; readonly value: Policy } | { readonly read: false; readonly why: string };
}

/** A user whose posture the change may have moved: the subject itself, a member of a group or a holder of a managed policy that changed. */
export interface TouchedUser {
  readonly name: string;
  readonly relation: 'subject' | 'member' | 'holder';
  readonly posture: Answer<Posture>;
  /** True where IAM did not show the change yet, or no longer: the posture then holds what was read and what the event says. */
  readonly unsettled: boolean;
}

/** The managed policy that changed, as it stands in the account. */
export interface LivePolicy {
  readonly arn: string;
  readonly tags: Answer<Tags>;
  /** The version in force: another than the change's where the event came late, or IAM has not settled. */
  readonly inForce: Answer<ManagedPolicyVersion>;
  /** True where IAM shows another version in force than the change put there: not yet, or no longer. */
  readonly unsettled: boolean;
}

/** Everything that was read about a change before it is judged. Pure data. */
export interface Situation {
  /** False for a record of an account that this guard does not watch: nothing of it was read. */
  readonly watched: boolean;
  /** True in a replay: what the trail never showed is not known, and is noted rather than doubted. */
  readonly partialHistory: boolean;
  readonly policy?: ChangedPolicy;
  readonly users: readonly TouchedUser[];
  /** The IAM user who wrote a managed policy, with its tags. */
  readonly author?: { readonly name: string; readonly tags: Answer<Tags> };
  readonly live?: LivePolicy;
  /** The account's password policy where the change is about it; null where the account has none. */
  readonly passwordPolicy?: Answer<PasswordPolicy | null>;
  /** True where the guard itself made the call. */
  readonly own?: true;
  /** What could not be read of who holds the policy. */
  readonly unreadHolders: readonly string[];
  /** Faults that kept something from being read and that a retry may mend. */
  readonly faults: readonly Error[];
  /** What a reader should know besides. */
  readonly notes: readonly string[];
}
