/** Rules whose controls hold only from an age on, which a tag does not tell. */
export const agedRules: ReadonlySet<string> = new Set(['access-key-unrotated', 'credential-unused']);

/** Rules that judge keys, passwords and MFA: what no authorization details tell. */
export const credentialRules: ReadonlySet<string> = new Set([
  ...agedRules,
  'access-key-at-user-setup',
  'multiple-access-keys',
  'console-user-without-mfa',
  'user-purpose-untagged',
]);
