import type { Effect } from '../events/change.ts';

/**
 * The order in which effects of one second must have happened, as far as cause tells: a thing is made before it is used,
 * and let go before it is deleted.
 */
const causal: Record<Effect['kind'], number> = {
  'user-created': 0,
  'group-created': 0,
  'policy-created': 0,
  'role-created': 0,
  'policy-version-created': 1,
  'default-version-set': 2,
  'user-updated': 3,
  'group-updated': 3,
  'user-tagged': 4,
  'policy-tagged': 4,
  'boundary-put': 4,
  'login-profile-created': 4,
  'access-key-created': 4,
  'service-credential-created': 4,
  'password-policy-set': 4,
  'mfa-enabled': 5,
  'access-key-updated': 5,
  'login-profile-updated': 5,
  'group-joined': 5,
  'inline-policy-put': 5,
  'policy-attached': 5,
  'user-untagged': 6,
  'policy-untagged': 6,
  'boundary-deleted': 6,
  'mfa-deactivated': 6,
  'access-key-deleted': 6,
  'login-profile-deleted': 6,
  'password-policy-deleted': 6,
  'group-left': 6,
  'inline-policy-deleted': 6,
  'policy-detached': 6,
  'policy-version-deleted': 7,
  'policy-deleted': 8,
  'group-deleted': 8,
  'role-deleted': 8,
  'user-deleted': 8,
};

/** Where an effect stands among those of its second: the lower come first. */
export function causalRank(kind: Effect['kind']): number {
  return causal[kind];
}
