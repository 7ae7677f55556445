import type { Finding } from '../../../schemas/finding.ts';
import type { Severity } from '../../../schemas/severity.ts';
import type { Verdict } from '../../../schemas/verdict.ts';

const account = '111122223333';
let made = 0;

/** What a test says of a verdict; the rest is filled in. `who` is an IAM user. */
export interface Told {
  readonly at?: string;
  readonly who?: string;
  readonly event?: string;
  /** The user that the change was about. */
  readonly user?: string;
  readonly subject?: Verdict['subject'];
  readonly outcome?: Verdict['outcome'];
  readonly severity?: Severity | 'none';
  readonly summary?: string;
  readonly findings?: readonly Finding[];
  readonly actions?: Verdict['actions'];
  readonly id?: string;
  readonly account?: string;
  readonly actor?: Verdict['actor'];
}

/** A verdict: by default that ada created the user eve, flagged as medium. */
export function verdict(told: Told = {}): Verdict {
  made += 1;
  const { at = '2026-03-17T09:00:00Z', who = 'ada', event = 'CreateUser', user = 'eve', outcome = 'flagged' } = told;
  const severity = told.severity ?? (outcome === 'flagged' ? 'medium' : outcome === 'undetermined' ? 'medium' : 'none');
  const home = told.account ?? account;
  const id = told.id ?? `event-${made}`;
  return {
    id,
    outcome,
    severity,
    summary: told.summary ?? `${who} called ${event} on user ${user}.`,
    event: { id, name: event, time: at, source: 'iam.amazonaws.com', account: home, region: 'us-east-1' },
    actor: told.actor ?? { type: 'IAMUser', name: who, accountId: home },
    subject: told.subject ?? { type: 'user', name: user, account: home },
    policies: [],
    findings: [...(told.findings ?? [])],
    actions: told.actions ?? [],
  };
}

/** A finding of a rule. */
export function finding(rule: string, severity: Severity, message: string, more: Partial<Finding> = {}): Finding {
  return {
    rule,
    severity,
    title: rule,
    message,
    evidence: [],
    mitigations: [],
    remediation: { summary: `Mend ${rule}`, commands: [`aws iam mend --rule ${rule}`], url: 'https://example.com/' },
    controls: [],
    ...more,
  };
}

export const administrator = finding('admin-access', 'critical', 'allows every action on every resource');
export const created = finding('iam-user-created', 'medium', 'creates the IAM user');

/** That the guard tagged a user as flagged, or cleared. */
export function tagged(user: string, state: 'flagged' | 'clear' = 'flagged'): Verdict['actions'] {
  const detail =
    state === 'flagged'
      ? 'set trailguard:verdict, trailguard:findings, trailguard:since, trailguard:evidence'
      : 'set trailguard:verdict, trailguard:evidence, trailguard:cleared; removed trailguard:findings';
  return [{ kind: 'tag-user', target: user, result: 'done', detail }];
}

/** A life: mara, who is no IAM user, creates eve, makes her administrator and gives her a key; eve adds mallory; mara deletes eve. */
export function lifeOfEve(): Verdict[] {
  const actor = { type: 'AssumedRole', name: 'admins', session: 'mara' };
  const by = 'mara (role admins)';
  return [
    verdict({ id: 'e1', at: '2026-03-17T09:00:00Z', actor, findings: [created], summary: `${by} created the IAM user eve.` }),
    verdict({
      id: 'e2',
      at: '2026-03-17T09:01:00Z',
      actor,
      event: 'AttachUserPolicy',
      severity: 'critical',
      findings: [administrator],
      actions: tagged('eve'),
      summary: `${by} attached AdministratorAccess to user eve; it allows every action on every resource (and 1 more finding).`,
    }),
    verdict({
      id: 'e3',
      at: '2026-03-17T09:02:00Z',
      actor,
      event: 'CreateAccessKey',
      outcome: 'clean',
      summary: `${by} created an access key for user eve.`,
    }),
    verdict({
      id: 'e4',
      at: '2026-03-18T03:00:00Z',
      who: 'eve',
      user: 'mallory',
      findings: [created],
      summary: 'eve created the IAM user mallory.',
    }),
    verdict({
      id: 'e5',
      at: '2026-03-18T03:00:20Z',
      who: 'eve',
      user: 'mallory',
      event: 'CreateLoginProfile',
      severity: 'high',
      findings: [finding('console-user-without-mfa', 'high', 'holds a console password and no MFA device')],
      actions: tagged('mallory'),
      summary: 'eve gave user mallory a console password; the user holds a console password and no MFA device.',
    }),
    verdict({
      id: 'e6',
      at: '2026-03-18T03:01:00Z',
      who: 'eve',
      event: 'PutUserPolicy',
      user: 'root-like',
      outcome: 'attempted',
      severity: 'low',
      summary: 'eve tried to put an inline policy on user root-like and was refused (AccessDenied).',
    }),
    verdict({ id: 'e7', at: '2026-03-18T08:00:00Z', actor, event: 'DeleteUser', outcome: 'clean', summary: `${by} deleted user eve.` }),
  ];
}
