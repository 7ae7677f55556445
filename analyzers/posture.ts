import type { Policy } from '../policy/policy.ts';

/** Where a policy sits: written into a user or group, or a managed policy attached to one. */
export interface HeldPolicy {
  readonly kind: 'inline' | 'managed';
  readonly name: string;
  /** Managed policies only. */
  readonly arn?: string;
  /** Managed policies only: the default version's id. */
  readonly version?: string;
  /** The group that brings it, or undefined where the user holds it directly. */
  readonly group?: string;
  readonly document: Policy;
}

/** An access key of a user. Times are ISO 8601. */
export interface AccessKey {
  readonly id: string;
  readonly active: boolean;
  readonly createdAt?: string;
}

/** Something of a posture that could not be read, and why. A posture with any is partial: it is never called clear. */
export interface Unread {
  /** What was to be read, as a person would say it: `policy arn:aws:iam::…:policy/x`. */
  readonly what: string;
  readonly why: string;
}

/** What a user holds, loaded once. Pure data: it carries `asOf`, the time it was read, so that rules need no clock. */
export interface Posture {
  readonly userName: string;
  readonly arn: string;
  readonly account: string;
  /** ISO 8601. */
  readonly asOf: string;
  readonly createdAt?: string;
  readonly groups: readonly string[];
  readonly policies: readonly HeldPolicy[];
  readonly boundary?: HeldPolicy;
  readonly accessKeys: readonly AccessKey[];
  /** True where the user has a console password. */
  readonly hasPassword?: boolean;
  readonly mfaDevices?: readonly string[];
  /** The user's tags, keys as written. */
  readonly tags: Readonly<Record<string, string>>;
  readonly unread: readonly Unread[];
}
