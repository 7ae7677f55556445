import type { Posture } from '../analyzers/posture.ts';
import type { Answer } from '../iam/directory.ts';
import type { Policy } from '../policy/policy.ts';
import type { VerdictPolicy } from '../schemas/verdict.ts';

/** Tags as IAM answers them. */
export type Tags = Readonly<Record<string, string>>;

/** A policy that the change touched: its document, or why there is none to judge. */
export interface ChangedPolicy {
  readonly policy: VerdictPolicy;
  readonly document: { readonly read: true; readonly value: Policy } | { readonly read: false; readonly why: string };
}

/** A user whose posture the change may have moved. The subject itself, or a holder of a managed policy that changed. */
export interface TouchedUser {
  readonly name: string;
  readonly relation: 'subject' | 'holder';
  readonly posture: Answer<Posture>;
}

/** Everything that was read about a change before it is judged. Pure data. */
export interface Situation {
  /** False for a record of an account that this guard does not watch: nothing of it was read. */
  readonly watched: boolean;
  readonly policies: readonly ChangedPolicy[];
  readonly users: readonly TouchedUser[];
  /** The IAM user who wrote a managed policy, with its tags. */
  readonly author?: { readonly name: string; readonly tags: Answer<Tags> };
  /** The tags of the managed policy that changed. */
  readonly policyTags?: { readonly arn: string; readonly tags: Answer<Tags> };
  /** What could not be read without keeping the change itself from being judged. */
  readonly notes: readonly string[];
}
