import type { Folds } from './fold.ts';

/** How records about the account as a whole move it. */
export const accountFolds: Folds<'password-policy-set' | 'password-policy-deleted'> = {
  'password-policy-set': (account, { policy }) => {
    // Where the record does not hold the request, there is a policy that nobody knows.
    account.passwordPolicy = policy;
  },
  'password-policy-deleted': (account) => {
    account.passwordPolicy = null;
  },
};
