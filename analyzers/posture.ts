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
  /** Null where it was never used, undefined where that is not known. */
  readonly lastUsedAt?: string | null;
}

/** A user's console password. Times are ISO 8601. */
export interface Password {
  readonly createdAt?: string;
  /** Null where it was never used, undefined where that is not known. */
  readonly lastUsedAt?: string | null;
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
  /** The console password: null where the user has none, undefined where that is not known. */
  readonly password?: Password | null;
  /** Serial numbers of MFA devices; undefined where they are not known. */
  readonly mfaDevices?: readonly string[];
  /** The user's tags, keys as written. */
  readonly tags: Readonly<Record<string, string>>;
  readonly unread: readonly Unread[];
}

/** An account's password policy, as IAM answers it; what it leaves out is not asked for. `null` where the account has none. */
export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
}
