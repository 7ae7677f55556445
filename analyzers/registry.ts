import type { Rule } from './rule.ts';
import { accessKeyAtUserSetup } from './rules/access-key-at-user-setup.ts';
import { accessKeyUnrotated } from './rules/access-key-unrotated.ts';
import { adminAccess } from './rules/admin-access.ts';
import { consoleUserWithoutMfa } from './rules/console-user-without-mfa.ts';
import { credentialCompromised } from './rules/credential-compromised.ts';
import { credentialUnused } from './rules/credential-unused.ts';
import { guardTagTampered } from './rules/guard-tag-tampered.ts';
import { iamUserCreated } from './rules/iam-user-created.ts';
import { kmsDecryptAllKeys } from './rules/kms-decrypt-all-keys.ts';
import { multipleAccessKeys } from './rules/multiple-access-keys.ts';
import { passwordPolicyWeak } from './rules/password-policy-weak.ts';
import { permissionsBoundaryMissing } from './rules/permissions-boundary-missing.ts';
import { policyAttachedDirectly } from './rules/policy-attached-directly.ts';
import { privilegeEscalation } from './rules/privilege-escalation.ts';
import { serviceAdmin } from './rules/service-admin.ts';
import { userPurposeUntagged } from './rules/user-purpose-untagged.ts';

/** Every rule, in the order in which findings of one severity are told. */
export const rules: readonly Rule[] = [
  adminAccess,
  serviceAdmin,
  kmsDecryptAllKeys,
  privilegeEscalation,
  credentialCompromised,
  guardTagTampered,
  consoleUserWithoutMfa,
  policyAttachedDirectly,
  iamUserCreated,
  accessKeyAtUserSetup,
  multipleAccessKeys,
  accessKeyUnrotated,
  credentialUnused,
  passwordPolicyWeak,
  permissionsBoundaryMissing,
  userPurposeUntagged,
];
