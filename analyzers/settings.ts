/** From when on the posture rules speak. */
export interface Thresholds {
  /** Days after which an active access key should have been replaced. */
  readonly accessKeyMaxAgeDays: number;
  /** Days after which a password or key that nobody used should go. */
  readonly credentialUnusedDays: number;
  /** Seconds after a user's creation within which an access key counts as made at set-up. */
  readonly userSetupSeconds: number;
}

/** What rules are told besides what they judge: the part of the configuration that bears on them. */
export interface Settings {
  /** What the guard's own tag keys begin with, before the colon. */
  readonly tagPrefix: string;
  readonly thresholds: Thresholds;
  /** Tag keys, each of which a user with access keys should have, to say what the keys are for. */
  readonly purposeTags: readonly string[];
}
