/** Who made the call. A session behind a role keeps both: the role as `name`, the session name as `session`. */
export interface Actor {
  /** CloudTrail's `userIdentity.type`, or `Unknown` where a record has none. */
  readonly type: string;
  readonly arn?: string;
  /** An IAM user's name, the role's behind a session, the IAM user's behind a federated one, or a service's (`sso.amazonaws.com`). Root has none. */
  readonly name?: string;
  /** The session name. For an IAM Identity Center role it is the person; elsewhere the caller chose it. An Identity Center user's id. */
  readonly session?: string;
  readonly accountId?: string;
  /** True for a session of a role that IAM Identity Center made: only then is the session's name a person's. */
  readonly identityCenter?: true;
}

/** Whose permissions or credentials changed. */
export interface Subject {
  readonly type: 'user' | 'group' | 'role' | 'policy' | 'account';
  /** The friendly name, also for a managed policy. */
  readonly name?: string;
  readonly arn?: string;
  readonly account: string;
}

/** A principal that can hold policies. */
export interface Holder {
  readonly type: 'user' | 'group' | 'role';
  readonly name: string;
}

/**
 * A policy document as an event tells it: its text, or that the event does not hold it, because the request was too large
 * for CloudTrail or the call was denied. `omitted` says nothing of what the document allows.
 */
export type DocumentInEvent = { readonly state: 'present'; readonly text: string } | { readonly state: 'omitted' };

/** A tag as IAM writes it. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What an account asks of its users' passwords, as one call sets it: what the call leaves out is not asked for. */
export interface PasswordRequirements {
  readonly minimumLength: number;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
}

/**
 * What a record did to IAM, with every name resolved. One kind for each way that IAM's state can move. A field is
 * undefined only where the record cannot tell it (a denied call, an omitted request).
 */
export type Effect =
  | {
      readonly kind: 'policy-created';
      readonly arn?: string;
      readonly name?: string;
      readonly document: DocumentInEvent;
      readonly tags: readonly Tag[];
    }
  | {
      readonly kind: 'policy-version-created';
      readonly arn?: string;
      readonly version?: string;
      readonly isDefault: boolean;
      readonly document: DocumentInEvent;
    }
  | { readonly kind: 'default-version-set'; readonly arn?: string; readonly version?: string }
  | { readonly kind: 'policy-version-deleted'; readonly arn?: string; readonly version?: string }
  | { readonly kind: 'policy-deleted'; readonly arn?: string }
  | { readonly kind: 'policy-tagged'; readonly arn?: string; readonly tags: readonly Tag[] }
  | { readonly kind: 'policy-untagged'; readonly arn?: string; readonly keys: readonly string[] }
  | { readonly kind: 'inline-policy-put'; readonly holder?: Holder; readonly policyName?: string; readonly document: DocumentInEvent }
  | { readonly kind: 'inline-policy-deleted'; readonly holder?: Holder; readonly policyName?: string }
  | { readonly kind: 'policy-attached'; readonly holder?: Holder; readonly policyArn?: string }
  | { readonly kind: 'policy-detached'; readonly holder?: Holder; readonly policyArn?: string }
  | {
      readonly kind: 'user-created';
      readonly userName?: string;
      readonly arn?: string;
      readonly path?: string;
      readonly tags: readonly Tag[];
      readonly boundaryArn?: string;
    }
  | { readonly kind: 'user-updated'; readonly userName?: string; readonly newName?: string; readonly newPath?: string }
  | { readonly kind: 'user-deleted'; readonly userName?: string }
  | { readonly kind: 'user-tagged'; readonly userName?: string; readonly tags: readonly Tag[] }
  | { readonly kind: 'user-untagged'; readonly userName?: string; readonly keys: readonly string[] }
  | { readonly kind: 'boundary-put'; readonly userName?: string; readonly boundaryArn?: string }
  | { readonly kind: 'boundary-deleted'; readonly userName?: string }
  | { readonly kind: 'group-created'; readonly groupName?: string }
  | { readonly kind: 'group-updated'; readonly groupName?: string; readonly newName?: string }
  | { readonly kind: 'group-deleted'; readonly groupName?: string }
  | { readonly kind: 'group-joined'; readonly userName?: string; readonly groupName?: string }
  | { readonly kind: 'group-left'; readonly userName?: string; readonly groupName?: string }
  | { readonly kind: 'role-created'; readonly roleName?: string }
  | { readonly kind: 'role-deleted'; readonly roleName?: string }
  | { readonly kind: 'access-key-created'; readonly userName?: string; readonly accessKeyId?: string; readonly active: boolean }
  | { readonly kind: 'access-key-updated'; readonly userName?: string; readonly accessKeyId?: string; readonly active: boolean }
  | { readonly kind: 'access-key-deleted'; readonly userName?: string; readonly accessKeyId?: string }
  | { readonly kind: 'login-profile-created'; readonly userName?: string }
  | { readonly kind: 'login-profile-updated'; readonly userName?: string }
  | { readonly kind: 'login-profile-deleted'; readonly userName?: string }
  | {
      readonly kind: 'service-credential-created';
      readonly userName?: string;
      readonly credentialId?: string;
      /** The host that takes it: `codecommit.amazonaws.com`, `bedrock.amazonaws.com`. */
      readonly service?: string;
    }
  | { readonly kind: 'mfa-enabled'; readonly userName?: string; readonly serialNumber?: string }
  | { readonly kind: 'mfa-deactivated'; readonly userName?: string; readonly serialNumber?: string }
  | { readonly kind: 'password-policy-set'; readonly policy?: PasswordRequirements }
  | { readonly kind: 'password-policy-deleted' };

/** What one record did: who, to whom, when, and with what effect. Pure data, made by `interpret`. */
export interface Change {
  /** The event's id, or the record's hash where it has none. */
  readonly id: string;
  readonly eventName: string;
  /** ISO 8601, as the record has it. */
  readonly eventTime: string;
  readonly eventSource: string;
  readonly account: string;
  readonly region: string;
  /** Set where the call failed: the change did not happen. */
  readonly errorCode?: string;
  readonly sourceIp?: string;
  readonly userAgent?: string;
  readonly actor: Actor;
  readonly subject: Subject;
  readonly effect: Effect;
}
