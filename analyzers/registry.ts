import type { Rule } from './rule.ts';
import { adminAccess } from './rules/admin-access.ts';
import { iamUserCreated } from './rules/iam-user-created.ts';
import { kmsDecryptAllKeys } from './rules/kms-decrypt-all-keys.ts';
import { policyAttachedDirectly } from './rules/policy-attached-directly.ts';
import { privilegeEscalation } from './rules/privilege-escalation.ts';
import { serviceAdmin } from './rules/service-admin.ts';

/** Every rule, in the order in which findings of one severity are told. */
export const rules: readonly Rule[] = [
  adminAccess,
  serviceAdmin,
  kmsDecryptAllKeys,
  privilegeEscalation,
  policyAttachedDirectly,
  iamUserCreated,
];
