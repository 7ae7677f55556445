import type { PasswordPolicy, Posture } from '../analyzers/posture.ts';
import type { Holder } from '../events/change.ts';

/**
 * An answer from IAM. `absent`: IAM says there is no such thing. `unreadable`: this directory can't tell (access denied,
 * a document that does not parse, or, in a replay, something the trail never showed).
 */
export type Answer<T> =
  | { readonly found: true; readonly value: T }
  | { readonly found: false; readonly why: 'absent' | 'unreadable'; readonly detail: string };

/**
 * One version of a managed policy. Its document never changes while the policy exists; a policy deleted and made again
 * under the same ARN counts its versions from `v1` anew.
 */
export interface ManagedPolicyVersion {
  readonly arn: string;
  readonly name: string;
  readonly version: string;
  readonly isDefault: boolean;
  /** The document's text, plain or URL-encoded, as the directory has it. */
  readonly document: string;
}

/** Whom a managed policy bears on: directly, through a group or as permissions boundary. `unread` names what could not be listed. */
export interface PolicyHolders {
  readonly users: readonly string[];
  readonly unread: readonly string[];
}

/** Where IAM is read from: the live account, or one rebuilt from a trail. Every method is one question. */
export interface Directory {
  /** What a user holds now. Throws only on a fault that a retry may mend (throttling, network). */
  posture(userName: string): Promise<Answer<Posture>>;
  /** A version of a managed policy, the default one where `version` is undefined. */
  managedPolicy(arn: string, version?: string): Promise<Answer<ManagedPolicyVersion>>;
  /** The text of an inline policy, as it stands now. */
  inlinePolicy(holder: Holder, policyName: string): Promise<Answer<string>>;
  /** Every user whose posture a managed policy is part of: attached, through a group, or as permissions boundary. */
  holders(policyArn: string): Promise<Answer<PolicyHolders>>;
  /** The users in a group, as it stands now. */
  members(groupName: string): Promise<Answer<readonly string[]>>;
  /** The account's password policy; null where it has none. */
  passwordPolicy(): Promise<Answer<PasswordPolicy | null>>;
  /** The tags of a user alone: one call, where the posture is not needed. */
  userTags(userName: string): Promise<Answer<Readonly<Record<string, string>>>>;
  /** The tags of a customer managed policy. */
  policyTags(policyArn: string): Promise<Answer<Readonly<Record<string, string>>>>;
}

/**
 * Where tags are written. Each call is one IAM request and throws what IAM answers. A key means the same tag in any case
 * on a user, whose key is replaced by the one sent, and in its exact case on a policy.
 */
export interface TagWriter {
  tagUser(userName: string, tags: Readonly<Record<string, string>>): Promise<void>;
  untagUser(userName: string, keys: readonly string[]): Promise<void>;
  tagPolicy(policyArn: string, tags: Readonly<Record<string, string>>): Promise<void>;
  untagPolicy(policyArn: string, keys: readonly string[]): Promise<void>;
}
