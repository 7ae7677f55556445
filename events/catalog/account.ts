import { passwordPolicyOf } from '../parameters.ts';
import { account } from '../subjects.ts';
import { type CatalogPart, judged } from './entry.ts';

/** Calls on the account as a whole. */
export const accountEvents: CatalogPart = {
  UpdateAccountPasswordPolicy: judged('account-changes', account, (c) => ({ kind: 'password-policy-set', policy: passwordPolicyOf(c) })),
  DeleteAccountPasswordPolicy: judged('account-changes', account, () => ({ kind: 'password-policy-deleted' })),
};
