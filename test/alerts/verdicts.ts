import type { Finding } from '../../schemas/finding.ts';
import type { Verdict } from '../../schemas/verdict.ts';

/** A finding of one rule, with one piece of evidence unless told otherwise. */
export const aFinding = (overrides: Partial<Finding> = {}): Finding => ({
  rule: 'admin-access',
  severity: 'critical',
  title: 'Full administrative access',
  message: 'Statement 0 allows every action on every resource.',
  evidence: [{ statement: 0, pointer: '/Statement/0/Action' }],
  mitigations: [],
  remediation: {
    summary: 'Name the actions in use.',
    commands: [],
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  },
  controls: ['IAM.1'],
  ...overrides,
});

/** A flagged verdict of an inline policy put on a user. */
export const aVerdict = (overrides: Partial<Verdict> = {}): Verdict => ({
  id: '7f1c2a9e-1111-4222-8333-944455556666',
  outcome: 'flagged',
  severity: 'critical',
  summary: 'alice put policy all on user bob: full administrative access.',
  event: {
    id: '7f1c2a9e-1111-4222-8333-944455556666',
    name: 'PutUserPolicy',
    time: '2026-03-01T10:00:00Z',
    source: 'iam.amazonaws.com',
    account: '123456789012',
    region: 'us-east-1',
  },
  actor: { type: 'IAMUser', name: 'alice', arn: 'arn:aws:iam::123456789012:user/alice', accountId: '123456789012' },
  subject: { type: 'user', name: 'bob', arn: 'arn:aws:iam::123456789012:user/bob', account: '123456789012' },
  policies: [{ kind: 'inline', name: 'all', active: true }],
  findings: [aFinding()],
  actions: [{ kind: 'tag-user', target: 'bob', result: 'done' }],
  ...overrides,
});
