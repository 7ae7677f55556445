import { iamCommand } from '../aws-command.ts';
import type { Posture } from '../posture.ts';
import type { Flag, Rule } from '../rule.ts';

/** A user whom nothing caps. For accounts where every user is to have a boundary. */
export const permissionsBoundaryMissing: Rule = {
  id: 'permissions-boundary-missing',
  title: 'No permissions boundary',
  severity: 'low',
  optIn: true,
  rationale:
    'A boundary is the most that a user can do, whatever policies are put on it later. Without one, a single careless or hostile attachment is the whole account.',
  remediation: {
    summary: 'Set a permissions boundary that allows what users of this kind may ever need',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
  },
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-permissions-boundaries'],
  controls: {},
  check: { user: boundaryMissing },
};

/** Of a posture read in part, what is missing may be the boundary. */
function boundaryMissing({ userName, boundary, unread }: Posture): readonly Flag[] {
  if (boundary !== undefined || unread.length > 0) return [];
  return [
    {
      message: 'holds no permissions boundary',
      remedies: [iamCommand('put-user-permissions-boundary', '--user-name', userName, '--permissions-boundary', 'POLICY_ARN')],
    },
  ];
}
