import type { Rule } from '../rule.ts';

/** A new IAM user, where a role or federation should serve. */
export const iamUserCreated: Rule = {
  id: 'iam-user-created',
  title: 'New IAM user',
  severity: 'medium',
  rationale:
    'An IAM user lives on passwords and keys that never expire by themselves: they leak, they are copied, and nobody rotates them. A role or federation hands out credentials that end within hours.',
  remediation: {
    summary:
      'Use a role, or IAM Identity Center for people; keep a user only where a third party supports neither, and tag it with where its key is used',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp',
  },
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users.html', 'https://attack.mitre.org/techniques/T1136/003/'],
  controls: { 'MITRE ATT&CK': ['T1136.003'] },
  check: {
    event: ({ effect }) =>
      effect.kind === 'user-created' ? [{ message: `creates the IAM user ${effect.userName ?? 'of unknown name'}` }] : [],
  },
};
