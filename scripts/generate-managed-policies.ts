/** Writes docs/aws-managed-policies.md: which AWS managed policies are flagged for what. `--check` compares instead. */
import { writeOrCheck } from './generated-file.ts';
import { managedPoliciesVersion, readManagedPolicies } from './managed-policies.ts';
import { managedPoliciesPage } from './managed-policies-page.ts';

writeOrCheck(
  'docs/aws-managed-policies.md',
  managedPoliciesPage(readManagedPolicies(), managedPoliciesVersion()),
  'the rules and the policies',
);
